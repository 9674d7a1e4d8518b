#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/guarded.h"
#include "base/periodic.h"
#include "telephony/call_control.h"

namespace hustings::telephony {

/// How simulated calls end, as shares of all; the rest is answered. The usual ones are those of a
/// good evening: most ring out.
struct CallOdds {
  double no_answer = 0.55;
  double busy = 0.05;
  double bad_number = 0.04;
  double declined = 0.02;
};

/// Calls that nobody makes, for tests, demonstrations and training: rung, answered and ended as a
/// seed says. The same seed and key give the same call, whatever else goes on.
class SimulatedCalls final : public CallControl {
 public:
  struct Options {
    std::uint64_t seed = 1;
    int speed = 1;  ///< how many times faster than life
    CallOdds odds;
  };
  SimulatedCalls(const Clock& clock, const Options& options) : clock_(clock), options_(options) {}

  Driver driver() const override { return Driver::simulator; }
  bool has_events() const override { return true; }
  /// Waits for what is being told just now.
  void on_event(Listener listener) override { *listener_.lock() = std::move(listener); }
  std::optional<std::string> place(const CallOrder& order) override;
  void hang_up(LeaseId key) override;

  /// Tells what has happened by now. By the thread that start() begins, or by a test; one at a
  /// time.
  void run_due();
  void start();
  void stop() { periodic_.reset(); }
  /// Calls that have not ended.
  std::size_t under_way() { return state_.lock()->calls.size(); }

 private:
  struct Call {
    std::vector<CallEvent> to_come;  // the next one last
    bool is_answered = false;
  };
  struct State {
    std::map<LeaseId, Call> calls;
    std::set<LeaseId> known;  // placed, under way or ended; the newest kKnownMax
  };
  Call plan(const CallOrder& order, Instant now) const;

  const Clock& clock_;
  const Options options_;
  Guarded<State> state_;
  Guarded<Listener> listener_;
  std::unique_ptr<Periodic> periodic_;  // last: its thread uses all of the above
};

}  // namespace hustings::telephony
