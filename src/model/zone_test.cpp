#include "model/zone.h"

#include <gtest/gtest.h>

#include "model/detail/zone_tables.h"

namespace hustings {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

constexpr CallingWindow kNineToNine{hours(9), hours(21)};

Instant at(const char* iso) { return from_iso(iso).value(); }

TEST(AreaCode, OfNumbersOfTheNorthAmericanPlan) {
  EXPECT_EQ(area_code_of(19195550123), 919);
  EXPECT_EQ(area_code_of(12015550123), 201);
  EXPECT_EQ(area_code_of(4915112345678), 0);
  EXPECT_EQ(area_code_of(9195550123), 0);
  EXPECT_EQ(area_code_of(0), 0);
}

TEST(Zones, OfAreaCodes) {
  EXPECT_EQ(zones_of_area_code(919), ZoneNames{"America/New_York"});
  EXPECT_EQ(zones_of_area_code(850), (ZoneNames{"America/Chicago", "America/New_York"}));
  EXPECT_EQ(zones_of_area_code(800), ZoneNames{});
  EXPECT_EQ(zones_of_area_code(0), ZoneNames{});
}

TEST(Zones, OfCountiesHoweverTheyAreWritten) {
  EXPECT_EQ(zones_of_county("NC", "WAKE"), ZoneNames{"America/New_York"});
  EXPECT_EQ(zones_of_county("nc", ""), ZoneNames{"America/New_York"});
  EXPECT_EQ(zones_of_county("FL", "SANTA ROSA"), ZoneNames{"America/Chicago"});
  EXPECT_EQ(zones_of_county("FL", "Santa Rosa County"), ZoneNames{"America/Chicago"});
  EXPECT_EQ(zones_of_county("FL", "SAINT JOHNS"), ZoneNames{"America/New_York"});
  EXPECT_EQ(zones_of_county("FL", "St. Johns"), ZoneNames{"America/New_York"});
  EXPECT_EQ(zones_of_county("IN", "LA PORTE"), ZoneNames{"America/Chicago"});
  EXPECT_EQ(zones_of_county("IN", "Marion"), ZoneNames{"America/Indiana/Indianapolis"});
  EXPECT_EQ(zones_of_county("SD", "Shannon"), zones_of_county("SD", "Oglala Lakota"));
}

TEST(Zones, CountyInTwoZonesHasBoth) {
  EXPECT_EQ(zones_of_county("NE", "Cherry"), (ZoneNames{"America/Chicago", "America/Denver"}));
  EXPECT_EQ(zones_of_county("AZ", "Navajo"), (ZoneNames{"America/Denver", "America/Phoenix"}));
}

TEST(Zones, UnknownCountyGetsAllOfItsState) {
  EXPECT_EQ(zones_of_county("FL", "Escambbia"), (ZoneNames{"America/Chicago", "America/New_York"}));
  EXPECT_EQ(zones_of_county("TX", ""), (ZoneNames{"America/Chicago", "America/Denver"}));
  EXPECT_EQ(zones_of_county("XX", "Wake"), ZoneNames{});
  EXPECT_EQ(zones_of_county("", ""), ZoneNames{});
  EXPECT_EQ(zones_of_county("*", "*"), ZoneNames{});
}

TEST(Zones, OfZipCodes) {
  EXPECT_EQ(zones_of_zip("27601"), ZoneNames{"America/New_York"});
  EXPECT_EQ(zones_of_zip(" 27601-1234"), ZoneNames{"America/New_York"});
  EXPECT_EQ(zones_of_zip("276011234"), ZoneNames{"America/New_York"});
  EXPECT_EQ(zones_of_zip("32801"), ZoneNames{"America/New_York"});
  EXPECT_EQ(zones_of_zip("32501"), ZoneNames{"America/Chicago"});
  EXPECT_EQ(zones_of_zip("32456"), (ZoneNames{"America/Chicago", "America/New_York"}));
  EXPECT_EQ(zones_of_zip("79901"), ZoneNames{"America/Denver"});
  EXPECT_EQ(zones_of_zip("46204"), ZoneNames{"America/Indiana/Indianapolis"});
  EXPECT_EQ(zones_of_zip("00901"), ZoneNames{"America/Puerto_Rico"});
  EXPECT_EQ(zones_of_zip("96799"), (ZoneNames{"Pacific/Honolulu", "Pacific/Pago_Pago"}));
  for (const char* zip : {"", "2760", "2760A", "00000", "09012", "34012", "96212", "99"})
    EXPECT_EQ(zones_of_zip(zip), ZoneNames{}) << zip;
}

TEST(Zones, ThatResidenceAndNumberImply) {
  // County and ZIP speak of one address: Knoxville's 377 reaches into both zones of Tennessee.
  EXPECT_EQ(implied_zones({.state = "TN", .county = "Knox", .zip = "37721"}, 0),
            ZoneNames{"America/New_York"});
  EXPECT_EQ(implied_zones({.state = "TN", .zip = "37601"}, 0), ZoneNames{"America/New_York"});
  EXPECT_EQ(implied_zones({.state = "TN", .county = "", .zip = ""}, 0),
            (ZoneNames{"America/Chicago", "America/New_York"}));
  // They contradict each other: both count.
  EXPECT_EQ(implied_zones({.state = "FL", .county = "Escambia", .zip = "32801"}, 0),
            (ZoneNames{"America/Chicago", "America/New_York"}));
  // A number from elsewhere counts too.
  EXPECT_EQ(implied_zones({.state = "NC", .county = "Wake", .zip = "27601"}, 14155550123),
            (ZoneNames{"America/Los_Angeles", "America/New_York"}));
  EXPECT_EQ(implied_zones({.zip = "27601"}, 0), ZoneNames{"America/New_York"});
  EXPECT_EQ(implied_zones({}, 14155550123), ZoneNames{"America/Los_Angeles"});
  EXPECT_EQ(implied_zones({}, 0), ZoneNames{});
}

TEST(Zones, EveryZoneOfTheTablesIsInTzdata) {
  for (const auto& row : detail::area_code_zones()) {
    EXPECT_TRUE(ZoneSet(zones_of_area_code(row.area_code)).is_known()) << row.area_code;
  }
  for (const auto& row : detail::county_zones()) {
    const auto state = row.key.substr(0, 2);
    EXPECT_TRUE(ZoneSet(zones_of_county(state, row.key.substr(2))).is_known()) << row.key;
  }
  std::size_t prefixes = 0;
  for (int prefix = 0; prefix < 1000; ++prefix) {
    const ZoneNames zones = zones_of_zip(std::to_string(1000 + prefix).substr(1) + "01");
    if (zones.empty()) continue;
    ++prefixes;
    EXPECT_TRUE(ZoneSet(zones).is_known()) << prefix;
  }
  EXPECT_GT(prefixes, 880U);
}

TEST(ZoneSet, UnknownOrEmptyIsNeverOpen) {
  const Instant noon = at("2026-10-20T16:00:00Z");
  EXPECT_FALSE(ZoneSet().is_open(kNineToNine, noon));
  EXPECT_FALSE(ZoneSet({"America/New_York", "Mars/Olympus"}).is_open(kNineToNine, noon));
  EXPECT_EQ(ZoneSet({"Mars/Olympus"}).next_opening(kNineToNine, noon), std::nullopt);
}

TEST(ZoneSet, OpensAndClosesToTheMicrosecond) {
  const ZoneSet east({"America/New_York"});
  EXPECT_FALSE(east.is_open(kNineToNine, at("2026-10-20T12:59:59.999999Z")));
  EXPECT_TRUE(east.is_open(kNineToNine, at("2026-10-20T13:00:00Z")));
  EXPECT_TRUE(east.is_open(kNineToNine, at("2026-10-21T00:59:59.999999Z")));
  EXPECT_FALSE(east.is_open(kNineToNine, at("2026-10-21T01:00:00Z")));
}

TEST(ZoneSet, NumberOfOneZoneWithAnAddressOfAnother) {
  const ZoneSet both(united(zones_of_county("NC", "Wake"), zones_of_area_code(415)));
  EXPECT_EQ(both.names(), (ZoneNames{"America/Los_Angeles", "America/New_York"}));
  EXPECT_FALSE(both.is_open(kNineToNine, at("2026-10-20T15:59:00Z")));  // 8:59 in California
  EXPECT_TRUE(both.is_open(kNineToNine, at("2026-10-20T16:00:00Z")));
  EXPECT_FALSE(both.is_open(kNineToNine, at("2026-10-21T01:00:00Z")));  // 21:00 in Carolina
  EXPECT_EQ(both.next_opening(kNineToNine, at("2026-10-21T01:00:00Z")), at("2026-10-21T16:00:00Z"));
}

TEST(ZoneSet, ArizonaKeepsItsTimeOverBothChanges) {
  const ZoneSet phoenix({"America/Phoenix"});
  for (const char* day : {"2026-03-07", "2026-03-08", "2026-10-31", "2026-11-01"}) {
    const Instant opens = at((std::string(day) + "T16:00:00Z").c_str());
    EXPECT_TRUE(phoenix.is_open(kNineToNine, opens)) << day;
    EXPECT_FALSE(phoenix.is_open(kNineToNine, opens - minutes(1))) << day;
  }
}

/// The Navajo Nation keeps summer time and the rest of Arizona does not: a county that has both is
/// called when it is daytime in both.
TEST(ZoneSet, CountiesOfTheNavajoNationHaveTwoTimesInSummer) {
  for (const char* county : {"Apache", "Navajo", "Coconino"}) {
    const ZoneSet both(implied_zones({.state = "AZ", .county = county}, 0));
    EXPECT_EQ(both.names(), (ZoneNames{"America/Denver", "America/Phoenix"})) << county;
    EXPECT_EQ(both.next_opening(kNineToNine, at("2026-07-01T10:00:00Z")),
              at("2026-07-01T16:00:00Z"))
        << "9:00 in Phoenix, 10:00 in Window Rock";
    EXPECT_TRUE(both.is_open(kNineToNine, at("2026-07-02T02:59:00Z")));
    EXPECT_FALSE(both.is_open(kNineToNine, at("2026-07-02T03:00:00Z")))
        << "21:00 in Window Rock, 20:00 in Phoenix";
    EXPECT_EQ(both.next_opening(kNineToNine, at("2026-01-10T10:00:00Z")),
              at("2026-01-10T16:00:00Z"));
    EXPECT_TRUE(both.is_open(kNineToNine, at("2026-01-11T03:59:00Z"))) << "one time in winter";
  }
}

TEST(ZoneSet, IndianaFollowsNewYorkAndItsWestFollowsChicago) {
  const ZoneSet indianapolis(zones_of_county("IN", "Marion"));
  const ZoneSet gary(zones_of_county("IN", "Lake"));
  EXPECT_TRUE(indianapolis.is_open(kNineToNine, at("2026-07-01T13:00:00Z")));
  EXPECT_FALSE(gary.is_open(kNineToNine, at("2026-07-01T13:00:00Z")));
  EXPECT_TRUE(gary.is_open(kNineToNine, at("2026-07-01T14:00:00Z")));
}

TEST(ZoneSet, OpensAnHourEarlierInUtcAfterTheSpringChange) {
  const ZoneSet east({"America/New_York"});
  // 8 March 2026, 2:00 becomes 3:00.
  EXPECT_EQ(east.next_opening(kNineToNine, at("2026-03-07T02:00:00Z")), at("2026-03-07T14:00:00Z"));
  EXPECT_EQ(east.next_opening(kNineToNine, at("2026-03-08T02:00:00Z")), at("2026-03-08T13:00:00Z"));
  // 1 November 2026, 2:00 becomes 1:00.
  EXPECT_EQ(east.next_opening(kNineToNine, at("2026-11-01T01:00:00Z")), at("2026-11-01T14:00:00Z"));
}

TEST(ZoneSet, WindowsInsideTheChangedHour) {
  const ZoneSet east({"America/New_York"});
  // The hour from 2:00 is skipped: a window that begins in it opens when the clock has jumped past.
  const CallingWindow skipped{minutes(150), minutes(200)};
  EXPECT_EQ(east.next_opening(skipped, at("2026-03-08T06:00:00Z")), at("2026-03-08T07:00:00Z"));
  // The hour from 1:00 comes twice, and so does a window in it.
  const CallingWindow doubled{minutes(70), minutes(80)};
  EXPECT_EQ(east.next_opening(doubled, at("2026-11-01T05:00:00Z")), at("2026-11-01T05:10:00Z"));
  EXPECT_EQ(east.next_opening(doubled, at("2026-11-01T05:20:00Z")), at("2026-11-01T06:10:00Z"));
  EXPECT_EQ(east.next_opening(doubled, at("2026-11-01T06:20:00Z")), at("2026-11-02T06:10:00Z"));
}

TEST(ZoneSet, WindowsThatNeverMeet) {
  const ZoneSet apart({"America/New_York", "Pacific/Guam"});
  const CallingWindow morning{hours(9), hours(12)};
  EXPECT_EQ(apart.next_opening(morning, at("2026-10-20T00:00:00Z")), std::nullopt);
  EXPECT_TRUE(apart.next_opening(kNineToNine, at("2026-10-20T00:00:00Z")).has_value());
}

TEST(ZoneSet, RulesReachBeyondTheNextTenYears) {
  const ZoneSet east({"America/New_York"});
  EXPECT_EQ(east.next_opening(kNineToNine, at("2036-07-01T02:00:00Z")), at("2036-07-01T13:00:00Z"));
}

}  // namespace
}  // namespace hustings
