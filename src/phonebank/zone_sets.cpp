#include "phonebank/zone_sets.h"

#include <algorithm>
#include <string>
#include <utility>

#include "phonebank/sql.h"

namespace hustings::phonebank {

LinePlace::LinePlace(ZoneSet zones, RuleKeys keys, const RuleBook& book)
    : zones_(std::move(zones)), keys_(std::move(keys)) {
  for (const std::string& key : keys_)
    hours_ = both_allow(hours_, book.hours(key));
}

void ZoneSets::load(pg::Connection& connection, State& state) {
  for (const pg::Row row : connection.run(sql::kZoneSets)) {
    const auto number = row.get<ZoneSetId>(0);
    if (state.sets.contains(number)) continue;  // a set never changes
    LinePlace set(ZoneSet(row.get<std::vector<std::string>>(1)),
                  row.get<std::vector<std::string>>(2), book_);
    if (!set.is_known() && !set.names().empty()) {
      log_.error("zone_unknown", {{"zone_set", number}});  // the system's tzdata lacks it
    }
    state.sets.emplace(number, std::move(set));
    state.open.clear();
  }
}

ZoneSetId ZoneSets::number(pg::Transaction& transaction, const ZoneNames& zones,
                           const RuleKeys& keys) {
  {
    const auto state = state_.lock();
    for (const auto& [number, set] : state->sets) {
      if (set.names() == zones && set.keys() == keys) return number;
    }
  }
  // Not kept in state_: the transaction may yet be rolled back.
  transaction.run(sql::kLockZoneSets);
  transaction.run(sql::kInsertZoneSet, zones, keys);
  for (const pg::Row row : transaction.run(sql::kZoneSets)) {
    const bool same = row.get<std::vector<std::string>>(1) == zones &&
                      row.get<std::vector<std::string>>(2) == keys;
    if (same) return row.get<ZoneSetId>(0);
  }
  throw Failure("A set of time zones was written and is not there.");
}

LinePlace ZoneSets::get(pg::Connection& connection, ZoneSetId number) {
  const auto state = state_.lock();
  if (!state->sets.contains(number)) load(connection, *state);
  const auto found = state->sets.find(number);
  return found == state->sets.end() ? LinePlace() : found->second;
}

std::vector<ZoneSetId> ZoneSets::open(pg::Connection& connection, CallingWindow window,
                                      Instant at) {
  const auto minute = std::chrono::floor<std::chrono::minutes>(at);
  const auto state = state_.lock();
  if (state->minute != minute || state->sets.empty()) {
    load(connection, *state);
    state->minute = minute;
    state->open.clear();
  }
  for (const auto& [known, numbers] : state->open) {
    if (known == window) return numbers;
  }
  std::vector<ZoneSetId> numbers;
  for (const auto& [number, set] : state->sets) {
    if (set.is_open(window, at)) numbers.push_back(number);
  }
  state->open.emplace_back(window, numbers);
  return numbers;
}

}  // namespace hustings::phonebank
