#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <vector>

#include "base/clock.h"
#include "base/guarded.h"
#include "base/log.h"
#include "model/zone.h"
#include "pg/connection.h"

namespace hustings::phonebank {

using ZoneSetId = std::int16_t;

/// The sets of zones that lines refer to by number, and which of them may be called at a moment.
///
/// A line could instead carry its window in UTC; that window would be wrong after the next clock
/// change. So the queue holds only the set's number, and a claim passes the numbers that are open
/// now. Clock changes and whole hours fall on whole minutes, so the answer holds for the minute.
class ZoneSets {
 public:
  explicit ZoneSets(Log& log) : log_(log) {}

  /// The number of this set, a new one if need be. Inside the transaction that uses it.
  ZoneSetId number(pg::Transaction& transaction, const ZoneNames& zones);
  /// The set with this number, read from the database if it is not known yet.
  ZoneSet get(pg::Connection& connection, ZoneSetId number);
  /// The numbers of the sets that are open at a moment, in ascending order.
  std::vector<ZoneSetId> open(pg::Connection& connection, CallingWindow window, Instant at);

 private:
  struct State {
    std::map<ZoneSetId, ZoneSet> sets;
    std::chrono::sys_time<std::chrono::minutes> minute;  ///< that `open` was worked out for
    std::vector<std::pair<CallingWindow, std::vector<ZoneSetId>>> open;
  };
  void load(pg::Connection& connection, State& state);

  Log& log_;
  Guarded<State> state_;
};

}  // namespace hustings::phonebank
