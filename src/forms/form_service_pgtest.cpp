#include "forms/form_service.h"

#include <algorithm>
#include <atomic>
#include <thread>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "feed/feed.h"
#include "pg/testing/database.h"

namespace hustings::forms {
namespace {

using std::chrono::hours;
using surveys::Answer;
using ::testing::HasSubstr;

/// Voters 1 to 4 on a list; 4 is held out. A script of three questions.
class FormsTest : public ::testing::Test {
 protected:
  void SetUp() override {
    for (int voter = 1; voter <= 4; ++voter) {
      const auto bucket = bucket_of(VoterId(voter));
      run(fmt::format(
          "insert into voter (bucket, voter_id, import_id, source, external_id, status, protected,"
          " last_name, first_name, state, county)"
          " values ({0}, {1}, 1, 'nc', 'X{1}', 'active', false, 'DOE', 'JO', 'NC', 'WAKE')",
          bucket, voter));
      run(
          fmt::format("insert into list_member (list_id, bucket, voter_id, ordinal, arm)"
                      " values (1, {}, {}, {}, {})",
                      bucket, voter, voter, voter == 4 ? 0 : 1));
    }
    run("insert into list (name, rule, feed_position, seed, size, households, with_phone,"
        " holdout_percent, holdout, created_by, created_at)"
        " values ('List', '{}', 1, 7, 4, 4, 0, 25, 1, 'person:1', now())");
    surveys::ScriptDraft draft{.name = "Form", .introduction = "Hello!", .closing = "Thanks."};
    draft.questions = {{.key = "support", .text = "Whom?", .choices = {"Ours", "Theirs"}},
                       {.key = "issues",
                        .kind = surveys::QuestionKind::multiple,
                        .text = "What matters?",
                        .choices = {"Jobs", "Schools", "Roads"},
                        .rotates = true},
                       {.key = "age", .kind = surveys::QuestionKind::number, .text = "How old?"}};
    const auto saved = surveys_.save_script(draft, std::nullopt, "person:1");
    ASSERT_TRUE(saved) << saved.error().text();
    script_ = *saved;
  }
  void run(const std::string& sql) { connection_->run_text(sql, "test"); }
  std::string text(const std::string& sql) {
    return std::string(connection_->run_text(sql, "test").only().text(0));
  }
  Form form() {
    auto made = forms_.create({.name = "Spring",
                               .list = ListId(1),
                               .script = script_.id,
                               .expires_at = clock_.now() + hours(48),
                               .actor = "person:1"});
    EXPECT_TRUE(made) << made.error().text();
    return *made;
  }
  FormService::Visit visit(const std::string& token, std::string browser = "mine") {
    return {.token = token, .address = "10.0.0.1", .browser = std::move(browser)};
  }
  Answer single(int choice) { return {.question = question(0), .choice = choice, .text = {}}; }
  Answer words(std::size_t of, std::string said) {
    return {.question = question(of), .choice = {}, .text = std::move(said)};
  }
  QuestionId question(std::size_t place) { return script_.questions[place].id; }

  pg::testing::Database database_;
  std::unique_ptr<pg::Connection> connection_ = database_.connect();
  Log log_ = Log::to_nowhere();
  ManualClock clock_{std::chrono::sys_days(std::chrono::year(2026) / 10 / 9)};
  surveys::SurveyService surveys_{database_.pool(), clock_, log_};
  FormService forms_{database_.pool(), surveys_, clock_, log_};
  surveys::Script script_;
};

TEST_F(FormsTest, IsFilledInOnceGoneOnWithAndRecorded) {
  const Form made = form();
  const auto links = forms_.make_links(made.id, "person:1");
  ASSERT_TRUE(links) << links.error().text();
  ASSERT_EQ(links->size(), 3U) << "nobody of the hold-out";
  const std::string token = links->front().token;
  const VoterId voter = links->front().voter;
  EXPECT_EQ(links->front().external_id, fmt::format("X{}", voter.value()));

  const auto sheet = forms_.open(visit(token));
  ASSERT_TRUE(sheet) << sheet.error().text();
  EXPECT_EQ(sheet->script.questions.size(), 3U);
  EXPECT_TRUE(sheet->script.questions[1].rotates);
  ASSERT_TRUE(forms_.save(visit(token), {.answers = {single(2)}, .is_done = false}));
  EXPECT_EQ(forms_.open(visit(token))->answers.size(), 1U) << "the same browser goes on";
  EXPECT_TRUE(forms_.open(visit(token, "other"))->answers.empty()) << "a stranger sees nothing";
  EXPECT_TRUE(forms_.open(visit(token, ""))->answers.empty());
  EXPECT_EQ(forms_.get(made.id)->begun, 1);
  EXPECT_EQ(text("select count(*) from answer"), "0") << "what is not done is no answer";

  const feed::Position before = feed::head(*connection_);
  const FormService::Filled filled{.answers = {single(1), words(1, "1 3"), words(2, "44")},
                                   .is_done = true};
  const auto done = forms_.save(visit(token), filled);
  ASSERT_TRUE(done) << done.error().text();
  EXPECT_TRUE(done->is_done);
  EXPECT_EQ(text("select string_agg(channel || ':' || script_version || ':' || actor || ':' ||"
                 " coalesce(choice::text, text), ',' order by question_id) from answer"),
            fmt::format("web:1:form:{0}:1,web:1:form:{0}:1 3,web:1:form:{0}:44", made.id.value()));
  EXPECT_EQ(feed::read(*connection_, before, 10).size(), 3U);
  EXPECT_EQ(feed::read(*connection_, before, 10).front().subject, feed::subject_of("voter", voter));
  EXPECT_EQ(forms_.save(visit(token), filled).error().code, ErrorCode::conflict);
  EXPECT_TRUE(forms_.open(visit(token))->is_done);
  const Form now = *forms_.get(made.id);
  EXPECT_EQ(now.links, 3);
  EXPECT_EQ(now.opened, 1);
  EXPECT_EQ(now.begun, 0);
  EXPECT_EQ(now.done, 1);
  EXPECT_EQ(text("select draft ->> 'answers' from form_link where done_at is not null"), "[]");

  // What several choices come to, and words of them.
  const auto results = surveys_.results("issues");
  ASSERT_TRUE(results);
  EXPECT_EQ(results->n, 1);
  EXPECT_EQ(results->choices[0].count, 1);
  EXPECT_EQ(results->choices[1].count, 0);
  EXPECT_EQ(results->choices[2].count, 1);
  const auto given = surveys_.answers_of(voter, 10);
  ASSERT_EQ(given.size(), 3U);
  EXPECT_EQ(given[1].answer, "Jobs, Roads");
}

TEST_F(FormsTest, NewLinksEndTheOldOnesAndWhoIsDoneGetsNone) {
  const Form made = form();
  const auto first = *forms_.make_links(made.id, "person:1");
  ASSERT_TRUE(forms_.save(visit(first[0].token), {.answers = {single(1)}, .is_done = true}));
  const auto second = *forms_.make_links(made.id, "person:1");
  EXPECT_EQ(second.size(), 2U);
  EXPECT_EQ(forms_.open(visit(first[1].token)).error().code, ErrorCode::not_found);
  EXPECT_TRUE(forms_.open(visit(second[0].token)));
  EXPECT_TRUE(forms_.open(visit(first[0].token))) << "who is done sees that it is";
  EXPECT_EQ(text("select count(*) from form_link where length(token_hash) = 32"), "3");
  EXPECT_EQ(forms_.forms().size(), 1U);
}

TEST_F(FormsTest, AVoterOfTwoIdentitiesSendsItOnce) {
  const Form made = form();
  const auto links = *forms_.make_links(made.id, "person:1");
  const auto token_of = [&](int voter) {
    return std::ranges::find(links, VoterId(voter), &FormLink::voter)->token;
  };
  run(
      fmt::format("insert into link (bucket, home_bucket, home_id, voter_id, decided_by, at)"
                  " values ({0}, {1}, 2, 1, 'test', now());"
                  "delete from voter where voter_id = 2",
                  bucket_of(VoterId(1)), bucket_of(VoterId(2))));
  const FormService::Filled filled{.answers = {single(1)}, .is_done = true};
  ASSERT_TRUE(forms_.save(visit(token_of(2)), filled));
  EXPECT_EQ(text("select voter_id || ' ' || home_id from answer"), "1 2");
  EXPECT_EQ(forms_.save(visit(token_of(1)), filled).error().code, ErrorCode::conflict);
  EXPECT_TRUE(forms_.open(visit(token_of(1)))->is_done);
  EXPECT_EQ(text("select count(*) from answer"), "1");
  const auto again = *forms_.make_links(made.id, "person:1");
  ASSERT_EQ(again.size(), 1U) << "of voter 3 alone";
  EXPECT_EQ(again.front().voter, VoterId(3));
}

TEST_F(FormsTest, TwoLinksOfOneVoterSentAtOnceAreOne) {
  const Form made = form();
  const auto links = *forms_.make_links(made.id, "person:1");
  run(
      fmt::format("insert into link (bucket, home_bucket, home_id, voter_id, decided_by, at)"
                  " values ({0}, {1}, 2, 1, 'test', now())",
                  bucket_of(VoterId(1)), bucket_of(VoterId(2))));
  std::atomic<int> sent = 0;
  {
    std::vector<std::jthread> both;
    for (const FormLink& link : links) {
      if (link.voter == VoterId(3)) continue;
      both.emplace_back([&, token = link.token] {
        if (forms_.save(visit(token), {.answers = {single(1)}, .is_done = true})) ++sent;
      });
    }
  }
  EXPECT_EQ(sent, 1);
  EXPECT_EQ(text("select count(*) from answer"), "1");
}

TEST_F(FormsTest, NeedsOneConnectionAtATime) {
  const Form made = form();
  const auto links = *forms_.make_links(made.id, "person:1");
  pg::Pool one(database_.options(), 1);
  surveys::SurveyService surveys(one, clock_, log_);
  FormService forms(one, surveys, clock_, log_);
  EXPECT_TRUE(forms.save(visit(links[0].token), {.answers = {single(1)}, .is_done = true}));
}

TEST_F(FormsTest, LinksOfWhoIsDoneMeanwhileAreNotGivenOut) {
  const Form made = form();
  const auto links = *forms_.make_links(made.id, "person:1");
  // Somebody sends it after the links were listed and before they are written.
  const auto rival = database_.connect();
  rival->run_text("begin; update form_link set done_at = now() where voter_id = 1", "test");
  std::jthread later([&] {
    while (connection_
               ->run_text("select count(*) from pg_stat_activity"
                          " where wait_event_type = 'Lock' and datname = current_database()",
                          "test")
               .only()
               .get<int>(0) == 0) {
      std::this_thread::yield();
    }
    rival->run_text("commit", "test");
  });
  const auto again = *forms_.make_links(made.id, "person:1");
  later.join();
  EXPECT_EQ(again.size(), 2U);
  for (const FormLink& link : again) {
    EXPECT_TRUE(forms_.open(visit(link.token))) << link.voter.value();
  }
}

TEST_F(FormsTest, WhoMadeAFormAndTookItsLinksIsKept) {
  const feed::Position before = feed::head(*connection_);
  const Form made = form();
  ASSERT_TRUE(forms_.make_links(made.id, "person:2"));
  ASSERT_TRUE(forms_.close(made.id, "person:3"));
  ASSERT_TRUE(forms_.close(made.id, "person:4")) << "closed already: nothing is said again";
  std::string said;
  for (const feed::Entry& entry : feed::read(*connection_, before, 10)) {
    said += fmt::format("{} {} {} {}\n", to_string(entry.kind), entry.subject, entry.actor,
                        entry.payload);
  }
  EXPECT_EQ(said,
            "form_saved form:1 person:1 {\"state\": \"made\"}\n"
            "form_links_given form:1 person:2 {\"links\": 3}\n"
            "form_saved form:1 person:3 {\"state\": \"closed\"}\n");
}

TEST_F(FormsTest, RefusesWhatCannotBe) {
  const Form made = form();
  const std::string token = forms_.make_links(made.id, "person:1")->front().token;
  const auto where = [&](std::vector<Answer> answers, bool is_done = false) {
    const auto saved = forms_.save(visit(token), {std::move(answers), is_done});
    return saved ? std::string("fine") : saved.error().where;
  };
  EXPECT_EQ(where({single(3)}), "answers[0].choice");
  EXPECT_EQ(where({words(1, "3 1")}), "answers[0].text");
  EXPECT_EQ(where({words(1, "1 4")}), "answers[0].text");
  EXPECT_EQ(where({words(2, "old")}), "answers[0].text");
  EXPECT_EQ(where({single(1), single(2)}), "answers[1].question");
  EXPECT_EQ(where({{.question = QuestionId(99), .choice = 1, .text = {}}}), "answers[0].question");
  EXPECT_EQ(where({}, true), "answers");
  EXPECT_EQ(where({single(1)}), "fine");
  ASSERT_TRUE(forms_.close(made.id, "person:1"));
  EXPECT_EQ(forms_.open(visit(token)).error().code, ErrorCode::expired);
  EXPECT_EQ(forms_.make_links(made.id, "person:1").error().code, ErrorCode::expired);
  const Form late = form();
  const std::string other = forms_.make_links(late.id, "person:1")->front().token;
  clock_.advance(hours(49));
  EXPECT_EQ(forms_.open(visit(other)).error().code, ErrorCode::expired);

  surveys::ScriptDraft personal{.name = "Calls", .introduction = "Hello {first_name}!"};
  personal.questions = {{.key = "support", .text = "Whom?", .choices = {"Ours", "Theirs"}}};
  const auto script = surveys_.save_script(personal, std::nullopt, "person:1");
  const auto refused = forms_.create({.name = "x",
                                      .list = ListId(1),
                                      .script = script->id,
                                      .expires_at = clock_.now() + hours(1),
                                      .actor = "person:1"});
  ASSERT_FALSE(refused);
  EXPECT_THAT(refused.error().sentence, HasSubstr("{first_name}"));
}

TEST_F(FormsTest, WhoGuessesLinksIsStopped) {
  const Form made = form();
  const std::string token = forms_.make_links(made.id, "person:1")->front().token;
  std::string guess = token;
  guess.back() = guess.back() == 'A' ? 'B' : 'A';
  for (int i = 0; i < 20; ++i)
    EXPECT_EQ(forms_.open(visit(guess)).error().code, ErrorCode::not_found);
  EXPECT_EQ(forms_.open(visit(token)).error().code, ErrorCode::overloaded);
  FormService::Visit elsewhere = visit(token);
  elsewhere.address = "10.0.0.2";
  EXPECT_TRUE(forms_.open(elsewhere)) << "others are not stopped";
  clock_.advance(std::chrono::minutes(11));
  EXPECT_TRUE(forms_.open(visit(token)));
}

}  // namespace
}  // namespace hustings::forms
