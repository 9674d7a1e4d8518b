#include "forms/answer_import.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "campaign/calling_choice.h"
#include "feed/feed.h"
#include "pg/testing/database.h"

namespace hustings::forms {
namespace {

using ::testing::Contains;
using ::testing::Field;
using ::testing::HasSubstr;

/// Voters 1 to 3 with numbers; 2 and 3 share one.
class AnswerImportTest : public ::testing::Test {
 protected:
  void SetUp() override {
    run("insert into question (key, kind, text, choices) values"
        " ('support', 'choice', 'Whom?', '[\"Ours\", \"Theirs\"]'),"
        " ('issues', 'multiple', 'What?', '[\"Jobs\", \"Roads\"]')");
    for (int voter = 1; voter <= 3; ++voter) {
      const auto bucket = bucket_of(VoterId(voter));
      run(fmt::format(
          "insert into voter (bucket, voter_id, import_id, source, external_id, status, protected,"
          " last_name, first_name, state, county)"
          " values ({0}, {1}, 1, 'nc', 'X{1}', 'active', false, 'DOE', 'JO', 'NC', 'WAKE')",
          bucket, voter));
      run(
          fmt::format("insert into phone (bucket, voter_id, number, import_id)"
                      " values ({}, {}, {}, 1)",
                      bucket, voter, voter == 1 ? 19195550001 : 19195550002));
    }
  }
  void run(const std::string& sql) { connection_->run_text(sql, "test"); }
  std::int64_t count(const std::string& where = "true") {
    return connection_->run_text("select count(*) from answer where " + where, "test")
        .only()
        .get<std::int64_t>(0);
  }
  Result<AnswerReport> import(std::string_view text, AnswerReading reading, bool is_trial = false) {
    return importer_.import(
        {.text = text, .reading = std::move(reading), .is_trial = is_trial, .actor = "person:1"});
  }

  pg::testing::Database database_;
  std::unique_ptr<pg::Connection> connection_ = database_.connect();
  Log log_ = Log::to_nowhere();
  ManualClock clock_{std::chrono::sys_days(std::chrono::year(2026) / 10 / 21)};
  surveys::SurveyService surveys_{database_.pool(), clock_, log_};
  AnswerImporter importer_{database_.pool(), surveys_, clock_, log_};
};

TEST_F(AnswerImportTest, TakesWhatItCanListsTheRestAndRepeatsNothing) {
  constexpr std::string_view kFile =
      "id,support,issues,date,other\n"
      "X1,Ours,Jobs;Roads,2026-10-20,a\n"
      "X2,maybe,Roads,2026-10-20,b\n"
      "X9,Ours,,2026-10-20,c\n"
      "X3,Theirs,,2027-01-01,d\n";
  const AnswerReading reading{.voter_column = "id", .at_column = "date"};
  const auto trial = import(kFile, reading, true);
  ASSERT_TRUE(trial) << trial.error().text();
  EXPECT_EQ(trial->rows, 4);
  EXPECT_EQ(trial->answers, 3);
  EXPECT_EQ(trial->voters, 2);
  EXPECT_EQ(trial->rejected, 3);
  EXPECT_EQ(trial->questions.size(), 2U);
  EXPECT_THAT(trial->rejects, Contains(Field(&AnswerReject::reason, HasSubstr("Ours, Theirs"))));
  EXPECT_THAT(trial->rejects, Contains(Field(&AnswerReject::reason, HasSubstr("no such voter"))));
  EXPECT_THAT(trial->rejects, Contains(Field(&AnswerReject::reason, HasSubstr("future"))));
  EXPECT_EQ(trial->rejects[0].line, 3);
  EXPECT_EQ(count(), 0) << "a dry run writes nothing";

  const feed::Position before = feed::head(*connection_);
  const auto first = import(kFile, reading);
  ASSERT_TRUE(first) << first.error().text();
  EXPECT_FALSE(first->is_repeat);
  EXPECT_EQ(count("channel = 'import' and at = '2026-10-20T12:00:00Z'"), 3);
  EXPECT_EQ(count("text = '1 2'"), 1);
  EXPECT_EQ(feed::read(*connection_, before, 10).size(), 3U);
  const auto again = import(kFile, reading);
  EXPECT_TRUE(again->is_repeat);
  EXPECT_EQ(count(), 3);

  // A longer file that holds the same rows adds what is new.
  const auto longer = import(std::string(kFile) + "X3,Ours,,2026-10-20,e\n", reading);
  ASSERT_TRUE(longer);
  EXPECT_FALSE(longer->is_repeat);
  EXPECT_EQ(longer->same, 3);
  EXPECT_EQ(longer->answers, 1);
  EXPECT_EQ(count(), 4);
}

TEST_F(AnswerImportTest, FindsVotersByNumberAndByOurIdsAndMapsColumns) {
  const auto phones =
      import("phone;Q1\n(919) 555-0001;Ours\n919-555-0002;Ours\nnone;Ours\n",
             {.voter_column = "phone", .by = VoterBy::phone, .questions = {{"Q1", "support"}}});
  ASSERT_TRUE(phones) << phones.error().text();
  EXPECT_EQ(phones->answers, 1);
  EXPECT_THAT(phones->rejects, Contains(Field(&AnswerReject::reason, HasSubstr("Several voters"))));
  EXPECT_THAT(phones->rejects, Contains(Field(&AnswerReject::reason, HasSubstr("no phone"))));
  const auto ids = import(fmt::format("v,support\n{},Theirs\nX1,Ours\n", VoterId(2).text()),
                          {.voter_column = "v", .by = VoterBy::id});
  ASSERT_TRUE(ids);
  EXPECT_EQ(ids->answers, 1);
  EXPECT_EQ(ids->rejected, 1);
}

TEST_F(AnswerImportTest, ALongerFileDoesNotOverturnWhatWasSaidSince) {
  const AnswerReading reading{.voter_column = "id"};
  ASSERT_EQ(import("id,support\nX1,Ours\n", reading)->answers, 1);
  clock_.advance(std::chrono::hours(24));
  run(fmt::format(
      "insert into answer (bucket, answer_id, voter_id, question_id, script_version, choice, actor,"
      " at) values ({}, nextval('answer_id_seq'), 1, 1, 1, 2, 'person:2', '{}')",
      bucket_of(VoterId(1)), to_iso(clock_.now())));
  clock_.advance(std::chrono::hours(24));
  const auto longer = import("id,support\nX1,Ours\nX2,Ours\n", reading);
  ASSERT_TRUE(longer);
  EXPECT_EQ(longer->same, 1);
  EXPECT_EQ(longer->answers, 1);
  const auto results = surveys_.results("support");
  EXPECT_EQ(results->choices[0].count, 1) << "of voter 2";
  EXPECT_EQ(results->choices[1].count, 1) << "voter 1 said so on a call";
  // What another file says is new.
  clock_.advance(std::chrono::hours(24));
  EXPECT_EQ(import("id,support\nX1,Theirs\n", reading)->answers, 1);
}

TEST_F(AnswerImportTest, AVoterStandsOnceInAFileWithoutDates) {
  const auto twice =
      import("id,support,issues\nX1,Ours,Jobs\nX1,Theirs,\n", {.voter_column = "id"});
  ASSERT_TRUE(twice);
  EXPECT_EQ(twice->answers, 2);
  ASSERT_EQ(twice->rejects.size(), 1U);
  EXPECT_EQ(twice->rejects[0].line, 3);
  EXPECT_EQ(twice->rejects[0].column, "support");
  EXPECT_THAT(twice->rejects[0].reason, HasSubstr("Line 2"));
  const AnswerReading dated{.voter_column = "id", .at_column = "at"};
  const auto both = import(
      "id,support,at\nX2,Ours,2026-10-19\nX2,Theirs,2026-10-20\nX2,Ours,2026-10-19\n", dated);
  ASSERT_TRUE(both);
  EXPECT_EQ(both->rejected, 0);
  EXPECT_EQ(both->answers, 2);
  EXPECT_EQ(both->same, 1) << "the row that comes again";
  // On another day the same answer is another one.
  EXPECT_EQ(import("id,support,at\nX2,Ours,2026-10-18\n", dated)->answers, 1);
}

TEST_F(AnswerImportTest, TakesADayBeforeItsNoonAndKnowsItAgain) {
  clock_.advance(std::chrono::hours(8));  // a file of this morning
  const AnswerReading dated{.voter_column = "id", .at_column = "at"};
  const auto morning = import("id,support,at\nX1,Ours,2026-10-21\nX2,Ours,2026-10-22\n", dated);
  ASSERT_TRUE(morning);
  EXPECT_EQ(morning->answers, 1);
  ASSERT_EQ(morning->rejects.size(), 1U);
  EXPECT_EQ(morning->rejects[0].line, 3);
  EXPECT_EQ(count("at = '2026-10-21T08:00:00Z'"), 1);
  clock_.advance(std::chrono::hours(8));
  const auto evening =
      import("id,support,at\nX1,Ours,2026-10-21\nX2,Ours,2026-10-22\nX3,Ours,2026-10-21\n", dated);
  ASSERT_TRUE(evening);
  EXPECT_EQ(evening->same, 1);
  EXPECT_EQ(evening->answers, 2) << "the 22nd has begun in the east";
  EXPECT_EQ(evening->rejected, 0);
}

TEST_F(AnswerImportTest, AFileHasSoManyAnswers) {
  std::string text = "id,support\n";
  for (std::size_t i = 0; i < 2; ++i) {
    text += fmt::format("X{},Ours\n", i + 1);
  }
  std::string header = "id,at";
  std::string cells;
  for (int i = 0; i < 250; ++i) {
    header += fmt::format(",q{}", i);
    cells += ",Ours";
  }
  AnswerReading reading{.voter_column = "id", .at_column = "at"};
  for (int i = 0; i < 250; ++i)
    reading.questions[fmt::format("q{}", i)] = "support";
  std::string much = header + '\n';
  for (int i = 0; i <= 200; ++i)
    much += fmt::format("X1,2026-10-20T10:{:02}:{:02}Z{}\n", i / 60, i % 60, cells);
  const auto refused = import(much, reading);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::over_limit);
  EXPECT_THAT(refused.error().sentence, HasSubstr("50,000 answers; split it"));
  EXPECT_TRUE(import(text, {.voter_column = "id"}));
}

TEST_F(AnswerImportTest, ReadsNumbersAsTheCampaignsCountryDialsThem) {
  run("update phone set number = 442079460958 where voter_id = 1");
  const AnswerReading reading{.voter_column = "phone", .by = VoterBy::phone};
  EXPECT_EQ(import("phone,support\n020 7946 0958,Ours\n", reading)->answers, 0);
  pg::Transaction transaction(*connection_);
  campaign::choose(transaction, {.country = "GB", .chosen_by = "person:1", .chosen_at = {}});
  transaction.commit();
  // The blank line makes it another file.
  EXPECT_EQ(import("phone,support\n020 7946 0958,Ours\n\n", reading)->answers, 1);
}

TEST_F(AnswerImportTest, FindsWhoWasJoinedByEachId) {
  run(
      fmt::format("insert into record_value (home_id, bucket, voter_id, import_id, source,"
                  " external_id, status, protected, last_name, first_name, state, county)"
                  " select voter_id, bucket, voter_id, import_id, source, external_id, status,"
                  " protected, last_name, first_name, state, county from voter"
                  " where voter_id in (1, 2);"
                  "update record_value set bucket = {0}, voter_id = 1 where home_id = 2;"
                  "delete from voter where voter_id = 2",
                  bucket_of(VoterId(1))));
  const auto both =
      import("id,support,issues\nX2,Ours,\nX1,,Jobs\nX3,Ours,\n", {.voter_column = "id"});
  ASSERT_TRUE(both);
  EXPECT_EQ(both->rejected, 0);
  EXPECT_EQ(both->voters, 2);
  EXPECT_EQ(count("voter_id = 1"), 2);
}

TEST_F(AnswerImportTest, RefusesFilesThatItCannotRead) {
  EXPECT_EQ(import("a,b\n1,2", {.voter_column = "id"}).error().where, "voter_column");
  EXPECT_EQ(import("id,b\n1,2", {.voter_column = "id"}).error().where, "questions");
  EXPECT_EQ(import("id,b\n1,2", {.voter_column = "id", .questions = {{"b", "luck"}}}).error().where,
            "questions");
  EXPECT_EQ(import("id,support\n1,2", {.voter_column = "id", .at_column = "at"}).error().where,
            "at_column");
}

constexpr std::string_view kKey = "0b8f5c9e-1f0a-4c1d-9b43-0123456789ab";

AnswerBatch batch_of(std::string key = std::string(kKey)) {
  AnswerBatch batch{.key = std::move(key), .answers = {}, .actor = "person:1"};
  batch.answers.push_back({.voter = "X1",
                           .by = VoterBy::external_id,
                           .question = "support",
                           .answer = {.question = {}, .choice = 2, .text = {}},
                           .at = {}});
  batch.answers.push_back({.voter = VoterId(2).text(),
                           .by = VoterBy::id,
                           .question = "issues",
                           .answer = {.question = {}, .choice = {}, .text = "1 2"},
                           .at = {}});
  return batch;
}

TEST_F(AnswerImportTest, RecordsABatchOnceUnderItsKey) {
  const feed::Position before = feed::head(*connection_);
  const auto first = importer_.record(batch_of());
  ASSERT_TRUE(first) << first.error().text();
  EXPECT_EQ(first->answers, 2);
  EXPECT_EQ(first->voters, 2);
  EXPECT_FALSE(first->is_repeat);
  EXPECT_EQ(count("channel = 'api'"), 2);
  EXPECT_EQ(feed::read(*connection_, before, 10).size(), 2U);

  const auto again = importer_.record(batch_of("0B8F5C9E-1F0A-4C1D-9B43-0123456789AB"));
  ASSERT_TRUE(again);
  EXPECT_TRUE(again->is_repeat);
  EXPECT_EQ(again->answers, 2);
  EXPECT_EQ(count(), 2);
  auto changed = batch_of();
  changed.answers[0].answer.choice = 1;
  const auto refused = importer_.record(changed);
  EXPECT_EQ(refused.error().code, ErrorCode::conflict);
  EXPECT_EQ(refused.error().where, "key");
  EXPECT_EQ(count(), 2);
  const auto other = importer_.record(batch_of("0b8f5c9e-1f0a-4c1d-9b43-0123456789ac"));
  ASSERT_TRUE(other);
  EXPECT_EQ(count(), 4) << "another key is another batch";
}

TEST_F(AnswerImportTest, ABatchIsRefusedWholeAndTheItemIsNamed) {
  const auto where = [&](const auto& change) {
    AnswerBatch batch = batch_of();
    change(batch);
    const auto refused = importer_.record(batch);
    return refused ? std::string("taken") : refused.error().where;
  };
  EXPECT_EQ(where([](AnswerBatch& b) { b.key = "7"; }), "key");
  EXPECT_EQ(where([](AnswerBatch& b) { b.answers.clear(); }), "answers");
  EXPECT_EQ(where([](AnswerBatch& b) { b.answers.resize(501, b.answers[0]); }), "answers");
  EXPECT_EQ(where([](AnswerBatch& b) { b.answers[1].voter = "vtr_9"; }), "answers[1].voter");
  EXPECT_EQ(where([](AnswerBatch& b) { b.answers[0].question = "luck"; }), "answers[0].question");
  EXPECT_EQ(where([](AnswerBatch& b) { b.answers[0].answer.choice = 3; }), "answers[0].choice");
  EXPECT_EQ(where([](AnswerBatch& b) { b.answers[1].answer.text = "2 1"; }), "answers[1].text");
  EXPECT_EQ(where([](AnswerBatch& b) { b.answers[1].answer.declined = true; }), "answers[1]");
  EXPECT_EQ(where([](AnswerBatch& b) { b.answers.push_back(b.answers[0]); }),
            "answers[2].question");
  EXPECT_EQ(where([&](AnswerBatch& b) { b.answers[0].at = clock_.now() + std::chrono::hours(1); }),
            "answers[0].at");
  EXPECT_EQ(where([](AnswerBatch& b) {
              b.answers[0].by = VoterBy::phone;
              b.answers[0].voter = "919-555-0002";
            }),
            "answers[0].voter");
  EXPECT_EQ(count(), 0);
  EXPECT_EQ(where([](AnswerBatch&) {}), "taken") << "what was refused took no key";
}

TEST_F(AnswerImportTest, AHoldOutsAnswersAreRefusedUntilTheLockEnds) {
  run(
      fmt::format("insert into experiment_member (experiment_id, bucket, voter_id, ordinal, arm,"
                  " cluster, block, votes, party, gender, county, held)"
                  " values (1, {}, 1, 1, 0, 1, 0, 0, '', '', '', true)",
                  bucket_of(VoterId(1))));
  const auto refused = importer_.record(batch_of());
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().where, "answers[0].voter");
  EXPECT_THAT(refused.error().sentence, HasSubstr("experiment"));
  const auto file = import("id,support\nX1,Ours\nX2,Ours\n", {.voter_column = "id"});
  ASSERT_TRUE(file);
  EXPECT_EQ(file->answers, 1);
  ASSERT_EQ(file->rejects.size(), 1U);
  EXPECT_THAT(file->rejects[0].reason, HasSubstr("experiment"));
  run("update experiment_member set held = false");
  EXPECT_TRUE(importer_.record(batch_of()));
}

}  // namespace
}  // namespace hustings::forms
