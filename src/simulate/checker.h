#pragma once

#include <cstdint>
#include <string>

#include "pg/connection.h"
#include "simulate/history.h"

namespace hustings::simulate {

/// How often a promise was not kept; all must be 0.
struct Verdict {
  std::int64_t doubled = 0;    ///< stored twice, shown to two callers at once, or sent by nobody
  std::int64_t lost = 0;       ///< acknowledged, and not stored as it was sent
  std::int64_t forbidden = 0;  ///< shown, and must not be called
  std::int64_t too_soon = 0;   ///< shown before the time between two tries was over
  std::int64_t epochs = 0;     ///< epochs of a line that do not rise
  std::int64_t left_out = 0;   ///< a number was not theirs, and their next one is in no queue

  bool holds() const { return doubled + lost + forbidden + too_soon + epochs + left_out == 0; }
  std::string text() const;  ///< for people, one line
};

/// Compares what the callers have seen with each other and with the database. All callers must
/// have stopped. By number, the showings of all callers are independent of other numbers, so that
/// their histories are checked line by line (as Jepsen's independent keys): leases disjoint, epochs
/// rising, none after a bar was acknowledged. Then the database: each acknowledged result there
/// once with all its answers and feed entries, nothing there that nobody sent, gaps kept, and who
/// is not reached by a number on the queue with the next. The history's numbers must be of
/// electorate.h.
Verdict check(pg::Connection& connection, const History& history);

/// The part that needs no database.
Verdict check_history(const History& history);

}  // namespace hustings::simulate
