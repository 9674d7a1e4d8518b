#include "phonebank/line_outcome.h"

#include <vector>

#include <gtest/gtest.h>

#include "base/error.h"

namespace hustings::phonebank {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

const Instant kAt = from_iso("2026-10-20T16:00:00Z").value();

AfterCall after(const std::vector<Disposition>& results, int open_targets) {
  AfterCall call;
  call.results = results;
  call.open_targets = open_targets;
  call.attempts = 1;
  call.attempts_max = 3;
  call.times.usual = hours(4);
  call.shown_at = kAt - minutes(2);
  call.at = kAt;
  return call;
}

TEST(LineOutcome, NoAnswerWaitsItsTime) {
  const std::vector results{Disposition::no_answer};
  const auto next = next_of_line(after(results, 1));
  EXPECT_EQ(next.state, LineState::waiting);
  EXPECT_EQ(next.not_before, kAt - minutes(2) + hours(4)) << "from one showing to the next";
  EXPECT_FALSE(next.promised);
}

Instant retry_of(const std::vector<Disposition>& results, const RetryTimes& times) {
  auto call = after(results, 1);
  call.times = times;
  return retry_at(call);
}

TEST(LineOutcome, EachDispositionHasItsTime) {
  const RetryTimes four{.usual = hours(4)};
  EXPECT_EQ(retry_of({Disposition::busy}, four), kAt + minutes(20));
  EXPECT_EQ(retry_of({Disposition::busy}, {.usual = minutes(1)}), kAt + minutes(20));
  EXPECT_EQ(retry_of({Disposition::busy}, {.busy = minutes(5)}), kAt + minutes(5));
  EXPECT_EQ(retry_of({Disposition::left_message}, four), kAt + hours(20));
  EXPECT_EQ(retry_of({Disposition::left_message}, {.usual = hours(48)}), kAt + hours(48));
  EXPECT_EQ(retry_of({Disposition::left_message}, {.message = hours(30)}), kAt + hours(30));
  EXPECT_EQ(retry_of({Disposition::reached}, four), kAt - minutes(2) + hours(4));
  EXPECT_EQ(retry_of({Disposition::reached, Disposition::left_message}, four), kAt + hours(20));
}

TEST(LineOutcome, ALongCallIsNotFollowedByTheNextAtOnce) {
  EXPECT_EQ(retry_of({Disposition::no_answer}, {.usual = minutes(6)}), kAt + kRest);
  EXPECT_EQ(retry_of({Disposition::no_answer}, {.usual = minutes(3)}), kAt + minutes(3));
}

TEST(LineOutcome, DoneWhenNobodyIsLeft) {
  const std::vector results{Disposition::reached};
  EXPECT_EQ(next_of_line(after(results, 0)).state, LineState::done);
  EXPECT_EQ(next_of_line(after(results, 0)).reason, kComplete);
  EXPECT_EQ(next_of_line(after(results, 1)).state, LineState::waiting);
}

TEST(LineOutcome, DoneWhenItsAttemptsAreUsed) {
  const std::vector results{Disposition::no_answer};
  auto call = after(results, 1);
  call.attempts = 3;
  EXPECT_EQ(next_of_line(call).state, LineState::done);
  EXPECT_EQ(next_of_line(call).reason, kAttempts);
  EXPECT_EQ(next_of_line(call).not_before, kAt - minutes(2) + hours(4));  // for other phone banks
}

TEST(LineOutcome, APromiseIsKeptEvenAfterTheLastAttempt) {
  const std::vector results{Disposition::callback};
  auto call = after(results, 1);
  call.attempts = 3;
  call.callback_at = kAt + hours(26);
  call.callback_for = PersonId(5);
  const auto next = next_of_line(call);
  EXPECT_EQ(next.state, LineState::waiting);
  EXPECT_EQ(next.not_before, kAt + hours(26));
  EXPECT_TRUE(next.promised);
  EXPECT_EQ(next.callback_for, PersonId(5));
  call.callback_at = kAt - hours(1);  // waited for the network
  EXPECT_EQ(next_of_line(call).not_before, kAt);
}

TEST(LineOutcome, ABarEndsEverything) {
  const std::vector results{Disposition::callback};
  auto call = after(results, 1);
  call.callback_at = kAt + hours(1);
  call.barred_by = "do_not_call";
  const auto next = next_of_line(call);
  EXPECT_EQ(next.state, LineState::barred);
  EXPECT_EQ(next.reason, "do_not_call");
  EXPECT_FALSE(next.promised);
}

TEST(LineOutcome, StatesReadBack) {
  for (const auto state : {LineState::ready, LineState::waiting, LineState::held, LineState::done,
                           LineState::barred}) {
    EXPECT_EQ(line_state_from(to_string(state)), state);
  }
  EXPECT_THROW(line_state_from("lost"), Failure);
}

}  // namespace
}  // namespace hustings::phonebank
