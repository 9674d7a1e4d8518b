// The checker against a database that says something else than the callers have seen.
#include "simulate/checker.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "pg/testing/database.h"
#include "simulate/electorate.h"

namespace hustings::simulate {
namespace {

using std::chrono::seconds;

class CheckerDatabase : public ::testing::Test {
 protected:
  CheckerDatabase() : connection_(database_.connect()) {
    list_ = lay_down(*connection_, {.first = 1, .count = 120});
  }
  void run(const std::string& sql) { connection_->run_text(sql, "test"); }
  std::int64_t count(const std::string& sql) {
    return connection_->run_text(sql, "test").only().get<std::int64_t>(0);
  }
  static std::string key(int lease) { return fmt::format("{:032x}", lease); }

  /// A call of a line as a phone bank stores it.
  void store(std::int64_t line, int lease, int epoch = 1, int shown_after = 0) {
    const VoterId voter = first_voter(line);
    run(fmt::format(
        "insert into line_attempt values ({0}, {1}, 1, 9, {2}, 1, "
        "  timestamptz '2026-11-02 12:00Z' + interval '{3} s', "
        "  tstzrange(timestamptz '2026-11-02 12:00Z' + interval '{3} s', "
        "            timestamptz '2026-11-02 12:00Z' + interval '{4} s'));"
        "insert into call_result (result_key, lease_id, phonebank_id, caller_id, spoken, response, "
        "at)"
        "  values ('{5}', {0}, 1, 9, true, '{{}}', now());"
        "insert into contact_attempt (bucket, attempt_id, voter_id, phonebank_id, lease_id, "
        "    caller_id, number, channel, disposition, started_at, ended_at)"
        "  values ({6}, {0}, {7}, 1, {0}, 9, {1}, 'phone', 'reached', now(), now());"
        "insert into change (position, kind, subject, actor, payload)"
        "  values (nextval('change_position'), 'attempt_recorded', 'voter:{7}', 'person:9', "
        "'{{}}')",
        lease, number_of(line), epoch, shown_after, shown_after + 600, key(lease), bucket_of(voter),
        voter.value()));
  }
  /// The same as its caller has seen it.
  void say(std::int64_t line, int lease, int epoch = 1, int shown_after = 0) {
    Showing showing;
    showing.phonebank = PhonebankId(1);
    showing.lease = LeaseId(lease);
    showing.number = number_of(line);
    showing.epoch = epoch;
    showing.key.low = static_cast<std::uint64_t>(lease);
    showing.asked = showing.shown = Moment(seconds(1000 + shown_after));
    showing.told = showing.ended = showing.shown + seconds(5);
    showing.lease_end = showing.shown + seconds(300);
    showing.voters = 1;
    showing.end = Showing::Ended::stored;
    history_.showings.push_back(showing);
  }
  Verdict verdict() { return check(*connection_, history_); }

  pg::testing::Database database_;
  std::unique_ptr<pg::Connection> connection_;
  ListId list_;
  History history_;
};

TEST_F(CheckerDatabase, LaysDownWhatItSays) {
  EXPECT_EQ(count("select count(*) from voter"), 132) << "every tenth line has two";
  EXPECT_EQ(count("select count(*) from phone"), 144) << "every twelfth line's have two numbers";
  EXPECT_EQ(count("select count(*) from list_member where arm = 0"), 6);
  EXPECT_EQ(count("select count(*) from suppression"), 3);
  EXPECT_EQ(count("select count(*) from voter where protected"), 2);
  EXPECT_EQ(count("select count(*) from consent where state = 'withdrawn'"), 2);
  EXPECT_EQ(count("select count(distinct phone) from voter"), 120);
}

TEST_F(CheckerDatabase, WhatIsAsItWasSaidHolds) {
  for (const int lease : {1, 2, 3}) {
    store(1 + 2 * lease + 1, lease);
    say(1 + 2 * lease + 1, lease);
  }
  EXPECT_TRUE(verdict().holds()) << verdict().text();
}

TEST_F(CheckerDatabase, AnAcknowledgedResultThatIsNotThereIsLost) {
  say(4, 1);
  EXPECT_EQ(verdict().lost, 1);
  store(4, 1);
  run("update call_result set lease_id = 77");
  EXPECT_EQ(verdict().lost, 1) << "under another lease";
}

TEST_F(CheckerDatabase, AnAnswerThatIsNotThereIsLost) {
  store(4, 1);
  say(4, 1);
  history_.showings.front().answers = 1;
  EXPECT_EQ(verdict().lost, 1);
}

TEST_F(CheckerDatabase, WhatNobodySentOrIsThereTwiceIsDoubled) {
  store(4, 1);
  EXPECT_EQ(verdict().doubled, 1) << "a result that nobody sent";
  say(4, 1);
  EXPECT_EQ(verdict().doubled, 0);
  run("insert into contact_attempt (bucket, attempt_id, voter_id, phonebank_id, lease_id, "
      "caller_id,"
      " number, channel, disposition, started_at, ended_at) select bucket, 99, voter_id, 1, 1, 9,"
      " number, 'phone', 'reached', now(), now() from contact_attempt");
  EXPECT_EQ(verdict().doubled, 2) << "a try twice, and one more than in the feed";
}

TEST_F(CheckerDatabase, GapsEpochsAndBarsAreRead) {
  store(4, 1, 1, 0);
  say(4, 1, 1, 0);
  run("alter table line_attempt drop constraint line_attempt_too_soon");
  store(4, 2, 1, 300);
  say(4, 2, 2, 300);
  EXPECT_EQ(verdict().too_soon, 1);
  EXPECT_EQ(verdict().epochs, 1);
  EXPECT_EQ(verdict().forbidden, 0);
  run(
      fmt::format("insert into suppression (number, reason, source, actor, at) values ({}, "
                  "'do_not_call', 'test', 'system', '2026-11-02 12:01Z')",
                  number_of(4)));
  EXPECT_EQ(verdict().forbidden, 1) << "the second showing is after it";
}

TEST_F(CheckerDatabase, WhoseNextNumberIsInNoQueueOrWhoIsInItTwiceIsSeen) {
  const VoterId voter = first_voter(6);
  ASSERT_TRUE(has_next_number(6));
  const auto target = [&](std::int64_t number) {
    run(
        fmt::format("insert into call_target (phonebank_id, number, bucket, voter_id, home_bucket, "
                    "home_id, state) values (1, {}, {}, {}, {}, {}, 'open')",
                    number, bucket_of(voter), voter.value(), bucket_of(voter), voter.value()));
  };
  target(number_of(6));
  EXPECT_EQ(verdict().left_out, 0);
  run(
      fmt::format("insert into suppression (number, reason, source, actor, at) values ({}, "
                  "'wrong_number', 'call', 'person:1', now())",
                  number_of(6)));
  EXPECT_EQ(verdict().left_out, 1) << "the next number waits for nobody";
  run("update call_target set state = 'barred', reason = 'joined'");
  target(next_number_of(6));
  EXPECT_EQ(verdict().left_out, 0);
  run("delete from suppression; update call_target set state = 'open'");
  EXPECT_EQ(verdict().left_out, 1) << "to be called on both";
}

}  // namespace
}  // namespace hustings::simulate
