#include "phonebank/line_outcome.h"

#include <algorithm>
#include <array>

#include "base/error.h"

namespace hustings::phonebank {

namespace {

constexpr std::array<std::string_view, 5> kStateNames{"ready", "waiting", "held", "done", "barred"};

Instant retry_at(Disposition result, const AfterCall& after) {
  const RetryTimes& times = after.times;
  switch (effect_of(result).retry) {
    case Retry::soon:
      return after.at + times.busy;
    case Retry::next_day:
      return after.at + std::max(times.usual, times.message);
    case Retry::usual:
    case Retry::promised:
      break;
  }
  return std::max(after.shown_at + times.usual,
                  after.at + std::min<std::chrono::seconds>(times.usual, kRest));
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

Instant retry_at(const AfterCall& after) {
  Instant latest = after.at;
  for (const Disposition result : after.results)
    latest = std::max(latest, retry_at(result, after));
  return latest;
}

NextOfLine next_of_line(const AfterCall& after) {
  NextOfLine next;
  next.not_before = retry_at(after);
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
