#include "phonebank/calling_rules.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace hustings::phonebank {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

constexpr CallingWindow kNineToNine{hours(9), hours(21)};

Instant at(const char* iso) { return from_iso(iso).value(); }

TEST(CallingRules, FiveCountriesNinetoNineEachWithItsSources) {
  const RuleBook book;
  std::vector<std::string> codes;
  for (const CallingRules& rules : book.all()) {
    codes.push_back(rules.code);
    EXPECT_EQ(rules.usual_hours, kNineToNine) << rules.code;
    EXPECT_FALSE(rules.hours_source.empty());
    EXPECT_TRUE(rules.mode(DiallingMode::preview).offered);
    EXPECT_FALSE(rules.mode(DiallingMode::predictive).offered);
    for (const ModeRule& mode : rules.modes)
      EXPECT_FALSE(mode.source.empty());
    for (const StateHours& state : rules.states)
      EXPECT_FALSE(state.source.empty());
  }
  EXPECT_THAT(codes, ElementsAre("at", "de", "ch", "uk", "us"));
  EXPECT_EQ(book.find("fr"), nullptr);
}

TEST(CallingRules, ConsentByNumberTypeAndMode) {
  const RuleBook book;
  EXPECT_EQ(book.find("us")->consent(), ConsentNeed::none);
  EXPECT_EQ(book.find("uk")->consent(), ConsentNeed::none);
  EXPECT_EQ(book.find("de")->consent(), ConsentNeed::all);
  EXPECT_EQ(book.find("at")->consent(), ConsentNeed::all);
  EXPECT_EQ(book.find("ch")->consent(), ConsentNeed::none);
  const ModeRule& predictive = book.find("us")->mode(DiallingMode::predictive);
  EXPECT_TRUE(predictive.mobile_needs_consent);
  EXPECT_FALSE(predictive.landline_needs_consent);
  CallingRules rules = *book.find("us");
  rules.modes.front().mobile_needs_consent = true;
  EXPECT_EQ(rules.consent(), ConsentNeed::mobile);
}

TEST(CallingRules, HoursOfStatesAndUnknownKeys) {
  const RuleBook book;
  EXPECT_EQ(book.hours("us"), every_day({hours(8), hours(21)}));
  EXPECT_EQ(book.hours("us:FL"), every_day({hours(8), hours(20)}));
  EXPECT_EQ(book.hours("us:AL")[6], kClosedDay);
  EXPECT_EQ(book.hours("us:AL")[5], (CallingWindow{hours(8), hours(20)}));
  EXPECT_EQ(book.hours("us:NC"), book.hours("us"));
  EXPECT_EQ(book.hours("fr"), every_day(kClosedDay));
  const CallingRules& us = *book.find("us");
  EXPECT_THAT(RuleBook::keys(us, "FL", true), ElementsAre("us", "us:FL"));
  EXPECT_THAT(RuleBook::keys(us, "FL", false), ElementsAre("us"));
  EXPECT_THAT(RuleBook::keys(us, "NC", true), ElementsAre("us"));
}

TEST(CallingRules, ZonesOfNumbersAbroad) {
  const RuleBook book;
  const CallingRules& de = *book.find("de");
  EXPECT_THAT(de.zones_of({.state = "BE", .zip = "10115"}, 4915112345678),
              ElementsAre("Europe/Berlin"));
  EXPECT_THAT(de.zones_of({}, 447911123456), ElementsAre("Europe/Berlin", "Europe/London"));
  EXPECT_THAT(de.zones_of({}, 12125550123), ElementsAre("America/New_York", "Europe/Berlin"));
  EXPECT_TRUE(de.zones_of({}, 33612345678).empty());
  EXPECT_TRUE(book.find("us")->zones_of({.state = "NC"}, 447911123456).empty());
}

/// Nine in the morning is the first minute and 20:59 the last, in each US zone, on the days around
/// both clock changes of 2026.
TEST(CallingRules, NineToNineInEveryZoneOverBothClockChanges) {
  struct Day {
    const char* zone;
    const char* before_spring;  // 9:00 local on Saturday 7 March, in UTC
    const char* after_spring;   // on Sunday 8 March
    const char* before_autumn;  // on Saturday 31 October
    const char* after_autumn;   // on Sunday 1 November
  };
  for (const Day& day : {
           Day{"America/New_York", "2026-03-07T14:00:00Z", "2026-03-08T13:00:00Z",
               "2026-10-31T13:00:00Z", "2026-11-01T14:00:00Z"},
           Day{"America/Indiana/Indianapolis", "2026-03-07T14:00:00Z", "2026-03-08T13:00:00Z",
               "2026-10-31T13:00:00Z", "2026-11-01T14:00:00Z"},
           Day{"America/Chicago", "2026-03-07T15:00:00Z", "2026-03-08T14:00:00Z",
               "2026-10-31T14:00:00Z", "2026-11-01T15:00:00Z"},
           Day{"America/Denver", "2026-03-07T16:00:00Z", "2026-03-08T15:00:00Z",
               "2026-10-31T15:00:00Z", "2026-11-01T16:00:00Z"},
           Day{"America/Phoenix", "2026-03-07T16:00:00Z", "2026-03-08T16:00:00Z",
               "2026-10-31T16:00:00Z", "2026-11-01T16:00:00Z"},
           Day{"America/Los_Angeles", "2026-03-07T17:00:00Z", "2026-03-08T16:00:00Z",
               "2026-10-31T16:00:00Z", "2026-11-01T17:00:00Z"},
           Day{"America/Anchorage", "2026-03-07T18:00:00Z", "2026-03-08T17:00:00Z",
               "2026-10-31T17:00:00Z", "2026-11-01T18:00:00Z"},
           Day{"Pacific/Honolulu", "2026-03-07T19:00:00Z", "2026-03-08T19:00:00Z",
               "2026-10-31T19:00:00Z", "2026-11-01T19:00:00Z"},
       }) {
    const ZoneSet zone({day.zone});
    for (const char* iso :
         {day.before_spring, day.after_spring, day.before_autumn, day.after_autumn}) {
      const Instant opens = at(iso);
      EXPECT_FALSE(zone.is_open(kNineToNine, opens - minutes(1))) << day.zone << ' ' << iso;
      EXPECT_TRUE(zone.is_open(kNineToNine, opens)) << day.zone << ' ' << iso;
      EXPECT_TRUE(zone.is_open(kNineToNine, opens + hours(12) - minutes(1))) << day.zone;
      EXPECT_FALSE(zone.is_open(kNineToNine, opens + hours(12))) << day.zone << ' ' << iso;
      EXPECT_EQ(zone.next_opening(kNineToNine, opens - hours(5)), opens) << day.zone << ' ' << iso;
    }
  }
}

TEST(CallingRules, EuropeChangesItsClocksOnOtherDays) {
  const ZoneSet both({"America/New_York", "Europe/London"});
  // 15 March: New York is on summer time, London is not: four hours apart.
  EXPECT_EQ(both.next_opening(kNineToNine, at("2026-03-15T05:00:00Z")), at("2026-03-15T13:00:00Z"));
  EXPECT_FALSE(both.is_open(kNineToNine, at("2026-03-15T21:00:00Z")));
  EXPECT_TRUE(both.is_open(kNineToNine, at("2026-03-15T20:59:00Z")));
  // 30 March: both are.
  EXPECT_FALSE(both.is_open(kNineToNine, at("2026-03-30T20:00:00Z")));
}

TEST(CallingRules, AClosedDayIsPassedOver) {
  const RuleBook book;
  const ZoneSet alabama({"America/Chicago"});
  const CallingWeek week = both_allow(every_day(kNineToNine), book.hours("us:AL"));
  const Instant saturday_night = at("2026-10-25T01:00:00Z");  // 20:00 on the 24th
  EXPECT_FALSE(alabama.is_open(week, saturday_night));
  EXPECT_EQ(alabama.next_opening(week, saturday_night), at("2026-10-26T14:00:00Z"));  // Monday
  EXPECT_FALSE(alabama.is_open(week, at("2026-10-25T18:00:00Z")));
  EXPECT_EQ(alabama.next_opening(every_day(kClosedDay), saturday_night), std::nullopt);
}

TEST(ParseCallingRules, SaysWhatIsWrongAndWhere) {
  const std::string good = R"(code = "xx"
name = "X"
calling_codes = [1]
zones = []
mobile = ""
[hours]
default = "09:00-21:00"
every_day = "09:00-21:00"
source = "a law"
)";
  const auto refused = [](std::string text) {
    const auto rules = parse_calling_rules(text, "xx.toml");
    return rules ? std::string("taken") : rules.error().text();
  };
  EXPECT_THAT(refused(good), HasSubstr("preview"));
  EXPECT_THAT(refused("code = "), HasSubstr("xx.toml:1"));
  EXPECT_THAT(refused("cod = \"xx\"\n" + good), HasSubstr("'cod'"));
  std::string late = good;
  late.replace(late.find("every_day = \"09:00-21:00\""), 25, "every_day = \"21:00-09:00\"");
  EXPECT_THAT(refused(late), HasSubstr("09:00-21:00, or closed"));
  std::string unsourced = good;
  unsourced.replace(unsourced.find("source = \"a law\""), 16, "source = \"\"");
  EXPECT_THAT(refused(unsourced), HasSubstr("'source'"));
  std::string mars = good;
  mars.replace(mars.find("zones = []"), 10, "zones = [\"Mars/Olympus\"]");
  EXPECT_THAT(refused(mars), HasSubstr("tzdata"));
}

}  // namespace
}  // namespace hustings::phonebank
