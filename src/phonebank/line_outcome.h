#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "model/disposition.h"
#include "model/ids.h"
#include "phonebank/phonebank.h"

/// What becomes of a line after a call; nothing here knows the database.
namespace hustings::phonebank {

enum class LineState : std::uint8_t { ready, waiting, held, done, barred };
std::string_view to_string(LineState state);
LineState line_state_from(std::string_view text);  ///< throws Failure for anything else

/// Reasons for "done".
inline constexpr std::string_view kComplete = "complete";  ///< nobody on the line is left to reach
inline constexpr std::string_view kAttempts = "attempts";  ///< tried as often as it may be

/// However long a call has lasted, this (or the phone bank's own time, if that is less) lies
/// between its end and the next try.
inline constexpr std::chrono::minutes kRest{5};

/// What is known of the line when a call has ended and its voters' states are written.
struct AfterCall {
  std::span<const Disposition> results;  ///< at least one
  int open_targets = 0;                  ///< voters still to be reached
  std::optional<std::string> barred_by;  ///< a bar came meanwhile or with this call
  int attempts = 0;
  int attempts_max = 1;
  RetryTimes times;
  Instant shown_at;
  Instant at;  ///< the call's end
  std::optional<Instant> callback_at;
  std::optional<PersonId> callback_for;
};

struct NextOfLine {
  LineState state = LineState::waiting;
  std::optional<std::string> reason;
  /// Before this the number is shown to nobody, in no phone bank.
  Instant not_before;
  bool promised = false;
  std::optional<PersonId> callback_for;
};

/// The earliest next showing that the results allow.
Instant retry_at(const AfterCall& after);
NextOfLine next_of_line(const AfterCall& after);

}  // namespace hustings::phonebank
