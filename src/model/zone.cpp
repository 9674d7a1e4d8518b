#include "model/zone.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <stdexcept>
#include <utility>

#include <date/tz.h>

#include "base/text.h"
#include "model/detail/zone_tables.h"

namespace hustings {

namespace {

using std::chrono::days;
using std::chrono::floor;
using std::chrono::seconds;

constexpr days kSearch{8};

ZoneNames names_from(std::string_view joined) {
  ZoneNames names;
  for (const std::string_view name : split(joined, '&'))
    names.emplace_back(name);
  std::ranges::sort(names);
  return names;
}

/// What a county is found by, however it is written: letters only, SAINT as ST, no COUNTY.
std::string county_key(std::string_view county) {
  std::string key;
  for (const char c : to_upper(county)) {
    if (c >= 'A' && c <= 'Z') key += c;
  }
  if (key.starts_with("SAINT")) key.erase(1, 3);
  if (key.size() > 6 && key.ends_with("COUNTY")) key.erase(key.size() - 6);
  return key;
}

std::string_view find_county(const std::string& key) {
  const auto rows = detail::county_zones();
  const auto row = std::ranges::lower_bound(rows, key, {}, &detail::CountyZones::key);
  return row != rows.end() && row->key == key ? row->zones : std::string_view();
}

ZoneNames zones_of_state(const std::string& state) {
  ZoneNames all;
  for (const auto& row : detail::county_zones()) {
    if (row.key.starts_with(state)) all = united(all, names_from(row.zones));
  }
  return all;
}

/// The same moment as the system clock of <date> counts it.
seconds local_offset(const date::time_zone& zone, Instant at) {
  return zone.get_info(floor<seconds>(at)).offset;
}

bool is_empty(CallingWindow window) { return window.opens >= window.closes; }

CallingWindow window_of(const CallingWeek& week, std::chrono::sys_days day) {
  return week.at(std::chrono::weekday(day).iso_encoding() - 1);
}

bool is_open_in(const date::time_zone& zone, const CallingWeek& week, Instant at) {
  const auto local =
      std::chrono::sys_time<Instant::duration>(at.time_since_epoch() + local_offset(zone, at));
  const auto day = floor<days>(local);
  const CallingWindow window = window_of(week, day);
  const auto of_day = local - day;
  return of_day >= window.opens && of_day < window.closes;
}

/// The first moment after `at`, at which the zone is closed, when it opens: either its clock comes
/// to the hour, or its clock is changed into the window. Some day of the week is open.
Instant opening_in(const date::time_zone& zone, const CallingWeek& week, Instant at) {
  for (;;) {
    const auto info = zone.get_info(floor<seconds>(at));
    const auto local =
        std::chrono::sys_time<Instant::duration>(at.time_since_epoch() + info.offset);
    for (auto day = floor<days>(local);; day += days(1)) {
      const CallingWindow window = window_of(week, day);
      const auto opening = day + window.opens;
      if (is_empty(window) || opening < local) continue;
      const Instant candidate(
          std::chrono::duration_cast<Instant::duration>(opening.time_since_epoch() - info.offset));
      if (candidate < info.end) return candidate;
      break;
    }
    at = Instant(info.end);
    if (is_open_in(zone, week, at)) return at;
  }
}

}  // namespace

int area_code_of(std::int64_t number) {
  constexpr std::int64_t kFirst = 12'000'000'000;
  constexpr std::int64_t kLast = 19'999'999'999;
  if (number < kFirst || number > kLast) return 0;
  return static_cast<int>(number / 10'000'000 - 1000);
}

ZoneNames zones_of_area_code(int area_code) {
  const auto rows = detail::area_code_zones();
  const auto row = std::ranges::lower_bound(rows, area_code, {}, &detail::AreaCodeZones::area_code);
  if (row == rows.end() || row->area_code != area_code) return {};
  return names_from(row->zones);
}

ZoneNames zones_of_county(std::string_view state, std::string_view county) {
  const std::string code = to_upper(trim(state));
  if (code.size() != 2) return {};
  const std::string_view own = find_county(code + "*");
  if (own.empty()) return {};
  if (const std::string_view found = find_county(code + county_key(county)); !found.empty()) {
    return names_from(found);
  }
  return zones_of_state(code);
}

ZoneNames zones_of_zip(std::string_view zip) {
  zip = trim(zip);
  if (zip.size() < 5) return {};
  std::size_t prefix = 0;
  for (std::size_t i = 0; i < 5; ++i) {
    if (zip[i] < '0' || zip[i] > '9') return {};
    if (i < 3) prefix = prefix * 10 + static_cast<std::size_t>(zip[i] - '0');
  }
  const std::string_view zones = detail::zip_zones()[prefix];
  return zones.empty() ? ZoneNames() : names_from(zones);
}

ZoneNames implied_zones(const Residence& residence, std::int64_t number) {
  const ZoneNames county = zones_of_county(residence.state, residence.county);
  const ZoneNames zip = zones_of_zip(residence.zip);
  ZoneNames home;
  std::ranges::set_intersection(county, zip, std::back_inserter(home));
  if (home.empty()) home = united(county, zip);
  return united(home, zones_of_area_code(area_code_of(number)));
}

ZoneNames zones_of_calling_code(std::int64_t number) {
  constexpr std::array<std::pair<std::string_view, const char*>, 4> kOneZone{
      {{"41", "Europe/Zurich"},
       {"43", "Europe/Vienna"},
       {"44", "Europe/London"},
       {"49", "Europe/Berlin"}}};
  const std::string digits = std::to_string(number);
  for (const auto& [code, zone] : kOneZone) {
    if (digits.size() > 7 && digits.starts_with(code)) return {zone};
  }
  return {};
}

ZoneNames united(const ZoneNames& one, const ZoneNames& other) {
  ZoneNames both;
  std::ranges::set_union(one, other, std::back_inserter(both));
  return both;
}

ZoneSet::ZoneSet(ZoneNames names) : names_(std::move(names)) {
  known_ = !names_.empty();
  for (const std::string& name : names_) {
    try {
      zones_.push_back(date::locate_zone(name));
    } catch (const std::runtime_error&) {  // <date> says so that tzdata has no such zone
      known_ = false;
    }
  }
}

CallingWeek every_day(CallingWindow window) {
  CallingWeek week;
  week.fill(window);
  return week;
}

CallingWeek both_allow(const CallingWeek& one, const CallingWeek& other) {
  CallingWeek both;
  for (std::size_t i = 0; i < both.size(); ++i) {
    both.at(i) = {std::max(one.at(i).opens, other.at(i).opens),
                  std::min(one.at(i).closes, other.at(i).closes)};
    if (is_empty(both.at(i))) both.at(i) = kClosedDay;
  }
  return both;
}

bool ZoneSet::is_open(const CallingWeek& week, Instant at) const {
  return known_ && std::ranges::all_of(zones_, [&](const date::time_zone* zone) {
           return is_open_in(*zone, week, at);
         });
}

std::optional<Instant> ZoneSet::next_opening(const CallingWeek& week, Instant at) const {
  if (!known_ || std::ranges::all_of(week, is_empty)) return std::nullopt;
  const Instant last = at + kSearch;
  while (at <= last) {
    Instant next = at;
    for (const date::time_zone* zone : zones_) {
      if (is_open_in(*zone, week, at)) continue;
      next = std::max(next, opening_in(*zone, week, at));
    }
    if (next == at) return at;
    at = next;
  }
  return std::nullopt;
}

}  // namespace hustings
