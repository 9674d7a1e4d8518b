#include "normalise/district.h"

#include <algorithm>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "normalise/detail/county_table.h"

namespace hustings::normalise {
namespace {

std::string id(std::string_view state, DistrictKind kind, std::string_view code,
               std::string_view county = "", std::string_view place = "") {
  return ocd_division({.state = state, .county = county, .place = place}, kind, code);
}

TEST(District, CongressionalHoweverItIsWritten) {
  for (const char* code : {"2", "02", "002", "2ND CONGRESSIONAL", "NC CONGRESSIONAL DISTRICT 02",
                           "CD 2", "CD02", "NC-02", "Congressional District 2", " 2 "}) {
    EXPECT_EQ(id("NC", DistrictKind::congressional, code), "ocd-division/country:us/state:nc/cd:2")
        << code;
  }
  for (const char* code : {"", "0", "00", "  "})
    EXPECT_EQ(id("NC", DistrictKind::congressional, code), "") << code;
}

TEST(District, OneSeatIsTheState) {
  for (const char* code : {"00", "01", "AL", "At-Large", "98"}) {
    EXPECT_EQ(id("WY", DistrictKind::congressional, code), "ocd-division/country:us/state:wy");
  }
  EXPECT_EQ(id("DC", DistrictKind::congressional, "98"), "ocd-division/country:us/district:dc");
  EXPECT_EQ(id("PR", DistrictKind::state, ""), "ocd-division/country:us/territory:pr");
  EXPECT_EQ(id("WY", DistrictKind::congressional, ""), "");
  EXPECT_EQ(id("MT", DistrictKind::congressional, "01"), "ocd-division/country:us/state:mt/cd:1");
}

TEST(District, Legislatures) {
  EXPECT_EQ(id("NC", DistrictKind::state_house, "NC HOUSE 034"),
            "ocd-division/country:us/state:nc/sldl:34");
  EXPECT_EQ(id("NC", DistrictKind::state_senate, "16TH SENATE DISTRICT"),
            "ocd-division/country:us/state:nc/sldu:16");
  EXPECT_EQ(id("MD", DistrictKind::state_house, "27B"),
            "ocd-division/country:us/state:md/sldl:27b");
  EXPECT_EQ(id("MN", DistrictKind::state_house, "05A"), "ocd-division/country:us/state:mn/sldl:5a");
  EXPECT_EQ(id("FL", DistrictKind::state_house, "HD-034"),
            "ocd-division/country:us/state:fl/sldl:34");
  EXPECT_EQ(id("NE", DistrictKind::state_house, "12"), "ocd-division/country:us/state:ne/sldu:12");
  EXPECT_EQ(id("MA", DistrictKind::state_house, "1st Suffolk District"),
            "ocd-division/country:us/state:ma/sldl:1st_suffolk");
  EXPECT_EQ(id("VT", DistrictKind::state_house, "Addison 1"),
            "ocd-division/country:us/state:vt/sldl:addison_1");
}

TEST(District, CountiesHoweverTheyAreWritten) {
  for (const char* county : {"WAKE", "Wake County", "wake"})
    EXPECT_EQ(id("NC", DistrictKind::county, county),
              "ocd-division/country:us/state:nc/county:wake");
  for (const char* county : {"ST. JOHNS", "Saint Johns", "ST JOHNS COUNTY", "STJOHNS"})
    EXPECT_EQ(county_slug("FL", county), "st_johns") << county;
  EXPECT_EQ(county_slug("FL", "DE SOTO"), "desoto");
  EXPECT_EQ(county_slug("FL", "MIAMI DADE"), "miami-dade");
  EXPECT_EQ(county_slug("MD", "PRINCE GEORGES"), "prince_george~s");
  EXPECT_EQ(county_slug("IL", "LASALLE"), county_slug("IL", "La Salle"));
  EXPECT_EQ(county_slug("NC", "NEW HANOVER"), "new_hanover");
  EXPECT_EQ(county_slug("NC", ""), "");
  EXPECT_EQ(county_slug("NC", "No Such"), "no_such");
}

TEST(District, WhatStandsForCounties) {
  EXPECT_EQ(id("LA", DistrictKind::county, "ORLEANS"),
            "ocd-division/country:us/state:la/parish:orleans");
  EXPECT_EQ(id("AK", DistrictKind::county, "NOME CENSUS AREA"),
            "ocd-division/country:us/state:ak/census_area:nome");
  EXPECT_EQ(id("AK", DistrictKind::county, "Juneau City and Borough"),
            "ocd-division/country:us/state:ak/borough:juneau");
  EXPECT_EQ(id("MD", DistrictKind::county, "BALTIMORE CITY"),
            "ocd-division/country:us/state:md/place:baltimore");
  EXPECT_EQ(id("MD", DistrictKind::county, "BALTIMORE"),
            "ocd-division/country:us/state:md/county:baltimore");
  EXPECT_EQ(id("VA", DistrictKind::county, "CHARLES CITY COUNTY"),
            "ocd-division/country:us/state:va/county:charles_city");
  EXPECT_EQ(id("VA", DistrictKind::county, "NORFOLK"),
            "ocd-division/country:us/state:va/place:norfolk");
}

TEST(District, InsideCountiesAndPlaces) {
  EXPECT_EQ(id("NC", DistrictKind::precinct, "01-01", "WAKE"),
            "ocd-division/country:us/state:nc/county:wake/precinct:01-01");
  EXPECT_EQ(id("NC", DistrictKind::county_commission, "COMMISSIONER DISTRICT #3", "WAKE"),
            "ocd-division/country:us/state:nc/county:wake/council_district:3");
  EXPECT_EQ(id("NC", DistrictKind::ward, "WARD B", "WAKE", "CITY OF RALEIGH"),
            "ocd-division/country:us/state:nc/place:raleigh/ward:b");
  EXPECT_EQ(id("NC", DistrictKind::place, "Town of Fuquay-Varina"),
            "ocd-division/country:us/state:nc/place:fuquay-varina");
  EXPECT_EQ(id("OH", DistrictKind::school, "DUBLIN CITY SD"),
            "ocd-division/country:us/state:oh/school_district:dublin_city_sd");
  EXPECT_EQ(id("NC", DistrictKind::judicial, "JUDICIAL DISTRICT 10"),
            "ocd-division/country:us/state:nc/judicial_district:10");
  EXPECT_EQ(id("NC", DistrictKind::precinct, "01-01"), "");
  EXPECT_EQ(id("NC", DistrictKind::ward, "B"), "");
  EXPECT_EQ(id("XX", DistrictKind::congressional, "2"), "");
}

TEST(District, States) {
  for (const char* text : {"NC", "nc", "North Carolina", "N. Carolina", "NORTH CAROLINA", "37"})
    EXPECT_EQ(state_code(text), "NC") << text;
  EXPECT_EQ(state_code("1"), "AL");
  EXPECT_EQ(state_code("Washington, D.C."), "DC");
  EXPECT_EQ(state_code("Washington"), "WA");
  for (const char* text : {"", "XX", "03", "Carolina", "99"})
    EXPECT_EQ(state_code(text), "") << text;
}

TEST(District, EveryCountyOfTheTableIsFoundByItsOwnSlug) {
  for (const auto& row : detail::county_rows()) {
    std::string name(row.slug);
    std::ranges::replace(name, '_', ' ');
    if (row.key.ends_with("CITY") && row.type == "place" && !name.ends_with("city")) continue;
    const std::string got = id(row.key.substr(0, 2), DistrictKind::county, name);
    EXPECT_TRUE(got.ends_with(":" + std::string(row.slug))) << row.key << ' ' << got;
  }
  EXPECT_GT(detail::county_rows().size(), 3'100U);
}

RC_GTEST_PROP(District, AnyBytesGiveAnIdOfTheScheme, ()) {
  const auto text = rc::gen::string<std::string>();
  const auto kind = static_cast<DistrictKind>(*rc::gen::inRange(0, 11));
  const std::string county = *text;
  const std::string place = *text;
  const std::string got =
      id(*rc::gen::element<std::string>("NC", "LA", "MA", "WY", "dc"), kind, *text, county, place);
  RC_ASSERT(got.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-_~:/") ==
            std::string::npos);
  RC_ASSERT(got.empty() || got.starts_with("ocd-division/country:us/"));
  RC_ASSERT(!got.ends_with(":"));
}

RC_GTEST_PROP(District, CodesAreIdempotent, ()) {
  const std::string code = district_code(*rc::gen::oneOf(
      rc::gen::string<std::string>(),
      rc::gen::element<std::string>("02", "NC HOUSE 034", "27B", "2ND", "1st Suffolk", "SEAT A")));
  RC_ASSERT(district_code(code) == code);
}

}  // namespace
}  // namespace hustings::normalise
