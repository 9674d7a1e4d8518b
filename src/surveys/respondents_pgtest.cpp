#include "surveys/respondents.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "pg/testing/database.h"

namespace hustings::surveys {
namespace {

/// Voters 1 to 9 in the queue of one phone bank; voter 9 answers another one's too.
class RespondentsTest : public ::testing::Test {
 protected:
  void SetUp() override {
    run("insert into question (key, kind, text, choices) values"
        " ('support', 'choice', 'Whom?', '[\"Ours\", \"Theirs\"]'),"
        " ('turnout', 'choice', 'Sure?', '[\"Yes\", \"No\"]')");
    run("insert into list (name, rule, feed_position, seed, size, households, with_phone,"
        " holdout_percent, holdout, created_by, created_at)"
        " values ('List', '{}', 1, 7, 0, 0, 0, 0, 0, 'person:1', now())");
    run("insert into script (name, version, body, created_by, created_at, saved_at)"
        " values ('S', 1, '{}', 'x', now(), now())");
    run("insert into phonebank (name, list_id, script_id, state, retry_seconds, lease_seconds,"
        " attempts_max, opens_minute, closes_minute, created_by, created_at)"
        " select n, 1, 1, 'open', 60, 60, 3, 0, 1440, 'x', now() from unnest(array['A', 'B']) n");
    for (int voter = 1; voter <= 9; ++voter) {
      const auto bucket = bucket_of(VoterId(voter));
      run(fmt::format(
          "insert into voter (bucket, voter_id, import_id, source, external_id, status, protected,"
          " last_name, first_name, party, gender, birth_date, state, county)"
          " values ({0}, {1}, 1, 'nc', 'X{1}', 'active', false, 'DOE', 'JO', {2}, 'F',"
          " '1980-06-01', 'NC', 'WAKE')",
          bucket, voter, voter == 2 ? "null" : "'DEM'"));
      run(
          fmt::format("insert into call_target (phonebank_id, number, bucket, voter_id,"
                      " home_bucket, home_id, state) values (1, {0}, {1}, {0}, {1}, {0}, 'open')",
                      voter, bucket));
    }
  }
  void run(const std::string& sql) { connection_->run_text(sql, "test"); }
  void call(int voter, const std::string& disposition) {
    run(
        fmt::format("insert into contact_attempt (bucket, attempt_id, voter_id, phonebank_id,"
                    " lease_id, caller_id, number, channel, disposition, started_at, ended_at)"
                    " values ({}, {}, {}, 1, 1, 1, 1, 'phone', '{}', now(), now())",
                    bucket_of(VoterId(voter)), ++ids_, voter, disposition));
  }
  void answer(int voter, int question, const std::string& choice, int phonebank = 1,
              const std::string& at = "2026-10-20T12:00:00Z") {
    run(
        fmt::format("insert into answer (bucket, answer_id, voter_id, question_id, script_version,"
                    " choice, declined, phonebank_id, actor, at)"
                    " values ({}, {}, {}, {}, 1, {}, {}, {}, 'x', '{}')",
                    bucket_of(VoterId(voter)), ++ids_, voter, question, choice, choice == "null",
                    phonebank, at));
  }

  pg::testing::Database database_;
  std::unique_ptr<pg::Connection> connection_ = database_.connect();
  std::int64_t ids_ = 0;
};

TEST_F(RespondentsTest, GivesEachVotersNewestAnswerWithWhatItIsWeightedBy) {
  answer(1, 1, "1");
  answer(1, 1, "2", 1, "2026-10-21T12:00:00Z");
  answer(2, 1, "null");
  answer(9, 1, "1", 2);
  const auto all = respondents(*connection_, QuestionId(1), {});
  ASSERT_EQ(all.size(), 3U);
  for (const Respondent& one : all) {
    if (one.voter == VoterId(1)) {
      EXPECT_EQ(one.choice, 2);
      EXPECT_EQ(one.age, 46);
      EXPECT_EQ(one.party, "DEM");
      EXPECT_EQ(one.county, "WAKE");
    }
    if (one.voter == VoterId(2)) {
      EXPECT_EQ(one.choice, 0);
      EXPECT_EQ(one.party, "");
    }
  }
  EXPECT_EQ(respondents(*connection_, QuestionId(1), {.phonebank = PhonebankId(2)}).size(), 1U);
  EXPECT_TRUE(respondents(*connection_, QuestionId(2), {}).empty());
}

TEST_F(RespondentsTest, OfASampleItsMembersSinceThenWithTheirChances) {
  run("update list set created_at = '2026-10-20T00:00:00Z'");
  for (const int voter : {1, 2, 3}) {
    run(fmt::format(
        "insert into list_member (list_id, bucket, voter_id, ordinal, arm, probability,"
        " stratum, cluster) values (1, {}, {}, {}, 1, {}, {}, {})",
        bucket_of(VoterId(voter)), voter, voter, voter == 1 ? 0.5 : 0.25, voter % 2, voter));
  }
  answer(1, 1, "1");
  answer(2, 1, "2", 2);
  answer(3, 1, "2", 1, "2026-10-19T12:00:00Z");  // before it was drawn
  answer(9, 1, "2");                             // not drawn
  EXPECT_EQ(respondents(*connection_, QuestionId(1), {}).size(), 4U);
  EXPECT_EQ(respondents(*connection_, QuestionId(1), {.list = ListId(1)}).size(), 2U);
  EXPECT_EQ(
      respondents(*connection_, QuestionId(1), {.phonebank = PhonebankId(2), .list = ListId(1)})
          .size(),
      1U);
  const auto chances = sample_chances(*connection_, ListId(1));
  ASSERT_EQ(chances.size(), 3U);
  for (const SampleChance& one : chances) {
    EXPECT_EQ(one.probability, one.voter == VoterId(1) ? 0.5 : 0.25);
    EXPECT_EQ(one.cluster, one.voter.value());
    EXPECT_EQ(one.stratum, one.voter.value() % 2);
    EXPECT_EQ(one.cluster_probability, 0);  // of a sample from before it was kept
  }
  EXPECT_TRUE(sample_chances(*connection_, ListId(2)).empty());
}

TEST_F(RespondentsTest, CountsWhatBecameOfEverybodyWhoWasToBeAsked) {
  call(1, "no_answer");
  call(1, "reached");
  answer(1, 1, "1");
  call(2, "reached");
  answer(2, 2, "1");  // another question only
  call(3, "refused");
  call(4, "reached");  // and said nothing
  call(5, "language");
  call(6, "wrong_number");
  call(7, "left_message");
  call(8, "no_answer");
  const ResponseStates states = response_states(*connection_, QuestionId(1), PhonebankId(1));
  EXPECT_EQ(states.complete, 1);
  EXPECT_EQ(states.partial, 1);
  EXPECT_EQ(states.refused, 2);
  EXPECT_EQ(states.other, 1);
  EXPECT_EQ(states.ineligible, 1);
  EXPECT_EQ(states.no_contact, 1);
  EXPECT_EQ(states.unknown, 1);
  EXPECT_EQ(states.not_tried, 1);
  EXPECT_EQ(response_states(*connection_, QuestionId(1), std::nullopt).complete, 1);
  EXPECT_EQ(response_states(*connection_, QuestionId(1), PhonebankId(2)).not_tried, 0);
}

TEST_F(RespondentsTest, CountsWebFormsBesidePhoneBanksEachVoterOnce) {
  answer(1, 1, "1");  // on the phone bank, whose others were not called yet
  run("insert into list (name, rule, feed_position, seed, size, households, with_phone,"
      " holdout_percent, holdout, created_by, created_at)"
      " values ('List', '{}', 1, 7, 4, 4, 0, 0, 0, 'person:1', now())");
  run("insert into script (name, version, body, created_by, created_at, saved_at)"
      " values ('S', 1, '{}', 'person:1', now(), now())");
  for (int form = 1; form <= 2; ++form) {
    run("insert into form (name, list_id, script_id, script_version, expires_at, created_by,"
        " created_at) values ('F', 1, 1, 1, now(), 'person:1', now())");
  }
  const auto link = [&](int form, int voter, const std::string& opened, const std::string& saved,
                        const std::string& done) {
    run(
        fmt::format("insert into form_link (form_id, bucket, voter_id, token_hash, opened_at,"
                    " saved_at, done_at) values ({}, {}, {}, sha256('{} {}'), {}, {}, {})",
                    form, bucket_of(VoterId(voter)), voter, form, voter, opened, saved, done));
  };
  link(1, 1, "null", "null", "null");     // has answered on the phone
  link(1, 2, "now()", "now()", "now()");  // sent, with an answer
  link(1, 3, "now()", "now()", "now()");  // sent without one
  link(1, 4, "now()", "now()", "null");   // begun
  link(1, 5, "now()", "null", "null");    // opened
  link(1, 6, "null", "null", "null");
  link(2, 7, "now()", "null", "null");  // of a form that nobody answered this question on
  answer(2, 1, "2", 0);
  run("update answer set phonebank_id = null, channel = 'web', actor = 'form:1'"
      " where phonebank_id = 0");
  const ResponseStates all = response_states(*connection_, QuestionId(1), std::nullopt);
  EXPECT_EQ(all.complete, 2);
  EXPECT_EQ(all.partial, 2);
  EXPECT_EQ(all.refused, 1);
  EXPECT_EQ(all.unknown, 1);
  EXPECT_EQ(all.complete + all.partial + all.refused + all.unknown + all.not_tried, 9)
      << "the phone bank's voters, each once";
  EXPECT_EQ(response_states(*connection_, QuestionId(1), PhonebankId(1)).partial, 0);
}

}  // namespace
}  // namespace hustings::surveys
