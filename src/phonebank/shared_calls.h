#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/clock.h"
#include "model/ids.h"
#include "pg/pool.h"
#include "phonebank/phonebank.h"

namespace hustings::phonebank {

/// Which `serve` makes a call; drawn anew at each start.
using ServeId = std::int64_t;

/// How the calls stand that the program makes, for all processes of one database: a caller's page
/// may be connected to another one than that which placed the call. What a process hears of its
/// calls it writes here within half a second, and reads what the others wrote. Calls may come from
/// several threads.
class SharedCalls {
 public:
  SharedCalls(pg::Pool& pool, QueueTime time) : pool_(pool), time_(time) {}

  /// A process that was not heard of for so long has gone; how its calls ended nobody knows.
  static constexpr std::chrono::seconds kGoneAfter{10};

  struct Standing {
    LeaseId lease;
    PersonId caller;
    ServeId serve = 0;
    std::string state;                   ///< as telephony names it
    std::optional<std::string> outcome;  ///< once it has ended
    Instant at;                          ///< since when it stands so
    bool is_gone = false;                ///< it has not ended, and who makes it is no more
  };
  struct Moved {
    LeaseId lease;
    std::string state;
    Instant at;
  };

  void beat(ServeId serve, Deadline deadline = Deadline::never());
  /// What it has under way is said to have failed from now on.
  void leave(ServeId serve, Deadline deadline = Deadline::never());
  /// Where no other process can be: what was under way is said to have failed.
  void forget_serves(Deadline deadline = Deadline::never());
  void note(std::span<const Moved> moved, Deadline deadline = Deadline::never());
  /// The call to the number that a caller has.
  std::optional<Standing> call_of(PersonId caller, Deadline deadline = Deadline::never());
  /// Calls of other processes: those that moved since the last look, and of `known` (which were
  /// under way then) those whose process has gone.
  struct Look {
    Instant moment;  ///< to be given to the next look
    std::vector<Standing> calls;
  };
  Look look(ServeId serve, std::optional<Instant> since, std::span<const LeaseId> known,
            Deadline deadline = Deadline::never());
  /// The process that makes the call ends it; false if it has ended, or is not this caller's.
  bool ask_hang_up(PersonId caller, LeaseId lease, Deadline deadline = Deadline::never());

 private:
  pg::Pool& pool_;
  QueueTime time_;
};

}  // namespace hustings::phonebank
