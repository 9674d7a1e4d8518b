#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "api/permission.h"
#include "api/problem.h"
#include "api/registrar.h"
#include "model/ids.h"

namespace hustings::api {
namespace {

enum class Color : std::uint8_t { red, green };

}  // namespace

template <>
struct ChoiceNames<Color> {
  static constexpr std::string_view kName = "Color";
  static constexpr std::array<std::string_view, 2> kNames = {"red", "green"};
};

namespace {

struct Answer {
  static constexpr std::string_view kName = "Answer";
  std::string question;
  std::optional<std::int64_t> choice;
  static Fields fields() {
    return {field("question", &Answer::question, "The question's key.",
                  {.min_length = 1, .max_length = 10}),
            field("choice", &Answer::choice, "Its number.", {.min = 1, .max = 9})};
  }
};

struct Everything {
  static constexpr std::string_view kName = "Everything";
  std::string name;
  bool flag = false;
  std::int64_t count = 0;
  std::int16_t small = 0;
  double share = 0;
  Instant at;
  VoterId voter;
  Color color = Color::red;
  JsonText rule;
  TextMap districts;
  std::optional<std::string> note;
  std::vector<Answer> answers;
  std::vector<std::int64_t> numbers;
  static Fields fields() {
    return {
        field("name", &Everything::name, "A name.", {.min_length = 1, .max_length = 20}),
        field("flag", &Everything::flag, "A flag."),
        field("count", &Everything::count, "A count.", {.min = 0}),
        field("small", &Everything::small, "A small number.", {.has_default = true}),
        field("share", &Everything::share, "A share.", {.max = 1}),
        field("at", &Everything::at, "A moment."),
        field("voter", &Everything::voter, "A voter."),
        field("color", &Everything::color, "A color."),
        field("rule", &Everything::rule, "A rule."),
        field("districts", &Everything::districts, "Districts by kind."),
        field("note", &Everything::note, "A note."),
        field("answers", &Everything::answers, "Answers.", {.max_items = 2}),
        field("numbers", &Everything::numbers, "Numbers.", {.has_default = true}),
    };
  }
};

Everything sample() {
  Everything out;
  out.name = "Ann \"A\"\n";
  out.flag = true;
  out.count = 9'007'199'254'740'993;
  out.small = -3;
  out.share = 0.25;
  out.at = *from_iso("2026-11-03T19:05:00Z");
  out.voter = VoterId(17);
  out.color = Color::green;
  out.rule.text = R"({"all":[{"field":"age","between":[30,44]}]})";
  out.districts = {{"county", "WAKE"}};
  out.answers = {{"support", 2}, {"vote", std::nullopt}};
  out.numbers = {1, 2};
  return out;
}

TEST(Json, RoundTrip) {
  const std::string json = to_json(sample());
  EXPECT_EQ(json,
            R"({"name":"Ann \"A\"\n","flag":true,"count":9007199254740993,"small":-3,)"
            R"("share":0.25,"at":")" +
                to_iso(sample().at) + R"(","voter":")" + VoterId(17).text() +
                R"(","color":"green","rule":{"all":[{"field":"age","between":[30,44]}]},)"
                R"("districts":{"county":"WAKE"},"note":null,"answers":[{"question":"support",)"
                R"("choice":2},{"question":"vote","choice":null}],"numbers":[1,2]})");
  const auto back = from_json<Everything>(json);
  ASSERT_TRUE(back) << back.error().text();
  EXPECT_EQ(to_json(*back), json);
}

/// The sample with one member's text replaced.
Error refusal_of(const std::string& from, const std::string& to) {
  std::string json = to_json(sample());
  const std::size_t place = json.find(from);
  EXPECT_NE(place, std::string::npos) << from;
  json.replace(place, from.size(), to);
  auto read = from_json<Everything>(json);
  EXPECT_FALSE(read) << json;
  return read ? Error{} : read.error();
}

TEST(Json, RefusesWithPlaceAndSentence) {
  const auto expect = [](const std::string& from, const std::string& to, const std::string& text) {
    EXPECT_EQ(refusal_of(from, to).text(), text);
  };
  expect(R"("flag":true)", R"("flag":1)", "flag: This must be true or false, not a number.");
  expect(R"("flag":true)", R"("flg":true)",
         "flg: There is no field \"flg\". Did you mean \"flag\"?");
  expect(R"("flag":true,)", "", "flag: This field is missing. A flag.");
  expect(R"("count":9007199254740993)", R"("count":-1)", "count: This must be at least 0.");
  expect(R"("count":9007199254740993)", R"("count":1.5)",
         "count: This must be a whole number, not a number.");
  expect(R"("count":9007199254740993)", R"("count":18446744073709551615)",
         "count: This number is too large.");
  expect(R"("small":-3)", R"("small":70000)", "small: This number is too large.");
  expect(R"("share":0.25)", R"("share":"x")", "share: This must be a number, not a text.");
  expect(R"("share":0.25)", R"("share":2)", "share: This must be at most 1.");
  expect("2026-11-03T", "2026-13-03T",
         "at: This must be a moment such as \"2026-11-03T19:05:00Z\".");
  expect("vtr_", "lst_", "voter: This must be an id that starts with \"vtr_\".");
  expect(R"("green")", R"("blue")", "color: This must be one of \"red\", \"green\".");
  expect(R"("green")", "7", "color: This must be one of \"red\", \"green\", not a number.");
  expect(R"({"county":"WAKE"})", R"({"county":1})",
         "districts.county: This must be a text, not a number.");
  expect(R"("support")", R"("")", "answers[0].question: This must not be empty.");
  expect(R"("support")", R"("elevenletter")",
         "answers[0].question: This may have 10 bytes at most; it has 12.");
  expect(R"("choice":2)", R"("choice":10)", "answers[0].choice: This must be between 1 and 9.");
  expect(R"("vote")", R"(["vote"])", "answers[1].question: This must be a text, not a list.");
  expect(R"({"question":"vote","choice":null})", R"({"question":"a"},{"question":"b"})",
         "answers: This may have 2 items at most; it has 3.");
  expect(R"([1,2])", R"([1,"2"])", "numbers[1]: This must be a whole number, not a text.");
  expect(R"("Ann )", R"("\u0000Ann )", "name: This holds a zero byte, which no text may.");
}

TEST(Json, WhatMayBeAbsent) {
  std::string json = to_json(sample());
  for (const std::string part : {R"("small":-3,)", R"("note":null,)", R"(,"numbers":[1,2])"}) {
    json.replace(json.find(part), part.size(), "");
  }
  const auto read = from_json<Everything>(json);
  ASSERT_TRUE(read) << read.error().text();
  EXPECT_EQ(read->small, 0);
  EXPECT_EQ(read->note, std::nullopt);
}

TEST(Json, BrokenOrTooDeepIsNoField) {
  for (const std::string& text :
       {std::string("{"), std::string("{}x"), std::string("\xff"), std::string(100, '[')}) {
    const auto read = from_json<Answer>(text);
    ASSERT_FALSE(read);
    EXPECT_EQ(read.error().where, "");
    EXPECT_TRUE(read.error().sentence.starts_with("The body is not JSON that can be read: "));
  }
  EXPECT_EQ(from_json<Answer>("[]").error().sentence, "This must be an object, not a list.");
}

TEST(Json, WholeNumbersMayBeWrittenAsReals) {
  EXPECT_EQ(from_json<Answer>(R"({"question":"a","choice":2.0})")->choice, 2);
}

struct Search {
  struct Input {
    ListId id;
    std::string query;
    std::optional<VoterId> after;
    std::int64_t limit = 50;
    bool all = false;
    std::vector<std::string> states;
    static Fields fields() {
      return {
          field("id", &Input::id, "The list."),
          field("query", &Input::query, "What to look for.", {.max_length = 5}),
          field("after", &Input::after, "The last voter seen."),
          field("limit", &Input::limit, "How many.", {.min = 1, .max = 200, .has_default = true}),
          field("all", &Input::all, "All of them.", {.has_default = true}),
          field("states", &Input::states, "Their states.", {.has_default = true})};
    }
  };
  using Output = Nothing;
  static Spec spec() {
    return {.method = "GET",
            .path = "/v1/lists/{id}/rows",
            .name = "search_rows",
            .summary = "Searches.",
            .permission = Permission::anybody};
  }
  static Result<Output> call(Context&, const Input&) { return Nothing{}; }
};

Result<Search::Input> search_input(const net::Query& query,
                                   const std::string& id = ListId(3).text()) {
  Registrar registrar;
  registrar.add<Search>();
  net::Request request;
  request.method = "GET";
  request.params["id"] = id;
  request.query = query;
  Search::Input input;
  TRY(read_input(registrar.endpoints().front(), request, &input));
  return input;
}

TEST(Input, FromPathAndQuery) {
  const auto input = search_input({{"query", "ann"},
                                   {"after", VoterId(9).text()},
                                   {"limit", "7"},
                                   {"all", "true"},
                                   {"states", "a,b"}});
  ASSERT_TRUE(input) << input.error().text();
  EXPECT_EQ(input->id, ListId(3));
  EXPECT_EQ(input->query, "ann");
  EXPECT_EQ(input->after, VoterId(9));
  EXPECT_EQ(input->limit, 7);
  EXPECT_TRUE(input->all);
  EXPECT_EQ(input->states, (std::vector<std::string>{"a", "b"}));
  EXPECT_EQ(search_input({{"query", ""}})->limit, 50);
}

TEST(Input, RefusesABrokenQuery) {
  const auto why = [](const net::Query& query) { return search_input(query).error().text(); };
  EXPECT_EQ(why({}), "query: This field is missing. What to look for.");
  EXPECT_EQ(why({{"query", "a"}, {"limit", "x"}}), "limit: This must be a whole number.");
  EXPECT_EQ(why({{"query", "a"}, {"limit", "0"}}), "limit: This must be between 1 and 200.");
  EXPECT_EQ(why({{"query", "a"}, {"all", "1"}}), "all: This must be true or false.");
  EXPECT_EQ(why({{"query", "a"}, {"limits", "1"}}),
            "limits: There is no field \"limits\". Did you mean \"limit\"?");
  EXPECT_EQ(why({{"query", "abcdef"}}), "query: This may have 5 bytes at most; it has 6.");
  EXPECT_EQ(search_input({{"query", "a"}}, "nonsense").error().code, ErrorCode::not_found);
}

struct Rename {
  struct Input {
    ListId id;
    std::string name;
    static Fields fields() {
      return {field("id", &Input::id, "The list."), field("name", &Input::name, "Its name.")};
    }
  };
  using Output = Nothing;
  static Spec spec() {
    return {.method = "POST",
            .path = "/v1/lists/{id}",
            .name = "rename_list",
            .summary = "Renames.",
            .permission = Permission::anybody};
  }
  static Result<Output> call(Context&, const Input&) { return Nothing{}; }
};

TEST(Input, FromABody) {
  Registrar registrar;
  registrar.add<Rename>();
  net::Request request;
  request.method = "POST";
  request.params["id"] = ListId(3).text();
  const auto read = [&](const std::string& body) {
    request.body = body;
    Rename::Input input;
    const Status done = read_input(registrar.endpoints().front(), request, &input);
    return done ? input.name : done.error().text();
  };
  EXPECT_EQ(read(R"({"name":"A"})"), "A");
  EXPECT_EQ(read(""), "name: This field is missing. Its name.");
  EXPECT_EQ(read("7"), "The body must be a JSON object.");
  EXPECT_EQ(read(R"({"id":"lst_1","name":"A"})"), "id: There is no field \"id\".");
  request.headers = {{"content-type", "text/plain"}};
  EXPECT_EQ(read(R"({"name":"A"})"),
            "Send the body as JSON, with \"Content-Type: application/json\".");
}

TEST(Problem, StatusOfEachCode) {
  EXPECT_EQ(status_of({ErrorCode::invalid, "", ""}), 400);
  EXPECT_EQ(status_of({ErrorCode::invalid, "", "name"}), 422);
  EXPECT_EQ(status_of({ErrorCode::lease_lost, "", ""}), 409);
  EXPECT_EQ(status_of({ErrorCode::expired, "", ""}), 410);
  const auto response = problem({ErrorCode::overloaded, "Wait.", ""});
  EXPECT_EQ(response.status, 429);
  EXPECT_EQ(response.header("Retry-After"), "1");
  EXPECT_EQ(response.body, R"({"type":"about:blank","title":"Too much at once","status":429,)"
                           R"("code":"overloaded","detail":"Wait."})");
  const auto locked = problem({ErrorCode::overloaded, "Try again after 12:05 UTC.", "email"});
  EXPECT_EQ(locked.status, 429);
  EXPECT_EQ(locked.header("Retry-After"), "");
}

TEST(Permission, RolesHoldWhatTheyNeed) {
  using access::Role;
  EXPECT_TRUE(may(Role::administrator, Permission::administer));
  EXPECT_FALSE(may(Role::data_director, Permission::administer));
  EXPECT_TRUE(may(Role::data_director, Permission::registry_write));
  EXPECT_FALSE(may(Role::phonebank_lead, Permission::registry_write));
  EXPECT_TRUE(may(Role::phonebank_lead, Permission::suppress));
  EXPECT_TRUE(may(Role::phonebank_lead, Permission::caller));
  EXPECT_FALSE(may(Role::caller, Permission::registry_read));
  EXPECT_FALSE(may(Role::caller, Permission::phonebank_read));
  EXPECT_TRUE(may(Role::caller, Permission::signed_in));
  EXPECT_EQ(to_string(Permission::administer), "administer");
}

}  // namespace
}  // namespace hustings::api
