#include "cli/demo/opinion.h"

#include <algorithm>
#include <chrono>
#include <iterator>
#include <map>
#include <set>
#include <thread>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "base/clock.h"
#include "base/text.h"
#include "cli/demo/caller_crew.h"
#include "cli/demo/random_uuid.h"
#include "forms/answer_file.h"

namespace hustings::cli {
namespace {

namespace json = boost::json;
using std::chrono::milliseconds;

constexpr int kSampleSize = 400;
constexpr int kForms = 60;    ///< filled in at once: below what one address may ask for in a minute
constexpr int kHalfDone = 8;  ///< begun and not sent
constexpr int kLetters = 150;
constexpr int kLetterDays = 20;  ///< over which letters came in
constexpr int kTestSize = 1600;
constexpr double kTestAnswers = 0.9;  ///< the share of both halves that can be asked
constexpr double kMoved = 0.5;        ///< of those spoken with who were not ours
constexpr int kCentsPerCall = 150;
constexpr milliseconds kCallTime{1400};
constexpr std::size_t kBatch = 500;

json::value form_script() {
  return {{"name", "Your opinion"},
          {"introduction", "Five short questions. Your answers are read by the campaign only."},
          {"closing", "Thank you for your time."},
          {"questions",
           {{{"key", "support"},
             {"kind", "choice"},
             {"text", "If the election were today, whom would you vote for?"},
             {"choices", {"Our candidate", "The other candidate", "Undecided"}}},
            {{"key", "priorities"},
             {"kind", "multiple"},
             {"text", "Which of these should come first?"},
             {"choices", {"Rents", "Wages", "Schools", "Roads", "Clean water"}},
             {"rotates", true}},
            {{"key", "speaks_to_me"},
             {"kind", "scale"},
             {"text", "How well does the campaign speak to people like you?"},
             {"choices", {"Not at all", "A little", "Somewhat", "Well", "Very well"}}},
            {{"key", "people_at_home"},
             {"kind", "number"},
             {"text", "How many people live in your household?"},
             {"choices", json::array()}},
            {{"key", "own_words"},
             {"kind", "text"},
             {"text", "What should we know?"},
             {"choices", json::array()}}}}};
}

json::value talk_script() {
  return {{"name", "A conversation about rents"},
          {"introduction", "Hello, this is about the rents in our town."},
          {"closing", "Thank you for talking with me."},
          {"questions",
           {{{"key", "rent_plan"},
             {"kind", "choice"},
             {"text", "Would you vote for a limit on rents?"},
             {"choices", {"Yes", "No", "Undecided"}}},
            {{"key", "home"},
             {"kind", "choice"},
             {"text", "Do you rent or own your home?"},
             {"choices", {"Rent", "Own", "Neither"}}}}}};
}

/// A voter's answer for POST /v1/answers.
json::object answer(const std::string& voter, const char* question, const char* what,
                    const json::value& said) {
  return {{"voter", voter}, {"question", question}, {what, said}};
}

int grade(int opinion, Rng& rng) {
  const int middle = opinion == 1 ? 4 : opinion == 2 ? 2 : 3;
  return std::clamp(middle + static_cast<int>(rng.below(3)) - 1, 1, 5);
}

std::string priorities(Rng& rng) {
  std::set<std::uint64_t> chosen{1 + rng.below(5)};
  if (rng.chance(0.6)) chosen.insert(1 + rng.below(3));
  std::vector<std::string> numbers;
  for (const std::uint64_t one : chosen)
    numbers.push_back(std::to_string(one));
  return join(numbers, " ");
}

}  // namespace

Result<std::vector<Opinion::Person>> Opinion::people(const std::string& name,
                                                     const json::value& rule) {
  const json::value saved = TRY(api_.post("/v1/segments", {{"name", name}, {"rule", rule}}));
  const std::string csv =
      TRY(api_.text("GET", "/v1/segments/" + text_at(saved, "id") + "/voters.csv"));
  const forms::CsvTable table = TRY(forms::read_csv(csv));
  const auto place = [&](std::string_view column) {
    return static_cast<std::size_t>(std::ranges::find(table.header, column) - table.header.begin());
  };
  const std::size_t voter = place("voter");
  const std::size_t first_name = place("first_name");
  const std::size_t phone = place("phone");
  std::vector<Person> people;
  for (const forms::CsvRow& row : table.rows) {
    std::string digits;
    std::ranges::copy_if(row.cells.at(phone), std::back_inserter(digits),
                         [](char c) { return c >= '0' && c <= '9'; });
    people.push_back(
        {.voter = row.cells.at(voter),
         .opinion = network_.opinion(parse_int(digits).value_or(0), row.cells.at(first_name))});
  }
  return people;
}

Status Opinion::hand_in(const json::array& answers) {
  for (std::size_t from = 0; from < answers.size(); from += kBatch) {
    const auto begin = answers.begin() + static_cast<std::ptrdiff_t>(from);
    const auto count = std::min(kBatch, answers.size() - from);
    const json::array part(begin, begin + static_cast<std::ptrdiff_t>(count));
    TRY(api_.post("/v1/answers", {{"key", random_uuid()}, {"answers", part}}));
  }
  return {};
}

Status Opinion::fill_in(const std::string& token, const json::value& script, const Person& person,
                        bool is_done) {
  const json::array& questions = script.at("questions").as_array();
  json::array answers;
  answers.push_back({{"question", questions.at(0).at("id")}, {"choice", person.opinion}});
  if (is_done) {
    answers.push_back({{"question", questions.at(1).at("id")}, {"text", priorities(rng_)}});
    answers.push_back(
        {{"question", questions.at(2).at("id")}, {"choice", grade(person.opinion, rng_)}});
    answers.push_back({{"question", questions.at(3).at("id")},
                       {"text", std::to_string(1 + rng_.below(3) + rng_.below(3))}});
  }
  TRY(api_.post("/v1/form/answers",
                {{"token", token}, {"browser", "demo"}, {"answers", answers}, {"done", is_done}}));
  return {};
}

Result<Opinion::Survey> Opinion::ask_sample(const Campaign::Segment& segment) {
  const json::value list = TRY(api_.post(
      "/v1/lists",
      {{"name", "Opinion sample"},
       {"segment", segment.id},
       {"seed", 7},
       {"stratify_by", {"party"}},
       {"sample", {{"method", "stratified"}, {"size", kSampleSize}, {"allocation", "equal"}}}}));
  const json::value script = TRY(api_.post("/v1/scripts", form_script()));
  const Instant now = SystemClock().now();
  const json::value form =
      TRY(api_.post("/v1/forms", {{"name", "Your opinion counts"},
                                  {"list", list.at("id")},
                                  {"script", script.at("id")},
                                  {"expires_at", to_iso(now + std::chrono::hours(24 * 14))}}));
  const std::string links = TRY(api_.text("POST", "/v1/forms/" + text_at(form, "id") + "/links"));
  std::map<std::string, std::string> tokens;
  for (const forms::CsvRow& row : TRY(forms::read_csv(links)).rows)
    tokens[row.cells.at(0)] = row.cells.at(2).substr(row.cells.at(2).rfind('/') + 1);
  const auto sample = TRY(people("Opinion sample", {{"list", list.at("id")}}));
  Survey out{.asked = number_at(list, "size")};
  json::array letters;
  for (const Person& person : sample) {
    const auto token = tokens.find(person.voter);
    if (token == tokens.end()) continue;
    if (out.by_form + out.begun < kForms + kHalfDone) {
      const bool is_done = out.begun == kHalfDone || rng_.chance(0.85);
      TRY(fill_in(token->second, script, person, is_done));
      ++(is_done ? out.by_form : out.begun);
    } else if (out.by_letter < kLetters) {
      const auto hours = static_cast<int>(rng_.below(24 * kLetterDays));
      const std::string at = to_iso(now - std::chrono::hours(hours));
      for (json::object one :
           {answer(person.voter, "support", "choice", person.opinion),
            answer(person.voter, "priorities", "text", json::value(priorities(rng_))),
            answer(person.voter, "speaks_to_me", "choice", grade(person.opinion, rng_))}) {
        one["at"] = at;
        letters.push_back(std::move(one));
      }
      ++out.by_letter;
    }
  }
  TRY(hand_in(letters));
  return out;
}

Result<std::string> Opinion::open_bank(const std::string& list, std::string& join_code) {
  const json::value script = TRY(api_.post("/v1/scripts", talk_script()));
  const json::value bank = TRY(api_.post("/v1/phonebanks", {{"name", "Rents"},
                                                            {"list", list},
                                                            {"script", script.at("id")},
                                                            {"retry_minutes", 240},
                                                            {"lease_seconds", 300},
                                                            {"attempts_max", 1},
                                                            {"opens", "00:00"},
                                                            {"closes", "24:00"}}));
  std::string id = text_at(bank, "id");
  TRY(api_.post("/v1/phonebanks/" + id + "/state", {{"state", "open"}}));
  const json::value link = TRY(api_.post("/v1/phonebanks/" + id + "/join-links",
                                         {{"hours_valid", 1}, {"uses_max", options_.callers + 1}}));
  join_code = text_at(link, "code");
  return id;
}

Status Opinion::call_half(const std::string& join_code, Effect& effect) {
  CallerCrew crew(network_, {.port = options_.port,
                             .join_code = join_code,
                             .callers = options_.callers,
                             .pause = milliseconds(0),
                             .seed = options_.seed + 2});
  const auto begin = std::chrono::steady_clock::now();
  while (!crew.is_done() && std::chrono::steady_clock::now() - begin < kCallTime)
    std::this_thread::sleep_for(milliseconds(20));
  crew.stop();
  if (!crew.trouble().empty()) return refuse(ErrorCode::unavailable, crew.trouble());
  effect.households = crew.tally().calls;
  return {};
}

Status Opinion::ask_both(const std::string& list, const std::string& bank, Effect& effect) {
  const json::value called = {{"list", list}, {"arm", "treatment"}};
  const json::value talked = {{"all",
                               {called,
                                {{"field", "contacts"},
                                 {"at_least", 1},
                                 {"results", {"reached"}},
                                 {"phonebanks", {bank}}}}}};
  Campaign campaign(api_);
  std::int64_t talks = -1;
  for (int i = 0; i < 20; ++i) {  // the engine follows the feed; two equal counts: it is there
    const std::int64_t now = TRY(campaign.count(talked));
    if (now == talks && now > 0) break;
    talks = now;
    std::this_thread::sleep_for(milliseconds(40));
  }
  std::set<std::string> spoken;
  for (const Person& person : TRY(people("Rents: spoken with", talked)))
    spoken.insert(person.voter);
  effect.talks = std::ssize(spoken);
  json::array answers;
  const auto ask = [&](const Person& person, int opinion) {
    if (rng_.chance(kTestAnswers))
      answers.push_back(answer(person.voter, "support", "choice", opinion));
  };
  for (const Person& person : TRY(people("Rents: hold-out", {{"list", list}, {"arm", "holdout"}})))
    ask(person, person.opinion);
  std::int64_t moved = 0;
  const auto treated = TRY(people("Rents: to be called", called));
  for (const Person& person : treated) {
    const bool moves = spoken.contains(person.voter) && person.opinion != 1 && rng_.chance(kMoved);
    moved += moves ? 1 : 0;
    ask(person, moves ? 1 : person.opinion);
  }
  effect.truth =
      treated.empty() ? 0 : static_cast<double>(moved) / static_cast<double>(treated.size());
  effect.answers = std::ssize(answers);
  return hand_in(answers);
}

Status Opinion::read_effect(const std::string& experiment, Effect& effect) {
  for (int i = 0; i < 50; ++i) {
    const json::value report = TRY(api_.get("/v1/experiments/" + experiment));
    std::int64_t answered = 0;
    for (const json::value& arm : report.at("arms").as_array())
      answered += number_at(arm, "answered");
    const json::array& effects = report.at("effects").as_array();
    if (answered >= effect.answers && !effects.empty()) {
      const json::object& found = effects.front().at("effect").as_object();
      const auto number = [&](const char* name) { return found.at(name).to_number<double>(); };
      effect.value = number("value");
      effect.se = number("se");
      effect.low = number("lower");
      effect.high = number("upper");
      return {};
    }
    std::this_thread::sleep_for(milliseconds(40));
  }
  return refuse(ErrorCode::unavailable, "The experiment has not taken in its answers.");
}

Result<Opinion::Effect> Opinion::test_calls(const Campaign::Segment& segment) {
  Effect effect;
  const json::value frozen = TRY(api_.post("/v1/lists", {{"name", "Rents: a test of calls"},
                                                         {"segment", segment.id},
                                                         {"size_max", kTestSize},
                                                         {"holdout_percent", 50},
                                                         {"stratify_by", {"party"}},
                                                         {"seed", 11}}));
  const std::string list = text_at(frozen, "id");
  std::string join_code;
  const std::string bank = TRY(open_bank(list, join_code));
  const json::value begun = TRY(api_.post(
      "/v1/experiments",
      {{"name", "Calls about rents"},
       {"hypothesis", "A conversation about rents wins supporters for our candidate."},
       {"list", list},
       {"control", "holdout"},
       {"outcomes",
        {{{"kind", "answer"}, {"key", "support"}, {"choices", {1}}, {"after_contacts", true}}}}}));
  const std::string experiment = text_at(begun, "id");
  TRY(call_half(join_code, effect));
  TRY(api_.post("/v1/phonebanks/" + bank + "/state", {{"state", "closed"}}));
  TRY(api_.post("/v1/experiments/" + experiment + "/cost",
                {{"cost_cents", effect.households * kCentsPerCall}}));
  TRY(api_.post("/v1/experiments/" + experiment + "/state", {{"state", "measuring"}}));
  TRY(ask_both(list, bank, effect));
  TRY(read_effect(experiment, effect));
  return effect;
}

}  // namespace hustings::cli
