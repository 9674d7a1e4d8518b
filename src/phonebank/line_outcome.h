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

/// The least time from a call with these results to the next showing of the number.
std::chrono::seconds retry_after(std::span<const Disposition> results, const RetryTimes& times);

/// What is known of the line when a call has ended and its voters' states are written.
struct AfterCall {
  std::span<const Disposition> results;
  int open_targets = 0;                  ///< voters still to be reached
  std::optional<std::string> barred_by;  ///< a bar came meanwhile or with this call
  int attempts = 0;
  int attempts_max = 1;
  RetryTimes times;
  Instant at;
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

NextOfLine next_of_line(const AfterCall& after);

}  // namespace hustings::phonebank
