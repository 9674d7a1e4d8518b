#include "surveys/survey_service.h"

#include <chrono>
#include <thread>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "feed/feed.h"
#include "pg/testing/database.h"
#include "pg/testing/moved_columns.h"
#include "surveys/sql.h"

namespace hustings::surveys {
namespace {

const Instant kNoon = from_iso("2026-10-20T16:00:00Z").value();

class SurveyServiceTest : public testing::Test {
 protected:
  static ScriptDraft draft() {
    ScriptDraft draft;
    draft.name = " Autumn ";
    draft.introduction = "Hello.";
    draft.closing = "Thank you.";
    draft.questions = {
        {{}, "support", QuestionKind::choice, "Whom do you support?", {"Ours", "Theirs", "None"}},
        {{}, "issue", QuestionKind::text, "What matters most?", {}}};
    return draft;
  }

  Script saved() { return surveys_.save_script(draft(), std::nullopt, "person:1").value(); }

  void give(VoterId voter, const Answer& answer, Instant at,
            std::optional<PhonebankId> phonebank = std::nullopt) {
    ASSERT_TRUE(surveys_.check(answer, "answers[0]").has_value());
    const auto connection = database_.pool().acquire();
    pg::Transaction transaction(*connection);
    const Occasion occasion{1, phonebank, "person:2", at, {{voter, AttemptId(7), answer}}};
    surveys_.record(transaction, {&occasion, 1});
    transaction.commit();
  }

  pg::testing::Database database_;
  ManualClock clock_{kNoon};
  Log log_ = Log::to_nowhere();
  SurveyService surveys_{database_.pool(), clock_, log_};
};

TEST_F(SurveyServiceTest, SavesAndReadsAScript) {
  const Script script = saved();
  EXPECT_EQ(script.name, "Autumn");
  EXPECT_EQ(script.version, 1);
  const Script read = surveys_.script(script.id).value();
  EXPECT_EQ(read.questions, script.questions);
  EXPECT_EQ(read.closing, "Thank you.");
  EXPECT_EQ(read.saved_at, kNoon);
  EXPECT_EQ(surveys_.scripts().size(), 1U);
  EXPECT_EQ(surveys_.script(ScriptId(99)).error().code, ErrorCode::not_found);

  const auto connection = database_.connect();
  const auto entries = feed::read(*connection, 0, 10);
  ASSERT_EQ(entries.size(), 1U);
  EXPECT_EQ(entries[0].kind, ChangeKind::script_saved);
  EXPECT_EQ(entries[0].subject, "script:" + std::to_string(script.id.value()));
}

TEST_F(SurveyServiceTest, SavingAgainIsANewVersionWithTheSameQuestions) {
  const Script first = saved();
  ScriptDraft next = draft();
  next.questions[0].text = "Whom will you vote for?";
  next.questions[0].choices.emplace_back("Not sure");
  next.questions.erase(next.questions.begin() + 1);
  const Script second = surveys_.save_script(next, first.id, "person:1").value();
  EXPECT_EQ(second.id, first.id);
  EXPECT_EQ(second.version, 2);
  EXPECT_EQ(second.questions[0].id, first.questions[0].id);
  EXPECT_EQ(surveys_.script(first.id)->questions.size(), 1U);
  const auto versions = surveys_.versions(first.id).value();
  ASSERT_EQ(versions.size(), 2U);
  EXPECT_EQ(versions[0].script.version, 2);
  EXPECT_EQ(versions[1].script.questions, first.questions) << "as it was read to voters";
  EXPECT_EQ(versions[1].saved_by, "person:1");
  EXPECT_EQ(surveys_.versions(ScriptId(99)).error().code, ErrorCode::not_found);
  // The question that is no longer asked still takes answers given under the first version.
  EXPECT_TRUE(surveys_.check({first.questions[1].id, {}, "Jobs", false}, "a").has_value());
  EXPECT_EQ(surveys_.save_script(next, ScriptId(99), "person:1").error().code,
            ErrorCode::not_found);
}

TEST_F(SurveyServiceTest, AQuestionIsSharedByItsKey) {
  const Script first = saved();
  ScriptDraft other = draft();
  other.name = "Other";
  const Script second = surveys_.save_script(other, std::nullopt, "person:1").value();
  EXPECT_EQ(second.questions[0].id, first.questions[0].id);

  other.questions[0].kind = QuestionKind::scale;
  EXPECT_EQ(surveys_.save_script(other, std::nullopt, "p").error().where, "questions[0].key");
  other.questions[0].kind = QuestionKind::choice;
  other.questions[0].choices.pop_back();
  EXPECT_EQ(surveys_.save_script(other, std::nullopt, "p").error().where, "questions[0].choices");
}

TEST_F(SurveyServiceTest, ChoicesKeepTheirPlacesAndWords) {
  const Script script = saved();
  const auto conflict = [&](const std::vector<std::string>& choices) {
    ScriptDraft next = draft();
    next.questions[0].choices = choices;
    const auto saved = surveys_.save_script(next, script.id, "person:1");
    EXPECT_FALSE(saved.has_value());
    return saved ? "" : std::string(to_string(saved.error().code)) + ' ' + saved.error().where;
  };
  const std::string refused = "conflict questions[0].choices";
  EXPECT_EQ(conflict({"Theirs", "Ours", "None"}), refused);
  EXPECT_EQ(conflict({"Not sure", "Ours", "Theirs", "None"}), refused);
  EXPECT_EQ(conflict({"Ours", "Theirs", "Nobody"}), refused);
  EXPECT_EQ(conflict({"Ours", "Theirs"}), refused);
  ScriptDraft more = draft();
  more.questions[0].choices.emplace_back("Not sure");
  EXPECT_TRUE(surveys_.save_script(more, script.id, "person:1").has_value());
  more.questions[0].key = "support_2026";
  more.questions[0].choices = {"Theirs", "Ours"};
  EXPECT_TRUE(surveys_.save_script(more, script.id, "person:1").has_value());
}

TEST_F(SurveyServiceTest, TwoWhoMakeAQuestionAtOnceDoNotOverwriteEachOther) {
  const auto rival = database_.connect();
  rival->run_text(
      "begin; insert into question (key, kind, text, choices)"
      " values ('support', 'choice', 'Whom?', '[\"Theirs\", \"Ours\"]')",
      "test");
  std::thread later([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(300));
    rival->run_text("commit", "test");
  });
  const auto refused = surveys_.save_script(draft(), std::nullopt, "person:1");
  later.join();
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().where, "questions[0].choices");
}

TEST_F(SurveyServiceTest, ChecksAnswers) {
  const Script script = saved();
  const QuestionId support = script.questions[0].id;
  const QuestionId issue = script.questions[1].id;
  const auto where = [&](const Answer& answer) {
    const auto status = surveys_.check(answer, "answers[0]");
    return status ? std::string() : status.error().where;
  };
  EXPECT_EQ(where({support, 3, {}, false}), "");
  EXPECT_EQ(where({support, {}, {}, true}), "");
  EXPECT_EQ(where({issue, {}, "Jobs", false}), "");
  EXPECT_EQ(where({support, 4, {}, false}), "answers[0].choice");
  EXPECT_EQ(where({support, 0, {}, false}), "answers[0].choice");
  EXPECT_EQ(where({support, {}, "Ours", false}), "answers[0].choice");
  EXPECT_EQ(where({support, 1, {}, true}), "answers[0]");
  EXPECT_EQ(where({support, {}, {}, false}), "answers[0]");
  EXPECT_EQ(where({issue, 1, {}, false}), "answers[0].text");
  EXPECT_EQ(where({issue, {}, "  ", false}), "answers[0].text");
  EXPECT_EQ(where({issue, {}, std::string(2001, 'x'), false}), "answers[0].text");
  EXPECT_EQ(where({QuestionId(99), 1, {}, false}), "answers[0].question");
}

TEST_F(SurveyServiceTest, SeesAChoiceThatAnotherProcessAdded) {
  const Script script = saved();
  EXPECT_FALSE(surveys_.check({script.questions[0].id, 4, {}, false}, "a").has_value());
  SurveyService elsewhere(database_.pool(), clock_, log_);
  ScriptDraft more = draft();
  more.questions[0].choices.emplace_back("Not sure");
  ASSERT_TRUE(elsewhere.save_script(more, script.id, "person:1").has_value());
  EXPECT_TRUE(surveys_.check({script.questions[0].id, 4, {}, false}, "a").has_value());
}

TEST_F(SurveyServiceTest, SeesAChoiceAddedToAQuestionWithSeveral) {
  ScriptDraft draft{.name = "Form"};
  draft.questions = {{{}, "issues", QuestionKind::multiple, "What?", {"Jobs", "Roads"}},
                     {{}, "age", QuestionKind::number, "How old?", {}}};
  const Script script = surveys_.save_script(draft, std::nullopt, "person:1").value();
  const QuestionId issues = script.questions[0].id;
  const auto allowed = [&](const std::string& text) {
    return surveys_.check({issues, {}, text, false}, "a").has_value();
  };
  EXPECT_TRUE(allowed("1 2"));
  EXPECT_FALSE(allowed("1 3"));
  draft.questions[0].choices.emplace_back("Schools");
  ASSERT_TRUE(surveys_.save_script(draft, script.id, "person:1").has_value());
  EXPECT_TRUE(allowed("1 3"));
  EXPECT_FALSE(allowed("4"));
  SurveyService elsewhere(database_.pool(), clock_, log_);
  draft.questions[0].choices.emplace_back("Taxes");
  ASSERT_TRUE(elsewhere.save_script(draft, script.id, "person:1").has_value());
  EXPECT_TRUE(allowed("2 4"));
  EXPECT_FALSE(allowed("99999999999999999999"));
  EXPECT_TRUE(surveys_.check({script.questions[1].id, {}, "2027", false}, "a").has_value());
}

TEST_F(SurveyServiceTest, ChecksWithTheConnectionOfWhoHoldsTheLast) {
  const Script script = saved();
  pg::Pool one(database_.options(), 1);
  SurveyService surveys(one, clock_, log_);
  const auto connection = one.acquire();
  EXPECT_TRUE(surveys.check(*connection, {script.questions[0].id, 3, {}, false}, "a").has_value());
}

TEST_F(SurveyServiceTest, AnswersThatFollowAPersonKeepEveryColumn) {
  const auto connection = database_.connect();
  EXPECT_THAT(pg::testing::columns_not_moved(*connection, sql::kPersonsAnswersMove),
              ::testing::IsEmpty());
  const Script script = saved();
  pg::Transaction transaction(*connection);
  Occasion occasion{1, {}, "form:1", kNoon, {{VoterId(1), {}, {script.questions[0].id, 1, {}}}}};
  occasion.channel = "web";
  surveys_.record(transaction, {&occasion, 1});
  connection->run_text(
      fmt::format("create temporary table person_move (home_bucket smallint, home_id bigint,"
                  " from_bucket smallint, from_id bigint, to_bucket smallint, to_id bigint);"
                  "insert into person_move values ({0}, 1, {0}, 1, {1}, 2)",
                  bucket_of(VoterId(1)), bucket_of(VoterId(2))),
      "test");
  follow_persons(transaction);
  const auto rows = connection->run_text("select voter_id, home_id, channel from answer", "test");
  EXPECT_EQ(rows.only().text(0), "2");
  EXPECT_EQ(rows.only().text(1), "1");
  EXPECT_EQ(rows.only().text(2), "web");
}

TEST_F(SurveyServiceTest, ResultsCountEachVotersNewestAnswer) {
  const Script script = saved();
  const QuestionId support = script.questions[0].id;
  give(VoterId(1), {support, 2, {}, false}, kNoon);
  give(VoterId(1), {support, 1, {}, false}, kNoon + std::chrono::hours(1));
  give(VoterId(2), {support, 1, {}, false}, kNoon);
  give(VoterId(3), {support, 3, {}, false}, kNoon);
  give(VoterId(4), {support, {}, {}, true}, kNoon);
  const QuestionResults results = surveys_.results("support").value();
  EXPECT_EQ(results.n, 3);
  EXPECT_EQ(results.declined, 1);
  ASSERT_EQ(results.choices.size(), 3U);
  EXPECT_EQ(results.choices[0].count, 2);
  EXPECT_NEAR(results.choices[0].share, 2.0 / 3, 1e-12);
  EXPECT_LT(results.choices[0].low, results.choices[0].share);
  EXPECT_GT(results.choices[0].high, results.choices[0].share);
  EXPECT_EQ(results.choices[1].count, 0);
  EXPECT_EQ(surveys_.results("nothing").error().code, ErrorCode::not_found);
  EXPECT_EQ(surveys_.results("issue")->n, 0);
}

TEST_F(SurveyServiceTest, ShowsAVotersAnswersAndCountsAPhonebanks) {
  const Script script = saved();
  const QuestionId support = script.questions[0].id;
  const QuestionId issue = script.questions[1].id;
  give(VoterId(1), {support, 2, {}, false}, kNoon, PhonebankId(5));
  give(VoterId(1), {issue, {}, "Jobs, \"mostly\"", false}, kNoon + std::chrono::hours(1),
       PhonebankId(5));
  give(VoterId(2), {support, {}, {}, true}, kNoon, PhonebankId(5));
  give(VoterId(3), {support, 2, {}, false}, kNoon, PhonebankId(6));

  const auto answers = surveys_.answers_of(VoterId(1), 10);
  ASSERT_EQ(answers.size(), 2U);
  EXPECT_EQ(answers[0].key, "issue");
  EXPECT_EQ(answers[0].answer, "Jobs, \"mostly\"");
  EXPECT_EQ(answers[1].answer, "Theirs");
  EXPECT_EQ(answers[1].attempt, AttemptId(7));
  EXPECT_EQ(answers[1].choice, 2);
  EXPECT_EQ(surveys_.answers_of(VoterId(1), 1).size(), 1U);

  const auto connection = database_.pool().acquire();
  const QuestionId asked[] = {support, issue};
  const auto counts =
      surveys_.counts(*connection, PhonebankId(5), asked, kNoon, kNoon + std::chrono::hours(1));
  std::int64_t theirs = 0;
  std::int64_t declined = 0;
  for (const AnswerCount& count : counts) {
    ASSERT_EQ(count.question, support);  // the free words came an hour later
    (count.choice == 0 ? declined : theirs) += count.count;
  }
  EXPECT_EQ(theirs, 1);
  EXPECT_EQ(declined, 1);
}

}  // namespace
}  // namespace hustings::surveys
