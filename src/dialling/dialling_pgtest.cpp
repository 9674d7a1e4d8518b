#include "dialling/dialling.h"

#include <memory>
#include <vector>

#include <gmock/gmock.h>

#include "phonebank/testing/bank.h"
#include "telephony/manual_calls.h"
#include "telephony/simulated_calls.h"

namespace hustings::dialling {
namespace {

using phonebank::Lease;
using std::chrono::hours;
using std::chrono::seconds;
using telephony::CallEnd;
using telephony::CallState;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr telephony::CallOdds kRingsOut{.no_answer = 1, .busy = 0, .bad_number = 0, .declined = 0};
constexpr telephony::CallOdds kAnswered{.no_answer = 0, .busy = 0, .bad_number = 0, .declined = 0};

/// A driver that notes its orders, and tells what the test wants.
class NotedCalls final : public telephony::CallControl {
 public:
  telephony::Driver driver() const override { return telephony::Driver::simulator; }
  bool has_events() const override { return true; }
  void on_event(Listener listener) override { listener_ = std::move(listener); }
  std::optional<std::string> place(const telephony::CallOrder& order) override {
    placed.push_back(order.number);
    return std::nullopt;
  }
  void hang_up(LeaseId key) override { hung_up.push_back(key); }
  void tell(LeaseId key, CallState state, std::optional<CallEnd> end = {}) const {
    listener_({key, state, end, phonebank::testing::kNoon});
  }

  std::vector<PhoneNumber> placed;
  std::vector<LeaseId> hung_up;

 private:
  Listener listener_;
};

class DiallingTest : public phonebank::testing::Bank {
 protected:
  std::unique_ptr<Dialling> dialling_with(telephony::CallControl& control,
                                          phonebank::ServeId serve = 1) {
    return std::make_unique<Dialling>(service_, control, Dialling::Options{.serve = serve}, clock_,
                                      log_);
  }
  static Result<Dialled> dial(Dialling& dialling, const phonebank::Caller& who,
                              const Lease& lease) {
    return dialling.dial(who, lease.id, lease.epoch);
  }
  std::string outcome() { return value("select outcome from dial_order"); }
};

TEST_F(DiallingTest, ByTheCallersOwnPhoneItIsALink) {
  telephony::ManualCalls calls;
  const auto dialling = dialling_with(calls);
  const auto who = caller(open_bank(list_of(1)));
  const Lease lease = claim(who);
  const auto dialled = dial(*dialling, who, lease);
  ASSERT_TRUE(dialled.has_value());
  EXPECT_EQ(dialled->link, "tel:+19195550001");
  EXPECT_FALSE(dialled->call.has_value());
  EXPECT_EQ(dial(*dialling, who, lease)->link, "tel:+19195550001") << "a finger that slipped";
  EXPECT_EQ(value("select driver from dial_order"), "manual");
  suppress_number(number(1));
  EXPECT_EQ(dial(*dialling, who, lease).error().code, ErrorCode::suppressed);
}

TEST_F(DiallingTest, ACallFromItsOrderToItsEnd) {
  telephony::SimulatedCalls calls(clock_, {.seed = 1, .speed = 1, .odds = kRingsOut});
  const auto dialling = dialling_with(calls);
  std::vector<PersonId> told;
  dialling->on_change([&](PersonId person) { told.push_back(person); });
  const auto who = caller(open_bank(list_of(1)));
  const Lease lease = claim(who);
  EXPECT_FALSE(dialling->call_of(who.person).has_value());
  EXPECT_EQ(dial(*dialling, who, lease)->call->state, CallState::asked);
  clock_.advance(seconds(5));
  calls.run_due();
  EXPECT_EQ(dialling->call_of(who.person)->state, CallState::ringing);
  EXPECT_EQ(outcome(), "");
  clock_.advance(seconds(25));
  calls.run_due();
  dialling->watch();
  const auto call = dialling->call_of(who.person);
  EXPECT_EQ(call->lease, lease.id);
  EXPECT_EQ(call->state, CallState::ended);
  EXPECT_EQ(call->end, CallEnd::no_answer);
  EXPECT_EQ(proposed_by(*call->end), Disposition::no_answer);
  EXPECT_EQ(outcome(), "no_answer");
  EXPECT_THAT(told, ElementsAre(who.person, who.person, who.person));
}

TEST_F(DiallingTest, ARepeatRingsNobody) {
  NotedCalls calls;
  const auto dialling = dialling_with(calls);
  const auto who = caller(open_bank(list_of(1)));
  const Lease lease = claim(who);
  for (int tries = 0; tries < 3; ++tries)
    ASSERT_TRUE(dial(*dialling, who, lease).has_value());
  calls.tell(lease.id, CallState::ended, CallEnd::busy);
  EXPECT_EQ(dial(*dialling, who, lease)->call->end, CallEnd::busy);
  EXPECT_THAT(calls.placed, ElementsAre(number(1)));
}

TEST_F(DiallingTest, NobodyIsCalledAgainAfterARestart) {
  const auto who = caller(open_bank(list_of(1)));
  const Lease lease = claim(who);
  NotedCalls before;
  auto dialling = dialling_with(before);
  ASSERT_TRUE(dial(*dialling, who, lease).has_value());
  ASSERT_EQ(before.placed.size(), 1U);
  dialling.reset();

  NotedCalls after;
  dialling = dialling_with(after);
  const auto again = dial(*dialling, who, lease);
  ASSERT_TRUE(again.has_value());
  EXPECT_EQ(again->call->state, CallState::ended);
  EXPECT_EQ(again->call->end, CallEnd::failed) << "whether it rang, nobody can say";
  EXPECT_FALSE(proposed_by(*again->call->end).has_value());
  EXPECT_EQ(dial(*dialling, who, lease)->call->end, CallEnd::failed);
  EXPECT_THAT(after.placed, IsEmpty());
}

TEST_F(DiallingTest, AfterARestartAnEndThatWasWrittenIsKnown) {
  const auto who = caller(open_bank(list_of(1)));
  const Lease lease = claim(who);
  {
    NotedCalls calls;
    const auto dialling = dialling_with(calls);
    ASSERT_TRUE(dial(*dialling, who, lease).has_value());
    calls.tell(lease.id, CallState::ended, CallEnd::bad_number);
    dialling->watch();
  }
  NotedCalls calls;
  const auto dialling = dialling_with(calls);
  const auto again = dial(*dialling, who, lease);
  EXPECT_EQ(again->call->end, CallEnd::bad_number);
  EXPECT_EQ(proposed_by(*again->call->end), Disposition::disconnected);
  EXPECT_THAT(calls.placed, IsEmpty());
}

TEST_F(DiallingTest, WhatMayNotBeCalledIsNotOrdered) {
  NotedCalls calls;
  const auto dialling = dialling_with(calls);
  const auto phonebank = open_bank(list_of(2));
  const auto who = caller(phonebank);
  const Lease lease = claim(who);
  EXPECT_EQ(dial(*dialling, caller(phonebank, 2), lease).error().code, ErrorCode::lease_lost);
  suppress_number(number(1));
  EXPECT_EQ(dial(*dialling, who, lease).error().code, ErrorCode::suppressed);
  EXPECT_FALSE(dialling->call_of(who.person).has_value());
  EXPECT_THAT(calls.placed, IsEmpty());
}

TEST_F(DiallingTest, DoNotCallRecordedWhileItRingsHangsUp) {
  telephony::SimulatedCalls calls(clock_, {.seed = 1, .speed = 1, .odds = kRingsOut});
  const auto dialling = dialling_with(calls);
  const auto who = caller(open_bank(list_of(1)));
  ASSERT_TRUE(dial(*dialling, who, claim(who)).has_value());
  clock_.advance(seconds(5));
  calls.run_due();
  dialling->watch();
  calls.run_due();
  ASSERT_EQ(dialling->call_of(who.person)->state, CallState::ringing);
  suppress_number(number(1));
  dialling->watch();
  calls.run_due();
  dialling->watch();
  EXPECT_EQ(dialling->call_of(who.person)->end, CallEnd::cancelled);
  EXPECT_EQ(outcome(), "cancelled");
}

TEST_F(DiallingTest, ALeaseThatEndsHangsUp) {
  telephony::SimulatedCalls calls(clock_, {.seed = 1, .speed = 1, .odds = kAnswered});
  const auto dialling = dialling_with(calls);
  const auto who = caller(open_bank(list_of(1)));
  const Lease lease = claim(who);
  ASSERT_TRUE(dial(*dialling, who, lease).has_value());
  clock_.advance(seconds(22));
  calls.run_due();
  ASSERT_EQ(dialling->call_of(who.person)->state, CallState::answered);
  record(who, lease, Disposition::reached);
  dialling->watch();
  calls.run_due();
  EXPECT_EQ(dialling->call_of(who.person)->end, CallEnd::finished);
}

TEST_F(DiallingTest, TheCallerHangsUpTheirOwnCallOnly) {
  NotedCalls calls;
  const auto dialling = dialling_with(calls);
  const auto who = caller(open_bank(list_of(1)));
  const Lease lease = claim(who);
  EXPECT_EQ(dialling->hang_up(who.person, lease.id).error().code, ErrorCode::lease_lost);
  ASSERT_TRUE(dial(*dialling, who, lease).has_value());
  EXPECT_EQ(dialling->hang_up(PersonId(2), lease.id).error().code, ErrorCode::lease_lost);
  EXPECT_THAT(calls.hung_up, IsEmpty());
  EXPECT_TRUE(dialling->hang_up(who.person, lease.id).has_value());
  EXPECT_THAT(calls.hung_up, ElementsAre(lease.id));
}

TEST_F(DiallingTest, TheNextNumberIsANewCall) {
  NotedCalls calls;
  const auto dialling = dialling_with(calls);
  const auto who = caller(open_bank(list_of(2)));
  const Lease first = claim(who);
  ASSERT_TRUE(dial(*dialling, who, first).has_value());
  record(who, first, Disposition::no_answer);
  const Lease second = claim(who);
  ASSERT_TRUE(dial(*dialling, who, second).has_value());
  EXPECT_THAT(calls.placed, ElementsAre(number(1), number(2)));
  calls.tell(first.id, CallState::ended, CallEnd::no_answer);
  EXPECT_EQ(dialling->call_of(who.person)->lease, second.id) << "the old call's end is not its";
  EXPECT_EQ(dialling->call_of(who.person)->state, CallState::asked);
}

TEST_F(DiallingTest, ATabOfAnEarlierNumberLeavesTheRunningCallAlone) {
  NotedCalls calls;
  const auto dialling = dialling_with(calls);
  const auto who = caller(open_bank(list_of(2)));
  const Lease first = claim(who);
  ASSERT_TRUE(service_.release(who.person, first.id, first.epoch, phonebank::ReleaseReason::skipped)
                  .has_value());
  const Lease second = claim(who);
  ASSERT_TRUE(dial(*dialling, who, second).has_value());
  calls.tell(second.id, CallState::answered);
  EXPECT_FALSE(dial(*dialling, who, first).has_value()) << "no longer theirs";
  EXPECT_EQ(dialling->call_of(who.person)->lease, second.id);
  EXPECT_EQ(dialling->call_of(who.person)->state, CallState::answered);
  ASSERT_TRUE(dialling->hang_up(who.person, second.id).has_value());
  EXPECT_THAT(calls.hung_up, ElementsAre(second.id));
  calls.tell(second.id, CallState::ended, CallEnd::finished);
  EXPECT_EQ(dialling->call_of(who.person)->end, CallEnd::finished);
}

TEST_F(DiallingTest, StoppingHangsUpWhatIsUnderWay) {
  NotedCalls calls;
  auto dialling = dialling_with(calls);
  const auto who = caller(open_bank(list_of(1)));
  const Lease lease = claim(who);
  ASSERT_TRUE(dial(*dialling, who, lease).has_value());
  dialling->stop();
  EXPECT_THAT(calls.hung_up, ElementsAre(lease.id));
}

/// Two processes on one database: the page was connected to the first, and now to the second.
class TwoServes : public DiallingTest {
 protected:
  TwoServes() : who_(caller(open_bank(list_of(2)))), lease_(claim(who_)) {
    first_ = dialling_with(first_calls_, 1);
    second_ = dialling_with(second_calls_, 2);
    second_->on_change([this](PersonId person) { told_.push_back(person); });
    watch();
    EXPECT_TRUE(dial(*first_, who_, lease_).has_value());
  }
  void watch() {
    first_->watch();
    second_->watch();
  }
  std::optional<CallEnd> end_at_second() { return second_->call_of(who_.person)->end; }

  phonebank::Caller who_;
  Lease lease_;
  NotedCalls first_calls_;
  NotedCalls second_calls_;
  std::unique_ptr<Dialling> first_;
  std::unique_ptr<Dialling> second_;
  std::vector<PersonId> told_;
};

TEST_F(TwoServes, ThePageSeesItsCallAtTheOtherToo) {
  EXPECT_EQ(second_->call_of(who_.person)->state, CallState::asked);
  first_calls_.tell(lease_.id, CallState::ringing);
  watch();
  EXPECT_EQ(second_->call_of(who_.person)->state, CallState::ringing);
  EXPECT_THAT(told_, ElementsAre(who_.person));
  first_calls_.tell(lease_.id, CallState::answered);
  first_calls_.tell(lease_.id, CallState::ended, CallEnd::finished);
  watch();
  EXPECT_EQ(end_at_second(), CallEnd::finished);
  EXPECT_THAT(told_, ElementsAre(who_.person, who_.person));
  watch();
  EXPECT_EQ(told_.size(), 2U) << "nothing new is nothing told";
}

TEST_F(TwoServes, WhoLooksForTheFirstTimeSeesHowItStands) {
  first_calls_.tell(lease_.id, CallState::ringing);
  first_->watch();
  clock_.advance(hours(1));  // moved long ago, and the process is still there
  first_->watch();
  NotedCalls calls;
  const auto third = dialling_with(calls, 3);
  EXPECT_EQ(third->call_of(who_.person)->state, CallState::ringing);
  EXPECT_FALSE(third->call_of(PersonId(2)).has_value());
}

TEST_F(TwoServes, ARepeatAtTheOtherRingsNobody) {
  first_calls_.tell(lease_.id, CallState::ringing);
  first_->watch();
  const auto again = dial(*second_, who_, lease_);
  ASSERT_TRUE(again.has_value());
  EXPECT_EQ(again->call->state, CallState::ringing);
  EXPECT_THAT(second_calls_.placed, IsEmpty());
  EXPECT_THAT(first_calls_.placed, ElementsAre(number(1)));
}

TEST_F(TwoServes, HangingUpAtTheOtherEndsIt) {
  EXPECT_TRUE(second_->hang_up(who_.person, lease_.id).has_value());
  EXPECT_THAT(second_calls_.hung_up, IsEmpty());
  EXPECT_EQ(second_->hang_up(PersonId(2), lease_.id).error().code, ErrorCode::lease_lost);
  first_->watch();
  EXPECT_THAT(first_calls_.hung_up, ElementsAre(lease_.id));
  first_calls_.tell(lease_.id, CallState::ended, CallEnd::cancelled);
  watch();
  EXPECT_EQ(end_at_second(), CallEnd::cancelled);
}

TEST_F(TwoServes, ACallOfAProcessThatHasGoneHasFailed) {
  EXPECT_EQ(second_->call_of(who_.person)->state, CallState::asked);
  clock_.advance(seconds(9));
  second_->watch();
  EXPECT_EQ(end_at_second(), std::nullopt) << "it may only be slow";
  clock_.advance(seconds(2));
  second_->watch();
  EXPECT_EQ(end_at_second(), CallEnd::failed);
  EXPECT_THAT(told_, ElementsAre(who_.person));
  EXPECT_EQ(dial(*second_, who_, lease_)->call->end, CallEnd::failed);
  EXPECT_THAT(second_calls_.placed, IsEmpty()) << "it may have rung";
}

TEST_F(TwoServes, OneThatStopsSaysSoAtOnce) {
  EXPECT_EQ(second_->call_of(who_.person)->state, CallState::asked);
  first_->start();
  first_->stop();
  second_->watch();
  EXPECT_EQ(end_at_second(), CallEnd::failed);
}

TEST_F(TwoServes, WhereNobodyElseCanBeAllHaveGone) {
  service_.shared_calls().forget_serves();
  EXPECT_EQ(end_at_second(), CallEnd::failed);
}

TEST_F(TwoServes, TheNextCallAtTheOtherIsTheNewest) {
  record(who_, lease_, Disposition::no_answer);
  const Lease next = claim(who_);
  ASSERT_TRUE(dial(*second_, who_, next).has_value());
  first_calls_.tell(lease_.id, CallState::ended, CallEnd::no_answer);
  watch();
  EXPECT_EQ(second_->call_of(who_.person)->lease, next.id);
  EXPECT_THAT(second_calls_.placed, ElementsAre(number(2)));
  EXPECT_EQ(first_->call_of(who_.person)->lease, next.id);
}

}  // namespace
}  // namespace hustings::dialling
