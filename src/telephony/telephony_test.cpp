#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "telephony/manual_calls.h"
#include "telephony/simulated_calls.h"

namespace hustings::telephony {
namespace {

using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::seconds;
using ::testing::ElementsAre;

const Instant kStart = from_iso("2026-10-20T16:00:00Z").value();

TEST(ManualCalls, GiveALinkForTheCallersOwnPhone) {
  ManualCalls calls;
  EXPECT_EQ(calls.place({.key = LeaseId(1), .number = 19195550123}), "tel:+19195550123");
  EXPECT_EQ(calls.place({.key = LeaseId(1), .number = 19195550123}), "tel:+19195550123");
  EXPECT_FALSE(calls.has_events());
  calls.hang_up(LeaseId(1));
}

TEST(CallEnd, IsReadAsItIsWritten) {
  for (const CallEnd end :
       {CallEnd::no_answer, CallEnd::busy, CallEnd::bad_number, CallEnd::declined, CallEnd::failed,
        CallEnd::cancelled, CallEnd::finished}) {
    EXPECT_EQ(call_end_from(to_string(end)), end);
  }
  EXPECT_FALSE(call_end_from("asleep").has_value());
}

class SimulatedCallsTest : public ::testing::Test {
 protected:
  /// A simulator in which every call goes the same way.
  std::unique_ptr<SimulatedCalls> all(const CallOdds& odds) {
    auto calls = std::make_unique<SimulatedCalls>(clock_, SimulatedCalls::Options{3, 1, odds});
    calls->on_event([this](const CallEvent& event) {
      states_.push_back(event.state);
      if (event.end) ends_.push_back(*event.end);
      at_.push_back(event.at);
    });
    return calls;
  }
  static CallOrder order(int key) { return {LeaseId(key), 19195550100 + key, seconds(25)}; }

  ManualClock clock_{kStart};
  std::vector<CallState> states_;
  std::vector<CallEnd> ends_;
  std::vector<Instant> at_;
};

constexpr CallOdds kAnswered{.no_answer = 0, .busy = 0, .bad_number = 0, .declined = 0};
constexpr CallOdds kRingsOut{.no_answer = 1, .busy = 0, .bad_number = 0, .declined = 0};
constexpr CallOdds kBusy{.no_answer = 0, .busy = 1, .bad_number = 0, .declined = 0};

TEST_F(SimulatedCallsTest, RingOutAfterTheTimeThatTheyMayRing) {
  const auto calls = all(kRingsOut);
  EXPECT_FALSE(calls->place(order(1)).has_value());
  calls->run_due();
  EXPECT_THAT(states_, ElementsAre(CallState::asked));
  clock_.advance(seconds(20));
  calls->run_due();
  EXPECT_THAT(states_, ElementsAre(CallState::asked, CallState::ringing));
  clock_.advance(seconds(20));
  calls->run_due();
  EXPECT_THAT(ends_, ElementsAre(CallEnd::no_answer));
  EXPECT_EQ(at_[2] - at_[1], seconds(25));
  EXPECT_EQ(calls->under_way(), 0U);
}

TEST_F(SimulatedCallsTest, BusyNeverRings) {
  const auto calls = all(kBusy);
  calls->place(order(1));
  clock_.advance(hours(1));
  calls->run_due();
  EXPECT_THAT(states_, ElementsAre(CallState::asked, CallState::ended));
  EXPECT_THAT(ends_, ElementsAre(CallEnd::busy));
}

TEST_F(SimulatedCallsTest, AnsweredCallsEndByThemselves) {
  const auto calls = all(kAnswered);
  calls->place(order(1));
  clock_.advance(hours(1));
  calls->run_due();
  EXPECT_THAT(states_, ElementsAre(CallState::asked, CallState::ringing, CallState::answered,
                                   CallState::ended));
  EXPECT_THAT(ends_, ElementsAre(CallEnd::finished));
}

TEST_F(SimulatedCallsTest, HangingUpEndsACallAtOnce) {
  const auto calls = all(kRingsOut);
  calls->place(order(1));
  clock_.advance(seconds(10));
  calls->run_due();
  calls->hang_up(LeaseId(1));
  calls->hang_up(LeaseId(1));
  calls->run_due();
  EXPECT_THAT(ends_, ElementsAre(CallEnd::cancelled));
  clock_.advance(hours(1));
  calls->run_due();
  EXPECT_EQ(ends_.size(), 1U);
  calls->hang_up(LeaseId(1));
  calls->hang_up(LeaseId(2));  // never placed
  calls->run_due();
  EXPECT_EQ(ends_.size(), 1U);
}

TEST_F(SimulatedCallsTest, HangingUpInAConversationFinishesIt) {
  const auto calls = all(kAnswered);
  calls->place(order(1));
  clock_.advance(seconds(22));
  calls->run_due();
  ASSERT_EQ(states_.back(), CallState::answered);
  calls->hang_up(LeaseId(1));
  calls->run_due();
  EXPECT_THAT(ends_, ElementsAre(CallEnd::finished));
}

TEST_F(SimulatedCallsTest, OneKeyIsOneCall) {
  const auto calls = all(kBusy);
  calls->place(order(1));
  calls->place(order(1));
  clock_.advance(hours(1));
  calls->run_due();
  calls->place(order(1));  // it has ended
  clock_.advance(hours(1));
  calls->run_due();
  EXPECT_EQ(ends_.size(), 1U);
  EXPECT_EQ(calls->under_way(), 0U);
}

TEST_F(SimulatedCallsTest, GoFasterThanLifeIfTold) {
  SimulatedCalls calls(clock_, {.seed = 3, .speed = 10, .odds = kRingsOut});
  std::vector<Instant> at;
  calls.on_event([&](const CallEvent& event) { at.push_back(event.at); });
  calls.place(order(1));
  clock_.advance(seconds(4));
  calls.run_due();
  ASSERT_EQ(at.size(), 3U);
  EXPECT_EQ(at[2] - at[1], milliseconds(2500));
}

}  // namespace
}  // namespace hustings::telephony
