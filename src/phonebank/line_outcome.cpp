#include "phonebank/line_outcome.h"

#include <algorithm>
#include <array>

#include "base/error.h"

namespace hustings::phonebank {

namespace {

constexpr std::array<std::string_view, 5> kStateNames{"ready", "waiting", "held", "done", "barred"};

std::chrono::seconds retry_after(Disposition result, const RetryTimes& times) {
  switch (effect_of(result).retry) {
    case Retry::soon:
      return times.busy;
    case Retry::next_day:
      return std::max(times.usual, times.message);
    case Retry::usual:
    case Retry::promised:
      return times.usual;
  }
  return times.usual;
}

}  // namespace

std::string_view to_string(LineState state) {
  return kStateNames.at(static_cast<std::size_t>(state));
}

LineState line_state_from(std::string_view text) {
  const auto found = std::ranges::find(kStateNames, text);
  if (found == kStateNames.end()) throw Failure("A line is in a state that this program lacks.");
  return static_cast<LineState>(found - kStateNames.begin());
}

std::chrono::seconds retry_after(std::span<const Disposition> results, const RetryTimes& times) {
  if (results.empty()) return times.usual;
  std::chrono::seconds longest{0};
  for (const Disposition result : results) {
    longest = std::max(longest, retry_after(result, times));
  }
  return longest;
}

NextOfLine next_of_line(const AfterCall& after) {
  NextOfLine next;
  next.not_before = after.at + retry_after(after.results, after.times);
  if (after.barred_by) {
    next.state = LineState::barred;
    next.reason = after.barred_by;
  } else if (after.open_targets == 0) {
    next.state = LineState::done;
    next.reason = kComplete;
  } else if (after.callback_at) {
    // A promise is kept even when the line has had all its attempts.
    next.not_before = std::max(after.at, *after.callback_at);
    next.promised = true;
    next.callback_for = after.callback_for;
  } else if (after.attempts >= after.attempts_max) {
    next.state = LineState::done;
    next.reason = kAttempts;
  }
  return next;
}

}  // namespace hustings::phonebank
