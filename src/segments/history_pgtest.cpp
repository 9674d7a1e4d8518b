#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "pg/testing/database.h"
#include "segments/live_electorate.h"
#include "segments/rule_text.h"
#include "segments/snapshot.h"
#include "segments/testing/random_electorate.h"
#include "segments/testing/sql_face.h"

namespace hustings::segments {
namespace {

using ::testing::ElementsAre;
using testing::engine_members;
using ::testing::IsEmpty;
using testing::random_statement;
using testing::RandomElectorate;
using testing::sql_members;

constexpr Instant kNow = std::chrono::sys_days(std::chrono::year(2026) / 10 / 9) +
                         std::chrono::hours(15) + std::chrono::microseconds(250'000);

Rule rule_of(std::string_view text) {
  auto rule = rule_from_text(text);
  EXPECT_TRUE(rule) << text << ": " << (rule ? "" : rule.error().sentence);
  return rule ? *std::move(rule) : Rule{};
}

class HistoryOfVoters : public ::testing::Test {
 protected:
  /// Applies what the feed has beyond the position, in batches that end anywhere.
  void follow(LiveElectorate& live, Rng& rng) {
    for (;;) {
      const auto entries =
          feed::read(*connection_, live.position(), 1 + static_cast<int>(rng.below(9)));
      if (entries.empty()) return;
      live.apply(entries);
    }
  }
  /// Engine and SQL, which must agree.
  std::vector<VoterId> who(const Electorate& electorate, std::string_view text, Instant now) {
    const Rule rule = rule_of(text);
    const auto voters = engine_members(electorate, rule, now);
    EXPECT_EQ(voters, sql_members(*connection_, rule, now)) << text;
    return voters;
  }

  pg::testing::Database database_;
  std::unique_ptr<pg::Connection> connection_ = database_.connect();
  Log log_ = Log::to_nowhere();
};

TEST_F(HistoryOfVoters, EveryKindOfStatementEqualsSqlWhileThingsHappenAndTimeMoves) {
  RandomElectorate random(*connection_, 31);
  random.fill(150);
  LiveElectorate live(database_.pool(), log_);
  live.load();
  std::uint64_t found = 0;
  for (int round = 0; round < 6; ++round) {
    for (int i = 0; i < 30; ++i)
      random.happen();
    follow(live, random.rng());
    const LiveElectorate::Reader electorate = live.read();
    EXPECT_TRUE(rc::check("engine equals SQL", [&](std::uint64_t seed) {
      Rng rng(seed);
      const Instant now = kNow + std::chrono::seconds(rng.below(3'000'000));
      for (std::uint64_t kind = 0; kind < 8; ++kind) {
        const Rule rule = random_statement(rng, kind);
        const auto voters = engine_members(*electorate, rule, now);
        if (voters != sql_members(*connection_, rule, now)) {
          RC_FAIL(to_text(rule) + " at " + to_iso(now));
        }
        found += voters.size();
      }
    }));
    // As after a restart.
    const Snapshot fresh = load_snapshot(*connection_);
    for (const VoterId voter : random.voters())
      EXPECT_EQ(electorate->describe(voter), fresh.electorate->describe(voter));
  }
  EXPECT_GT(found, 10'000U);
}

TEST_F(HistoryOfVoters, TimeRelativeStatementsTurnAtTheSecond) {
  RandomElectorate random(*connection_, 32);
  random.fill(3);
  connection_->run_text(
      "truncate contact_attempt, answer;"
      "insert into contact_attempt (bucket, attempt_id, voter_id, phonebank_id, lease_id, "
      "caller_id, number, channel, disposition, started_at, ended_at) "
      "select bucket, 1, voter_id, 7, 1, 1, 1, 'phone', 'busy', '2026-10-01T10:00:00.6Z', "
      "'2026-10-01T10:00:00.6Z' from voter where voter_id = 1;"
      "insert into answer (bucket, answer_id, voter_id, question_id, script_version, choice, "
      "actor, at) select bucket, 2, voter_id, 1, 1, 2, 'person:1', '2026-10-01T10:00:00.6Z' "
      "from voter where voter_id = 1",
      "test");
  const Snapshot snapshot = load_snapshot(*connection_);
  const Electorate& electorate = *snapshot.electorate;
  const Instant at = *from_iso("2026-10-01T10:00:00.6Z");
  const VoterId voter(1);
  const std::vector<std::string> rules = {
      "contacted within 7d", "last_contacted_at within 7d", "answer:q1 = 2 within 7d",
      "answered:q1 = 2 within 168h",
      "contacted with busy by " + PhonebankId(7).text() + " within 7d"};
  for (const std::string& rule : rules) {
    // Whole seconds: the clock's and the event's parts of a second do not count.
    const Instant last = std::chrono::floor<std::chrono::seconds>(at) + std::chrono::days(7);
    EXPECT_THAT(who(electorate, rule, last), ElementsAre(voter)) << rule;
    EXPECT_THAT(who(electorate, rule, last + std::chrono::microseconds(999'999)),
                ElementsAre(voter))
        << rule;
    EXPECT_THAT(who(electorate, rule, last + std::chrono::seconds(1)), IsEmpty()) << rule;
  }
  EXPECT_THAT(who(electorate, "contacted since 2026-10-01T10:00:00Z", kNow), ElementsAre(voter));
  EXPECT_THAT(who(electorate, "contacted since 2026-10-01T10:00:01Z", kNow), IsEmpty());
  EXPECT_THAT(who(electorate, "contacted until 2026-10-01T10:00:00Z", kNow), ElementsAre(voter));
  EXPECT_THAT(who(electorate, "contacted until 2026-10-01T09:59:59Z", kNow), IsEmpty());
  EXPECT_THAT(who(electorate, "last_contacted_at 2026-10-01..2026-10-01", kNow),
              ElementsAre(voter));
}

TEST_F(HistoryOfVoters, TheNewestAnswerCountsUnlessAnyIsAskedFor) {
  RandomElectorate random(*connection_, 33);
  random.fill(2);
  connection_->run_text(
      "truncate answer;"
      "insert into answer (bucket, answer_id, voter_id, question_id, script_version, choice, "
      "actor, at) select bucket, n, voter_id, 1, 1, n, 'person:1', "
      "'2026-10-01'::timestamptz + n * interval '1 day' from voter, generate_series(1, 3) n "
      "where voter_id = 1",
      "test");
  const Snapshot snapshot = load_snapshot(*connection_);
  const Electorate& electorate = *snapshot.electorate;
  const VoterId voter(1);
  EXPECT_THAT(who(electorate, "answer:q1 = 3", kNow), ElementsAre(voter));
  EXPECT_THAT(who(electorate, "answer:q1 = 2", kNow), IsEmpty());
  EXPECT_THAT(who(electorate, "answer:q1 = 2 until 2026-10-03", kNow), IsEmpty());
  EXPECT_THAT(who(electorate, "answered:q1 = 2 until 2026-10-03", kNow), ElementsAre(voter));
  EXPECT_THAT(who(electorate, "answered:q1 = 2 since 2026-10-04", kNow), IsEmpty());
}

TEST_F(HistoryOfVoters, AVersionStaysAsItWas) {
  RandomElectorate random(*connection_, 34);
  random.fill(100);
  LiveElectorate live(database_.pool(), log_);
  live.load();
  std::vector<LiveElectorate::Reader> versions;
  std::vector<std::vector<std::map<std::string, std::string>>> described;
  for (int round = 0; round < 8; ++round) {
    versions.push_back(live.read());
    described.emplace_back();
    for (const VoterId voter : random.voters())
      described.back().push_back(versions.back()->describe(voter));
    for (int i = 0; i < 40; ++i)
      random.attempt();
    random.say_consent();
    random.freeze_list();
    random.import_scores(5);
    follow(live, random.rng());
  }
  for (std::size_t i = 0; i < versions.size(); ++i) {
    for (std::size_t j = 0; j < described[i].size(); ++j) {
      ASSERT_EQ(versions[i]->describe(random.voters()[j]), described[i][j]) << "version " << i;
    }
  }
}

TEST_F(HistoryOfVoters, OfAPersonsIdentitiesOnAListTheHoldoutCounts) {
  RandomElectorate random(*connection_, 36);
  random.fill(6);
  // Voter 1 stands for identities 101 and 102 too, voter 4 for 104: (arm of their own, of others).
  connection_->run_text(
      "delete from list_member; delete from list;"
      "insert into list (list_id, name, rule, feed_position, seed, size, households, with_phone, "
      "holdout_percent, holdout, created_by, created_at, arms) overriding system value "
      "select n, 'L', '{}', 0, 1, 1, 1, 1, 0, 0, 'person:1', now(), "
      "'[\"holdout\", \"a\", \"b\"]' from generate_series(51, 52) n",
      "test");
  const auto member = [&](int list, std::int64_t voter, int ordinal, int arm) {
    connection_->run_text(fmt::format("insert into list_member values ({}, {}, {}, {}, {})", list,
                                      bucket_of(VoterId(voter)), voter, ordinal, arm),
                          "test");
  };
  const auto link = [&](std::int64_t home, std::int64_t voter) {
    connection_->run_text(
        fmt::format("insert into link (bucket, home_id, home_bucket, voter_id, decided_by, at) "
                    "values ({}, {}, {}, {}, 'person:1', now())",
                    bucket_of(VoterId(voter)), home, bucket_of(VoterId(home)), voter),
        "test");
  };
  link(101, 1);
  link(102, 1);
  link(104, 4);
  member(51, 1, 1, 2);
  member(51, 101, 2, 1);
  member(51, 102, 3, 0);
  member(51, 104, 4, 2);
  member(52, 101, 1, 2);
  member(52, 1, 2, 1);
  LiveElectorate live(database_.pool(), log_);
  live.load();
  const auto look = [&](const Electorate& electorate) {
    const std::string first = "in list " + ListId(51).text();
    EXPECT_THAT(who(electorate, first, kNow), ElementsAre(VoterId(1), VoterId(4)));
    EXPECT_THAT(who(electorate, first + " arm holdout", kNow), ElementsAre(VoterId(1)));
    EXPECT_THAT(who(electorate, first + " arm b", kNow), ElementsAre(VoterId(4)));
    EXPECT_THAT(who(electorate, first + " arm a", kNow), IsEmpty());
    const std::string second = "in list " + ListId(52).text();
    EXPECT_THAT(who(electorate, second + " arm b", kNow), ElementsAre(VoterId(1)));
    EXPECT_THAT(who(electorate, second + " arm a", kNow), IsEmpty());
  };
  look(*live.read());
  const feed::Change change{.kind = ChangeKind::list_frozen,
                            .subject = "list:51",
                            .actor = "person:1",
                            .payload = R"({"size":4})"};
  pg::Transaction transaction(*connection_);
  feed::commit(transaction, {&change, 1});
  Rng rng(1);
  follow(live, rng);
  look(*live.read());
}

TEST_F(HistoryOfVoters, WhatNobodyHasIsNobody) {
  RandomElectorate random(*connection_, 35);
  random.fill(20);
  const Snapshot snapshot = load_snapshot(*connection_);
  EXPECT_THAT(who(*snapshot.electorate, "score:unheard_of >= 0", kNow), IsEmpty());
  EXPECT_THAT(who(*snapshot.electorate, "in list " + ListId(999).text(), kNow), IsEmpty());
  EXPECT_THAT(who(*snapshot.electorate, "in list " + ListId(1).text() + " arm none_such", kNow),
              IsEmpty());
  EXPECT_EQ(who(*snapshot.electorate, "consent:research:door not in given", kNow).size(), 20U);
  EXPECT_EQ(who(*snapshot.electorate, "contacted 0.. times", kNow).size(), 20U);
}

}  // namespace
}  // namespace hustings::segments
