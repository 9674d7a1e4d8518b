#include "model/zone.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace hustings {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

const ZoneNames kAll{"America/Adak",     "America/Chicago",  "America/Denver",
                     "America/New_York", "America/Phoenix",  "America/Puerto_Rico",
                     "America/St_Johns", "Pacific/Honolulu", "Pacific/Guam"};

ZoneSet any_zones() {
  ZoneNames names = *rc::gen::container<ZoneNames>(rc::gen::elementOf(kAll));
  names.push_back(*rc::gen::elementOf(kAll));
  ZoneNames set;
  for (const std::string& name : names)
    set = united(set, {name});
  return ZoneSet(set);
}

CallingWindow any_window() {
  const int opens = *rc::gen::inRange(0, 1439);
  return {minutes(opens), minutes(*rc::gen::inRange(opens + 1, 1441))};
}

/// Mostly within a day and a half of a clock change.
Instant any_moment() {
  const Instant change =
      *rc::gen::element(*from_iso("2026-03-08T07:00:00Z"), *from_iso("2026-11-01T06:00:00Z"),
                        *from_iso("2027-03-14T10:00:00Z"), *from_iso("2026-07-01T12:00:00Z"));
  return change + seconds(*rc::gen::inRange(-130'000, 130'000));
}

RC_GTEST_PROP(ZoneSet, IsOpenInTheSetWhenOpenInEach, ()) {
  const ZoneSet set = any_zones();
  const CallingWindow window = any_window();
  const Instant at = any_moment();
  bool each = true;
  for (const std::string& name : set.names())
    each = each && ZoneSet({name}).is_open(window, at);
  RC_ASSERT(set.is_open(window, at) == each);
}

RC_GTEST_PROP(ZoneSet, NextOpeningIsOpenAndTheFirst, ()) {
  const ZoneSet set = any_zones();
  const CallingWindow window = any_window();
  const Instant at = any_moment();
  const auto next = set.next_opening(window, at);
  // The oracle looks at every minute; windows and clock changes lie on whole minutes.
  const Instant last = next.value_or(at + days(3));
  for (Instant t = std::chrono::ceil<minutes>(at); t < last; t += minutes(1)) {
    RC_ASSERT(!set.is_open(window, t));
  }
  if (!next) return;
  RC_ASSERT(*next >= at);
  RC_ASSERT(set.is_open(window, *next));
  if (*next > at) RC_ASSERT(!set.is_open(window, at));
}

RC_GTEST_PROP(ZoneSet, ADayHoldsTheWindowsLengthAwayFromChanges, ()) {
  const ZoneSet phoenix({"America/Phoenix"});
  const CallingWindow window = any_window();
  const Instant start = any_moment();
  minutes open{0};
  const Instant from = std::chrono::ceil<minutes>(start);
  for (Instant t = from; t < from + hours(24); t += minutes(1)) {
    if (phoenix.is_open(window, t)) open += minutes(1);
  }
  RC_ASSERT(open == window.closes - window.opens);
}

}  // namespace
}  // namespace hustings
