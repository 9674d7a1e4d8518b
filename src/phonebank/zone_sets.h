#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/guarded.h"
#include "base/log.h"
#include "model/zone.h"
#include "pg/connection.h"
#include "phonebank/calling_rules.h"

namespace hustings::phonebank {

using ZoneSetId = std::int16_t;

/// Keys of calling rules (RuleBook), sorted; what a phone bank without a country's rules has: none.
using RuleKeys = std::vector<std::string>;

/// The zones that a line's addresses and number imply, and the hours of the rules that bind there.
class LinePlace {
 public:
  LinePlace() = default;
  LinePlace(ZoneSet zones, RuleKeys keys, const RuleBook& book);

  const ZoneNames& names() const { return zones_.names(); }
  const RuleKeys& keys() const { return keys_; }
  bool is_known() const { return zones_.is_known(); }
  /// Whether it is within the phone bank's window and every rule's hours, in every zone.
  bool is_open(CallingWindow window, Instant at) const {
    return zones_.is_open(both_allow(every_day(window), hours_), at);
  }
  std::optional<Instant> next_opening(CallingWindow window, Instant at) const {
    return zones_.next_opening(both_allow(every_day(window), hours_), at);
  }

 private:
  ZoneSet zones_;
  RuleKeys keys_;
  CallingWeek hours_ = every_day({std::chrono::minutes(0), std::chrono::hours(24)});
};

/// The sets of zones that lines refer to by number, and which of them may be called at a moment.
///
/// A line could instead carry its window in UTC; that window would be wrong after the next clock
/// change. So the queue holds only the set's number, and a claim passes the numbers that are open
/// now. Clock changes and whole hours fall on whole minutes, so the answer holds for the minute.
class ZoneSets {
 public:
  ZoneSets(const RuleBook& book, Log& log) : book_(book), log_(log) {}

  /// The number of these zones under these rules, a new one if need be. Inside the transaction that
  /// uses it.
  ZoneSetId number(pg::Transaction& transaction, const ZoneNames& zones, const RuleKeys& keys);
  /// What a set is, whether it has a number or not.
  LinePlace made(const ZoneNames& zones, const RuleKeys& keys) const {
    return {ZoneSet(zones), keys, book_};
  }
  /// The set with this number, read from the database if it is not known yet.
  LinePlace get(pg::Connection& connection, ZoneSetId number);
  /// The numbers of the sets that are open at a moment, in ascending order.
  std::vector<ZoneSetId> open(pg::Connection& connection, CallingWindow window, Instant at);

 private:
  struct State {
    std::map<ZoneSetId, LinePlace> sets;
    std::chrono::sys_time<std::chrono::minutes> minute;  ///< that `open` was worked out for
    std::vector<std::pair<CallingWindow, std::vector<ZoneSetId>>> open;
  };
  void load(pg::Connection& connection, State& state);

  const RuleBook& book_;
  Log& log_;
  Guarded<State> state_;
};

}  // namespace hustings::phonebank
