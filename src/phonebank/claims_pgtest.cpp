#include <chrono>
#include <set>
#include <thread>

#include "phonebank/testing/bank.h"

namespace hustings::phonebank::testing {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

class ClaimsTest : public Bank {};

TEST_F(ClaimsTest, HandsOutInTheListsOrder) {
  const auto phonebank = open_bank(list_of(3));
  for (int n = 1; n <= 3; ++n) {
    const Lease lease = claim(caller(phonebank, n));
    EXPECT_EQ(lease.number, number(n));
    EXPECT_EQ(lease.epoch, 1);
    EXPECT_EQ(lease.until, kNoon + minutes(10));
    ASSERT_EQ(lease.voters.size(), 1U);
    EXPECT_EQ(lease.voters[0].id, VoterId(n));
    EXPECT_EQ(lease.voters[0].age, 46);
    EXPECT_EQ(lease.voters[0].city, "RALEIGH");
  }
  EXPECT_EQ(claim_nothing(caller(phonebank, 4)).reason, NothingReason::none_ready);
}

TEST_F(ClaimsTest, PriorityComesBeforeOrder) {
  const auto phonebank = open_bank(list_of(3));
  run("update queue_line set priority = 5 where number = 19195550003");
  EXPECT_EQ(claim(caller(phonebank, 1)).number, number(3));
  EXPECT_EQ(claim(caller(phonebank, 2)).number, number(1));
}

TEST_F(ClaimsTest, WhoHoldsALineGetsItAgain) {
  const auto phonebank = open_bank(list_of(3));
  const Lease first = claim(caller(phonebank));
  const Lease again = claim(caller(phonebank));
  EXPECT_EQ(again.id, first.id);
  EXPECT_EQ(again.epoch, first.epoch);
  EXPECT_EQ(again.until, first.until);
  EXPECT_EQ(again.voters.size(), 1U);
  EXPECT_EQ(service_.held(caller(phonebank))->id, first.id);
  EXPECT_FALSE(service_.held(caller(phonebank, 2)).has_value());
}

TEST_F(ClaimsTest, WhoChangesThePhonebankLosesTheLine) {
  const auto one = open_bank(list_of(1));
  const auto other = open_bank(list_of({{.id = 2, .number = number(2)}}));
  claim(caller(one));
  EXPECT_EQ(claim(caller(other)).number, number(2));
  EXPECT_EQ(line_state(one, number(1)), "waiting");
}

TEST_F(ClaimsTest, UnknownPhonebank) {
  EXPECT_EQ(service_.claim({PersonId(1), PhonebankId(99)}).error().code, ErrorCode::not_found);
  EXPECT_FALSE(service_.held({PersonId(1), PhonebankId(99)}).has_value());
}

TEST_F(ClaimsTest, PausedAndClosedHandNothingOutButTakeResults) {
  const auto phonebank = open_bank(list_of(2));
  const Lease lease = claim(caller(phonebank));
  for (const auto& [state, reason] : {std::pair(PhonebankState::paused, NothingReason::paused),
                                      std::pair(PhonebankState::closed, NothingReason::closed)}) {
    ASSERT_TRUE(service_.set_state(phonebank, state, "person:1").has_value());
    EXPECT_EQ(claim_nothing(caller(phonebank, 2)).reason, reason);
  }
  EXPECT_FALSE(record(caller(phonebank), lease, Disposition::reached).late);
  EXPECT_EQ(service_.set_state(PhonebankId(99), PhonebankState::open, "p").error().code,
            ErrorCode::not_found);
}

TEST_F(ClaimsTest, ReleasedLineIsReadyAtOnce) {
  const auto phonebank = open_bank(list_of(1));
  const Lease lease = claim(caller(phonebank));
  ASSERT_TRUE(service_.release(PersonId(1), lease.id, 1, ReleaseReason::on_break).has_value());
  const Lease next = claim(caller(phonebank, 2));
  EXPECT_EQ(next.number, lease.number);
  EXPECT_EQ(next.epoch, 2);
  EXPECT_EQ(count("select attempts from queue_line"), 1);
  // The old lease is gone for everybody, and another's cannot be given back.
  const auto lost = [&](PersonId person, LeaseId id, int epoch) {
    const auto released = service_.release(person, id, epoch, ReleaseReason::skipped);
    return !released && released.error().code == ErrorCode::lease_lost;
  };
  EXPECT_TRUE(lost(PersonId(1), lease.id, 1));
  EXPECT_TRUE(lost(PersonId(1), next.id, 2));
  EXPECT_TRUE(lost(PersonId(2), next.id, 1));
  EXPECT_TRUE(lost(PersonId(2), LeaseId(999), 1));
}

TEST_F(ClaimsTest, WhoSkipsALineGetsOthersFirst) {
  const auto phonebank = open_bank(list_of(2));
  const Lease first = claim(caller(phonebank));
  ASSERT_TRUE(service_.release(PersonId(1), first.id, 1, ReleaseReason::skipped).has_value());
  const Lease second = claim(caller(phonebank));
  EXPECT_EQ(second.number, number(2));
  EXPECT_EQ(claim(caller(phonebank, 2)).number, number(1));
  record(caller(phonebank), second, Disposition::reached);
  ASSERT_TRUE(
      service_
          .release(PersonId(2), service_.held(caller(phonebank, 2))->id, 2, ReleaseReason::skipped)
          .has_value());
  // Nothing else is left: the skipped one comes again.
  EXPECT_EQ(claim(caller(phonebank, 2)).number, number(1));
}

TEST_F(ClaimsTest, ExpiredLeaseWaitsAsIfItHadBeenDialled) {
  const auto phonebank = open_bank(list_of(1));
  const Lease lease = claim(caller(phonebank));
  EXPECT_EQ(service_.rescue_expired(), 0);
  clock_.advance(minutes(10) + seconds(1));
  EXPECT_EQ(service_.rescue_expired(), 1);
  EXPECT_EQ(line_state(phonebank, lease.number), "waiting");
  clock_.set(kNoon + hours(4) - seconds(1));
  const auto nothing = claim_nothing(caller(phonebank, 2));
  EXPECT_EQ(nothing.reason, NothingReason::waiting);
  EXPECT_EQ(nothing.next_at, kNoon + hours(4));
  clock_.advance(seconds(1));
  EXPECT_EQ(claim(caller(phonebank, 2)).epoch, 2);
}

TEST_F(ClaimsTest, ExpiredLeaseOfAReturningCallerIsNotGivenAgain) {
  const auto phonebank = open_bank(list_of(2));
  claim(caller(phonebank));
  clock_.advance(minutes(11));
  EXPECT_EQ(claim(caller(phonebank)).number, number(2));
  EXPECT_EQ(line_state(phonebank, number(1)), "waiting");
}

TEST_F(ClaimsTest, LastAttemptThatExpiresEndsTheLine) {
  Rules rules = Bank::rules();
  rules.attempts_max = 1;
  const auto phonebank = open_bank(list_of(1), rules);
  const Lease lease = claim(caller(phonebank));
  clock_.advance(minutes(11));
  EXPECT_EQ(service_.rescue_expired(), 1);
  EXPECT_EQ(line_state(phonebank, lease.number), "done");
  EXPECT_EQ(line_reason(phonebank, lease.number), "attempts");
  EXPECT_EQ(claim_nothing(caller(phonebank)).reason, NothingReason::all_done);
}

TEST_F(ClaimsTest, HeartbeatKeepsALongCall) {
  const auto phonebank = open_bank(list_of(1));
  const Lease lease = claim(caller(phonebank));
  for (int i = 0; i < 12; ++i) {
    clock_.advance(minutes(6));
    EXPECT_EQ(service_.heartbeat(caller(phonebank)), std::nullopt);
    EXPECT_EQ(service_.rescue_expired(), 0);
  }
  EXPECT_FALSE(record(caller(phonebank), lease, Disposition::reached).late);
}

TEST_F(ClaimsTest, HeartbeatHasACapAndPushesTheNextAttemptOut) {
  const auto phonebank = open_bank(list_of(1));
  claim(caller(phonebank));
  clock_.advance(minutes(6));
  service_.heartbeat(caller(phonebank));
  EXPECT_EQ(value("select upper(during) = timestamptz '2026-10-20T20:16:00Z' from line_attempt"),
            "t");
  for (int i = 0; i < 30; ++i) {
    clock_.advance(minutes(5));
    service_.heartbeat(caller(phonebank));
  }
  EXPECT_EQ(service_.rescue_expired(), 1);  // after two hours at the latest
}

TEST_F(ClaimsTest, HeartbeatOfACallerWithoutALineIsASignOfLife) {
  const auto phonebank = open_bank(list_of(1));
  EXPECT_EQ(service_.heartbeat(caller(phonebank, 3)), std::nullopt);
  EXPECT_EQ(count("select count(*) from caller_shift where person_id = 3"), 1);
  EXPECT_EQ(service_.heartbeat({PersonId(3), PhonebankId(99)}), std::nullopt);
}

TEST_F(ClaimsTest, WhoLeavesKeepsTheAttempt) {
  const auto phonebank = open_bank(list_of(1));
  claim(caller(phonebank));
  service_.leave(PersonId(1));
  EXPECT_EQ(line_state(phonebank, number(1)), "waiting");
  EXPECT_EQ(count("select count(*) from line_attempt where not isempty(during)"), 1);
}

TEST_F(ClaimsTest, EarlierAttemptsAreShown) {
  const auto phonebank = open_bank(list_of(1));
  const Lease lease = claim(caller(phonebank));
  auto first = result(caller(phonebank), lease, Disposition::not_home);
  first.voters[0].note = "Back after five";
  record(first);
  clock_.advance(hours(5));
  const Lease next = claim(caller(phonebank, 2));
  ASSERT_EQ(next.voters[0].earlier.size(), 1U);
  EXPECT_EQ(next.voters[0].earlier[0].disposition, Disposition::not_home);
  EXPECT_EQ(next.voters[0].earlier[0].note, "Back after five");
  EXPECT_EQ(next.voters[0].earlier[0].at, kNoon);
}

TEST_F(ClaimsTest, ThousandsThatAreDueComeBackWithoutAStandstill) {
  const auto phonebank = open_bank(list_of(120));
  run("update queue_line set state = 'waiting', not_before = '2026-10-20T15:00:00Z'");
  std::set<std::int64_t> numbers;
  for (int person = 1; person <= 120; ++person) {
    numbers.insert(claim(caller(phonebank, person)).number);
  }
  EXPECT_EQ(numbers.size(), 120U);
}

TEST_F(ClaimsTest, TheRescuersThreadFreesWhatExpiredWhileTheProgramWasAway) {
  const auto phonebank = open_bank(list_of(1));
  const Lease lease = claim(caller(phonebank));
  clock_.advance(minutes(10) + seconds(1));
  service_.start();
  for (int tenths = 0; tenths < 100 && line_state(phonebank, lease.number) != "waiting"; ++tenths) {
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
  }
  EXPECT_EQ(line_state(phonebank, lease.number), "waiting");
  service_.stop();
  service_.start();  // once stopped, it starts again; the destructor stops it
}

TEST_F(ClaimsTest, TheDatabasesTimeRulesUnlessAnotherIsGiven) {
  PhonebankService real(database_.pool(), registry_, surveys_, clock_, log_);
  Rules always = Bank::rules();
  always.window = {minutes(0), hours(24)};
  const auto made = real.create({"Now", list_of(1), script_.id, always}, "person:1");
  ASSERT_TRUE(made.has_value());
  ASSERT_TRUE(real.set_state(made->id, PhonebankState::open, "person:1").has_value());
  clock_.set(from_iso("1999-12-31T23:59:59Z").value());
  ASSERT_TRUE(real.claim(caller(made->id)).value().lease.has_value());
  EXPECT_EQ(value("select shown_at > now() - interval '1 minute' from line_attempt"), "t");
}

}  // namespace
}  // namespace hustings::phonebank::testing
