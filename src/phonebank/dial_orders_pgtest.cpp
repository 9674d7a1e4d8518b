#include <algorithm>
#include <thread>
#include <vector>

#include <gmock/gmock.h>

#include "phonebank/testing/bank.h"

namespace hustings::phonebank::testing {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

class DialOrdersTest : public Bank {
 protected:
  Result<DialPermit> permit(const Lease& lease, int person = 1) {
    return service_.dial_orders().permit({.caller = PersonId(person),
                                          .lease = lease.id,
                                          .epoch = lease.epoch,
                                          .driver = "simulator"});
  }
  ErrorCode refusal(const Lease& lease, int person = 1) {
    const auto permitted = permit(lease, person);
    EXPECT_FALSE(permitted.has_value());
    EXPECT_EQ(count("select count(*) from dial_order"), 0) << "what is refused is not ordered";
    return permitted ? ErrorCode::invalid : permitted.error().code;
  }
};

TEST_F(DialOrdersTest, TheNumberShownMayBeCalledAndIsWrittenFirst) {
  const auto phonebank = open_bank(list_of(1));
  const Lease lease = claim(caller(phonebank));
  const auto permitted = permit(lease);
  ASSERT_TRUE(permitted.has_value());
  EXPECT_EQ(permitted->number, number(1));
  EXPECT_FALSE(permitted->repeat);
  EXPECT_EQ(value("select caller_id || driver from dial_order"), "1simulator");
  EXPECT_EQ(value("select ordered_at = '2026-10-20T16:00:00Z' from dial_order"), "t");
}

TEST_F(DialOrdersTest, ASecondTimeItIsARepeat) {
  const auto phonebank = open_bank(list_of(1));
  const Lease lease = claim(caller(phonebank));
  ASSERT_TRUE(permit(lease).has_value());
  EXPECT_TRUE(permit(lease)->repeat);
  EXPECT_FALSE(permit(lease)->outcome.has_value());
  const EndedCall ended{lease.id, "busy", kNoon};
  service_.dial_orders().note_ended({&ended, 1});
  const EndedCall late{lease.id, "no_answer", kNoon};
  service_.dial_orders().note_ended({&late, 1});
  EXPECT_EQ(permit(lease)->outcome, "busy") << "a call ends once";
}

TEST_F(DialOrdersTest, OfManyAtOnceOneIsTheFirst) {
  const auto phonebank = open_bank(list_of(1));
  const Lease lease = claim(caller(phonebank));
  std::vector<int> first(6);
  std::vector<std::thread> threads;
  for (int& is_first : first)
    threads.emplace_back([&] { is_first = permit(lease)->repeat ? 0 : 1; });
  for (std::thread& thread : threads)
    thread.join();
  EXPECT_EQ(std::ranges::count(first, 1), 1);
}

TEST_F(DialOrdersTest, OnlyTheHolderOfTheLease) {
  const auto phonebank = open_bank(list_of(2));
  const Lease lease = claim(caller(phonebank));
  EXPECT_EQ(refusal(lease, 2), ErrorCode::lease_lost);
  Lease forged = lease;
  forged.epoch = 2;
  EXPECT_EQ(refusal(forged), ErrorCode::lease_lost);
  forged = lease;
  forged.id = LeaseId(99);
  EXPECT_EQ(refusal(forged), ErrorCode::lease_lost);
  clock_.advance(minutes(10));
  EXPECT_EQ(refusal(lease), ErrorCode::lease_lost) << "its time is over, rescued or not";
}

TEST_F(DialOrdersTest, NotAfterTheResult) {
  const auto phonebank = open_bank(list_of(1));
  const Lease lease = claim(caller(phonebank));
  record(caller(phonebank), lease, Disposition::no_answer);
  EXPECT_EQ(refusal(lease), ErrorCode::lease_lost);
}

TEST_F(DialOrdersTest, DoNotCallRecordedMeanwhile) {
  const auto phonebank = open_bank(list_of(1));
  const Lease lease = claim(caller(phonebank));
  suppress_number(number(1));
  EXPECT_EQ(refusal(lease), ErrorCode::suppressed);
}

TEST_F(DialOrdersTest, TheRegistryIsLookedAtNotOnlyTheQueue) {
  const auto phonebank = open_bank(list_of(1));
  const Lease lease = claim(caller(phonebank));
  run("insert into suppression (number, reason, source, actor, at)"
      " values (19195550001, 'do_not_call', 'test', 'person:1', now())");
  EXPECT_EQ(line_reason(phonebank, number(1)), "") << "the queue was not told";
  EXPECT_EQ(refusal(lease), ErrorCode::suppressed);
}

TEST_F(DialOrdersTest, ConsentWithdrawnMeanwhile) {
  const auto phonebank = open_bank(list_of(1));
  const Lease lease = claim(caller(phonebank));
  run("insert into consent (bucket, voter_id, purpose, channel, state, source, at) values (" +
      std::to_string(bucket_of(VoterId(1))) +
      ", 1, 'campaign', 'phone', 'withdrawn', 'phone', now())");
  EXPECT_EQ(refusal(lease), ErrorCode::suppressed);
}

TEST_F(DialOrdersTest, ConsentThatMobileNumbersNeed) {
  const auto phonebank = open_bank(list_of(1));
  const Lease lease = claim(caller(phonebank));
  run("update phonebank set consent = 'mobile', mobile_pattern = '^1'");
  const auto refused = permit(lease);
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().where, "no_consent");
}

TEST_F(DialOrdersTest, HeldOutMeanwhile) {
  const auto phonebank = open_bank(list_of(1));
  const Lease lease = claim(caller(phonebank));
  run("update list_member set arm = 0");
  EXPECT_EQ(refusal(lease), ErrorCode::suppressed);
}

TEST_F(DialOrdersTest, EverybodyWasReachedByAnotherPhoneBank) {
  const auto phonebank = open_bank(list_of(1));
  const Lease lease = claim(caller(phonebank));
  run("update call_target set state = 'done'");  // as a vote that was cast does
  EXPECT_EQ(refusal(lease), ErrorCode::suppressed);
}

TEST_F(DialOrdersTest, NotOutsideTheHours) {
  Rules rules = Bank::rules();
  rules.lease = hours(2);
  const auto phonebank = open_bank(list_of(1), rules);
  clock_.set(from_iso("2026-10-21T00:59:00Z").value());  // 20:59 in Raleigh
  const Lease lease = claim(caller(phonebank));
  clock_.advance(minutes(1));
  EXPECT_EQ(refusal(lease), ErrorCode::outside_calling_hours);
}

TEST_F(DialOrdersTest, NotWhileThePhoneBankIsPaused) {
  const auto phonebank = open_bank(list_of(1));
  const Lease lease = claim(caller(phonebank));
  service_.set_state(phonebank, PhonebankState::paused, "person:1").value();
  EXPECT_EQ(refusal(lease), ErrorCode::conflict);
  service_.set_state(phonebank, PhonebankState::open, "person:1").value();
  EXPECT_TRUE(permit(lease).has_value());
}

TEST_F(DialOrdersTest, ANumberThatWasCalledIsNotHandedBackAsIfItWasNot) {
  const auto phonebank = open_bank(list_of(1));
  const Lease lease = claim(caller(phonebank));
  ASSERT_TRUE(permit(lease).has_value());
  ASSERT_TRUE(service_.release(PersonId(1), lease.id, lease.epoch, ReleaseReason::skipped));
  EXPECT_EQ(line_state(phonebank, number(1)), "waiting");
  EXPECT_EQ(claim_nothing(caller(phonebank, 2)).reason, NothingReason::waiting);
  EXPECT_EQ(
      service_.release(PersonId(1), lease.id, lease.epoch, ReleaseReason::skipped).error().code,
      ErrorCode::lease_lost);
  clock_.advance(hours(4));
  EXPECT_EQ(claim(caller(phonebank, 2)).number, number(1));
}

TEST_F(DialOrdersTest, SaysWhichLeasesAreOver) {
  const auto phonebank = open_bank(list_of(5));
  std::vector<LeaseId> leases;
  std::vector<Lease> held;
  for (int n = 1; n <= 5; ++n) {
    held.push_back(claim(caller(phonebank, n)));
    leases.push_back(held.back().id);
  }
  EXPECT_THAT(service_.dial_orders().over(leases), IsEmpty());
  suppress_number(number(2));
  record(caller(phonebank, 3), held[2], Disposition::reached);
  service_.leave(PersonId(4));
  EXPECT_THAT(service_.dial_orders().over(leases), ElementsAre(leases[1], leases[2], leases[3]));
  clock_.advance(minutes(10) + seconds(1));
  EXPECT_EQ(service_.dial_orders().over(leases).size(), 5U);
  EXPECT_THAT(service_.dial_orders().over(std::vector{LeaseId(999)}), ElementsAre(LeaseId(999)));
}

TEST_F(DialOrdersTest, RefusalsAreCountedByReasonOnceForEachTimeANumberWasShown) {
  const auto phonebank = open_bank(list_of(4));
  const Lease barred = claim(caller(phonebank, 1));
  suppress_number(number(1));
  for (int taps = 0; taps < 3; ++taps)
    EXPECT_FALSE(permit(barred).has_value());
  const Lease late = claim(caller(phonebank, 2));
  EXPECT_FALSE(permit(late, 3).has_value()) << "somebody else's number is no refusal of a call";
  run("update phonebank set opens_minute = 1200");  // from 20:00
  EXPECT_FALSE(permit(late, 2).has_value());
  run("update phonebank set opens_minute = 540");
  const Lease paused = claim(caller(phonebank, 3));
  ASSERT_TRUE(service_.set_state(phonebank, PhonebankState::paused, "person:1").has_value());
  EXPECT_FALSE(permit(paused, 3).has_value());
  ASSERT_TRUE(service_.set_state(phonebank, PhonebankState::open, "person:1").has_value());
  clock_.advance(minutes(10));
  EXPECT_FALSE(permit(paused, 3).has_value());
  service_.views().forget(phonebank);
  const auto view = service_.views().view(phonebank, Deadline::never());
  EXPECT_EQ(
      view->dial_refusals,
      (std::map<std::string, std::int64_t>{
          {"do_not_call", 1}, {"lease_over", 1}, {"outside_calling_hours", 1}, {"paused", 1}}));
}

}  // namespace
}  // namespace hustings::phonebank::testing
