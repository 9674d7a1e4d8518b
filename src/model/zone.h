#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"

namespace date {
class time_zone;  // NOLINT(readability-identifier-naming): the library's name
}

/// In which time zones a voter may be, and when one may call there.
///
/// A voter has IANA zones, never offsets: an offset is right until the next clock change only. The
/// address may imply one zone and the number another (a mobile phone keeps its number when its
/// owner moves), so what counts is the whole set: a call is lawful when it is daytime in all of it.
namespace hustings {

/// IANA names, sorted, none twice. Empty: nothing is known.
using ZoneNames = std::vector<std::string>;

/// The area code of a number of the North American plan (E.164 without the plus: 19195550123 is
/// 919); 0 for any other number.
int area_code_of(std::int64_t number);

/// Every zone in which the area code's numbers lie. Empty for toll-free and unknown codes.
ZoneNames zones_of_area_code(int area_code);

/// The zones of a county ("Wake", "WAKE COUNTY", "St. Johns") in a state ("NC"). A county that is
/// missing or unknown gets all the zones of its state; an unknown state none.
ZoneNames zones_of_county(std::string_view state, std::string_view county);

/// The zones in which a ZIP code's first three digits lie ("27601", "27601-1234"). Empty for
/// military mail, for prefixes that are not given out, and for what is no ZIP code.
ZoneNames zones_of_zip(std::string_view zip);

ZoneNames united(const ZoneNames& one, const ZoneNames& other);

/// Where somebody lives, as far as it is known; blank for what is not.
struct Residence {
  std::string_view state;
  std::string_view county;
  std::string_view zip;
};
/// The zones of a country's numbers outside the North American plan (E.164 without the plus), for
/// those that lie in one zone: the United Kingdom, Germany, Austria, Switzerland. Empty for others.
ZoneNames zones_of_calling_code(std::int64_t number);

/// Every zone that the residence and the number (E.164 without the plus; 0 for none) imply. County
/// and ZIP speak of one address: where each leaves several zones open, those remain that both
/// allow; where they contradict each other, all of both. A mobile number keeps its area code when
/// its owner moves, so its zones always count too.
ZoneNames implied_zones(const Residence& residence, std::int64_t number);

/// From `opens` until just before `closes`, in minutes of the local day; 0 <= opens < closes <= 24
/// h.
struct CallingWindow {
  std::chrono::minutes opens{9 * 60};
  std::chrono::minutes closes{21 * 60};
  friend bool operator==(const CallingWindow&, const CallingWindow&) = default;
};

/// A window for each day of the week, Monday first. A day whose window is empty is closed.
using CallingWeek = std::array<CallingWindow, 7>;

constexpr CallingWindow kClosedDay{std::chrono::minutes(0), std::chrono::minutes(0)};

/// The same window every day.
CallingWeek every_day(CallingWindow window);
/// What both allow.
CallingWeek both_allow(const CallingWeek& one, const CallingWeek& other);

/// A set of zones with the rules of each, from the system's tzdata. Cheap to copy; may be used from
/// several threads.
class ZoneSet {
 public:
  ZoneSet() = default;
  explicit ZoneSet(ZoneNames names);

  const ZoneNames& names() const { return names_; }
  /// False when a name is not in the system's tzdata, or there are none: then it is never open.
  bool is_known() const { return known_; }

  /// Whether the local time is within the window in every zone of the set.
  bool is_open(const CallingWeek& week, Instant at) const;
  bool is_open(CallingWindow window, Instant at) const { return is_open(every_day(window), at); }
  /// The first moment from `at` on at which is_open(); nothing if there is none in eight days (the
  /// zones lie so far apart that their windows never meet).
  std::optional<Instant> next_opening(const CallingWeek& week, Instant at) const;
  std::optional<Instant> next_opening(CallingWindow window, Instant at) const {
    return next_opening(every_day(window), at);
  }

 private:
  ZoneNames names_;
  std::vector<const date::time_zone*> zones_;
  bool known_ = false;
};

}  // namespace hustings
