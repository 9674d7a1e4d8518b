#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "model/ids.h"
#include "model/phone.h"

/// How a call is set up, whoever carries it.
namespace hustings::telephony {

/// Where a call stands. A driver may leave out `ringing` and `answered`, never `ended`.
enum class CallState : std::uint8_t { asked, ringing, answered, ended };

enum class CallEnd : std::uint8_t {
  no_answer,  ///< rang out
  busy,
  bad_number,  ///< the network knows no such number
  declined,    ///< turned away at the other end
  failed,      ///< on the way: says nothing of the voter
  cancelled,   ///< hung up by us before anybody answered
  finished,    ///< answered, then ended by either side
};

std::string_view to_string(CallEnd end);  ///< "no_answer"
std::optional<CallEnd> call_end_from(std::string_view text);

enum class Driver : std::uint8_t { manual, simulator };

/// The key is the lease for which the call is made: with one key nobody is ever called twice.
struct CallOrder {
  LeaseId key;
  PhoneNumber number = 0;
  std::chrono::seconds ring_max{25};  ///< then it has rung out
};

struct CallEvent {
  LeaseId key;
  CallState state = CallState::asked;
  std::optional<CallEnd> end;  ///< with `ended`, and only then
  Instant at;
};

/// Sets up calls. What may be called, and when, was decided before; a driver knows nothing of it.
/// Calls may come from several threads.
class CallControl {
 public:
  using Listener = std::function<void(const CallEvent&)>;

  virtual ~CallControl() = default;
  virtual Driver driver() const = 0;
  /// Whether the program makes the calls, and hears what becomes of them. Otherwise it only gives
  /// links to the caller's own phone.
  virtual bool has_events() const = 0;
  /// To be set before the first order. Called on a thread of the driver, never from within place()
  /// or hang_up(): for each call that was placed in the order of what happened, `ended` last and
  /// once.
  virtual void on_event(Listener listener) = 0;
  /// Begins the call; a key that was placed before is left as it is. A link, if the caller's own
  /// phone makes the call.
  virtual std::optional<std::string> place(const CallOrder& order) = 0;
  /// Ends the call, at whatever point it is; nothing if there is none (any more).
  virtual void hang_up(LeaseId key) = 0;
};

}  // namespace hustings::telephony
