#include "segments/queue_state.h"

#include <map>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "pg/testing/database.h"

namespace hustings::segments {
namespace {

constexpr Instant kNow =
    std::chrono::sys_days(std::chrono::year(2026) / 10 / 9) + std::chrono::hours(16);

/// Numbers in queues of two phone banks, the second of which is closed.
class Queues : public ::testing::Test {
 protected:
  void SetUp() override {
    run("insert into list (name, rule, feed_position, seed, size, households, with_phone,"
        " holdout_percent, holdout, created_by, created_at)"
        " values ('List', '{}', 1, 7, 0, 0, 0, 0, 0, 'person:1', now())");
    run("insert into script (name, version, body, created_by, created_at, saved_at)"
        " values ('Script', 1, '{}', 'person:1', now(), now())");
    for (const char* state : {"open", "closed"}) {
      run(fmt::format(
          "insert into phonebank (name, list_id, script_id, state, retry_seconds, lease_seconds,"
          " attempts_max, opens_minute, closes_minute, created_by, created_at, country, consent)"
          " select '{0}', list_id, script_id, '{0}', 14400, 600, 3, 600, 1200, 'person:1', now(),"
          " 'us', 'all' from list, script",
          state));
    }
    for (int id = 1; id <= 6; ++id)
      put_voter(id, id);
  }
  void run(const std::string& sql) { connection_->run_text(sql, "test"); }
  static std::int64_t number(int n) { return 19195550100 + n; }
  void put_voter(int id, int of_number) {
    const auto bucket = bucket_of(VoterId(id));
    run(fmt::format(
        "insert into voter (bucket, voter_id, import_id, source, external_id, status,"
        " protected, last_name, first_name, state, county, phone)"
        " values ({0}, {1}, 1, 'nc', 'X{1}', 'active', false, 'A', 'B', 'NC', 'WAKE', {2})"
        " on conflict (bucket, voter_id) do update set phone = excluded.phone",
        bucket, id, number(of_number)));
    run(
        fmt::format("insert into phone (bucket, voter_id, number, import_id)"
                    " values ({}, {}, {}, 1) on conflict do nothing",
                    bucket, id, number(of_number)));
  }
  void put_line(int phonebank, int n, const std::string& state, const std::string& more) {
    run(
        fmt::format("insert into queue_line (phonebank_id, number, ordinal, state, zone_set_id,"
                    " not_before, promised) values ({}, {}, {}, '{}', 1, {})",
                    phonebank, number(n), n, state, more));
  }
  void show(int phonebank, int n, const std::string& from, const std::string& until) {
    run(
        fmt::format("insert into line_attempt (lease_id, number, phonebank_id, caller_id, epoch,"
                    " script_version, shown_at, during) values (nextval('lease_id_seq'), {}, {}, 1,"
                    " 1, 1, '{}', tstzrange('{}', '{}'))",
                    number(n), phonebank, from, from, until));
  }
  void say(ChangeKind kind, const std::string& subject, const std::string& payload = "{}") {
    pg::Transaction transaction(*connection_);
    const feed::Change change{
        .kind = kind, .subject = subject, .actor = "system", .payload = payload};
    feed::commit(transaction, {&change, 1});
  }
  std::map<std::int64_t, QueueState::Bar> bars() {
    std::map<std::int64_t, QueueState::Bar> all;
    for (const QueueState::Barred& one : reader_.read_now(Deadline::never())->barred)
      all.try_emplace(one.voter.value(), one.bar);  // the first counts
    return all;
  }

  using Bars = std::map<std::int64_t, QueueState::Bar>;
  pg::testing::Database database_;
  std::unique_ptr<pg::Connection> connection_ = database_.connect();
  ManualClock clock_{kNow};
  QueueReader reader_{
      database_.pool(), clock_, {.hours = window_alone, .set_consent = [](CallingBank& bank) {
                                   bank.mobile = "of " + bank.country;
                                 }}};
};

TEST_F(Queues, SayWhoIsHeldPromisedOrWasCalledLatelyInWhateverPhoneBank) {
  using enum QueueState::Bar;
  put_line(1, 1, "held", "'2026-10-09T15:00Z', false");
  put_line(1, 2, "waiting", "'2026-10-09T17:00Z', true");
  put_line(1, 3, "waiting", "'2026-10-09T17:00Z', false");
  put_line(1, 4, "waiting", "'2026-10-09T15:59Z', false");  // due
  put_line(2, 5, "waiting", "'2026-10-09T17:00Z', false");  // of the closed one
  show(1, 1, "2026-10-09T15:59Z", "2026-10-09T20:00Z");
  show(1, 2, "2026-10-09T15:00Z", "2026-10-09T19:00Z");
  EXPECT_EQ(bars(), (Bars{{1, held}, {2, callback}, {3, cooling_down}}));
  show(2, 5, "2026-10-09T13:00Z", "2026-10-09T17:00Z");  // called there three hours ago
  show(2, 6, "2026-10-09T11:00Z", "2026-10-09T15:00Z");  // and over
  EXPECT_EQ(bars(), (Bars{{1, held}, {2, callback}, {3, cooling_down}, {5, cooling_down}}));
  clock_.advance(std::chrono::hours(2));
  EXPECT_EQ(bars(), (Bars{{1, held}, {2, cooling_down}}));
}

TEST_F(Queues, KnowWhoseANumberIsAfterItHasMoved) {
  using enum QueueState::Bar;
  put_line(1, 1, "waiting", "'2026-10-09T17:00Z', false");
  say(ChangeKind::signed_in, "person:1");
  EXPECT_EQ(bars().size(), 1U);
  put_voter(7, 1);
  put_voter(1, 2);
  EXPECT_EQ(bars(), (Bars{{1, cooling_down}})) << "nothing has been said of it";
  say(ChangeKind::voter_corrected, "voter:1");
  EXPECT_EQ(bars(), (Bars{{7, cooling_down}}));
  put_voter(7, 3);
  say(ChangeKind::persons_joined, "voter:8", R"({"joined":[7]})");
  EXPECT_EQ(bars(), Bars{});
  put_voter(5, 1);
  say(ChangeKind::person_split, "voter:8", R"({"split_off":5,"homes":[]})");
  EXPECT_EQ(bars(), (Bars{{5, cooling_down}}));
  put_voter(6, 1);
  say(ChangeKind::import_published, "import:2");
  EXPECT_EQ(bars(), (Bars{{5, cooling_down}, {6, cooling_down}}));
}

TEST_F(Queues, KnowTheLockedNumbersOfExperiments) {
  using enum QueueState::Bar;
  put_line(1, 1, "held", "'2026-10-09T15:00Z', false");
  EXPECT_EQ(bars(), (Bars{{1, held}}));
  for (const int n : {1, 2}) {
    run(
        fmt::format("insert into line_attempt (lease_id, number, phonebank_id, caller_id, epoch,"
                    " script_version, shown_at, during, experiment_id)"
                    " values (nextval('lease_id_seq'), {}, 0, 0, 3, 0, '2026-10-09T15:30Z',"
                    " tstzrange('2026-10-09T15:30Z', '2027-11-09T15:30Z'), 3)",
                    number(n)));
  }
  say(ChangeKind::experiment_saved, "experiment:3");
  EXPECT_EQ(bars(), (Bars{{1, held}, {2, locked}})) << "nobody called the second";
  run("delete from line_attempt where experiment_id = 3");
  say(ChangeKind::experiment_saved, "experiment:3");
  EXPECT_EQ(bars(), (Bars{{1, held}}));
}

TEST_F(Queues, SayHowThePhoneBanksCall) {
  reader_.start();
  const auto state = reader_.read(Deadline::never());
  ASSERT_EQ(state->banks.size(), 1U);
  EXPECT_EQ(state->banks[0].country, "us");
  EXPECT_EQ(state->banks[0].consent, CallingBank::Consent::all);
  run("update phonebank set consent = 'mobile', mobile_pattern = '^491'");
  const auto mobile = reader_.read_now(Deadline::never());
  EXPECT_EQ(mobile->banks[0].consent, CallingBank::Consent::mobile);
  EXPECT_EQ(mobile->banks[0].mobile, "^491");
  EXPECT_EQ(state->called_lists.size(), 1U);
  EXPECT_EQ(state->window().opens, std::chrono::hours(10));
  EXPECT_EQ(state->window().closes, std::chrono::hours(20));
  run("update phonebank set state = 'closed'");
  run("insert into calling_choice values (1, 'de', true, 'person:1', now())");
  const auto none = reader_.read_now(Deadline::never());
  ASSERT_EQ(none->banks.size(), 1U);
  EXPECT_EQ(none->banks[0].country, "de");
  EXPECT_EQ(none->banks[0].mobile, "of de");
  EXPECT_EQ(none->banks[0].window, CallingWindow{});
  EXPECT_TRUE(none->called_lists.empty());
}

}  // namespace
}  // namespace hustings::segments
