#include "normalise/address.h"

#include <initializer_list>

#include <gtest/gtest.h>

namespace hustings::normalise {
namespace {

std::string key(std::string_view line, std::string_view second = "") {
  return address_key(parse_address(line, second));
}

/// One key for all of them.
void expect_one_key(std::initializer_list<const char*> writings, std::string_view expected) {
  for (const char* text : writings)
    EXPECT_EQ(key(text), expected) << text;
}

TEST(Address, PartsOfAStreetAddress) {
  const Address address = parse_address("123 North Main Street NW, Apartment 4-B");
  EXPECT_EQ(address.kind, AddressKind::street);
  EXPECT_EQ(address.house, "123");
  EXPECT_EQ(address.pre_directional, "N");
  EXPECT_EQ(address.street, "MAIN");
  EXPECT_EQ(address.street_type, "ST");
  EXPECT_EQ(address.post_directional, "NW");
  EXPECT_EQ(address.unit_type, "APT");
  EXPECT_EQ(address.unit, "4B");
  EXPECT_EQ(address_text(address), "123 N MAIN ST NW APT 4B");
  EXPECT_EQ(house_key(address), "123|N|MAIN|ST|NW");
}

TEST(Address, OneKeyHoweverItIsWritten) {
  expect_one_key({"123 N MAIN ST APT 4", "123  N  MAIN  ST  #4", "123 North Main Street, Apt. 4",
                  "123 N. Main St. Unit 4", "123 n main str apt4", "123 NO MAIN ST # 4",
                  "123 N MAIN ST APT #4", "#123 N MAIN ST #APT 4", "123 N MAIN ST STE 004",
                  "123 N MAIN ST 4", "00123 N MAIN ST LOT 4"},
                 "123|N|MAIN|ST||4");
  expect_one_key({"12 SW 52ND AVE", "12   SW  52Nd Ave", "12 Southwest 52nd Avenue",
                  "12 S W 52 AVE", "12 South West Fifty-Second Av", "12 SW 52TH AVE"},
                 "12|SW|52ND|AVE|");
  expect_one_key({"4 FIFTH AVE", "4 5th Ave", "4 5 AVENUE"}, "4||5TH|AVE|");
  expect_one_key({"7 OAK #RD", "7 OAK RD", "7 Oak   Road"}, "7||OAK|RD|");
  expect_one_key({"9 ST JOHNS AVE", "9 Saint John's Avenue", "9 St. Johns Ave"},
                 "9||ST JOHNS|AVE|");
  expect_one_key({"3 DR MARTIN LUTHER KING JR BLVD", "3 MLK Blvd", "3 M.L. King Jr. Blvd",
                  "3 Martin Luther King Boulevard"},
                 "3||MARTIN LUTHER KING|BLVD|");
  expect_one_key({"9 CEDAR CREEK RD", "9 Cedar Crk Road"}, "9||CEDAR CRK|RD|");
}

TEST(Address, SecondLines) {
  EXPECT_EQ(key("123 N MAIN ST", "APT 4"), "123|N|MAIN|ST||4");
  EXPECT_EQ(key("123 N MAIN ST", "#4"), "123|N|MAIN|ST||4");
  EXPECT_EQ(key("123 N MAIN ST", ""), "123|N|MAIN|ST|");
  EXPECT_EQ(parse_address({.house = "123",
                           .house_half = "1/2",
                           .pre_directional = "N",
                           .street = "MAIN",
                           .street_type = "ST",
                           .unit = "4"}),
            parse_address("123 1/2 N MAIN ST # 4"));
}

TEST(Address, HouseNumbers) {
  EXPECT_EQ(parse_address("123 1/2 MAIN ST").house, "123 1/2");
  EXPECT_EQ(parse_address("123½ MAIN ST").house, "123 1/2");
  EXPECT_EQ(parse_address("123-A MAIN ST").house, "123A");
  EXPECT_EQ(parse_address("123A MAIN ST").house, "123A");
  EXPECT_EQ(parse_address("123 A MAIN ST").house, "123A");
  EXPECT_EQ(parse_address("123 A ST").street, "A");
  EXPECT_EQ(parse_address("100-102 MAIN ST").house, "100-102");
  EXPECT_EQ(parse_address("100/102 MAIN ST").house, "100-102");
  EXPECT_EQ(parse_address("34-12 56TH RD").house, "34-12");
  EXPECT_EQ(parse_address("N6W23001 BLUEMOUND RD").house, "N6W23001");
  EXPECT_EQ(parse_address("39.2 RIVER RD").house, "39.2");
  EXPECT_EQ(parse_address("52ND ST").house, "");
  EXPECT_EQ(parse_address("MAIN ST").house, "");
}

TEST(Address, DirectionalsThatAreNames) {
  EXPECT_EQ(key("5 NORTH ST"), "5||NORTH|ST|");
  EXPECT_EQ(key("5 N ST"), "5||N|ST|");
  EXPECT_NE(key("5 N ST"), key("5 NORTH ST"));
  EXPECT_EQ(key("5 W ST NW"), "5||W|ST|NW");
  EXPECT_EQ(key("5 N WEST ST"), "5|N|WEST|ST|");
  EXPECT_EQ(key("5 E 5TH"), "5|E|5TH||");
  EXPECT_EQ(key("5 AVENUE N"), "5||AVE N||");
  EXPECT_EQ(key("5 MAIN ST N"), "5||MAIN|ST|N");
  EXPECT_EQ(key("5 5TH AVE N E"), "5||5TH|AVE|NE");
  EXPECT_EQ(key("5 BROADWAY NORTH"), "5||BROADWAY||N");
}

TEST(Address, TypesThatAreNames) {
  EXPECT_EQ(key("5 PARK PL"), "5||PARK|PL|");
  EXPECT_EQ(key("5 COURT ST"), "5||CT|ST|");
  EXPECT_EQ(key("5 AVENUE A"), "5||AVE A||");
  EXPECT_EQ(key("5 THE LOOP"), "5||THE|LOOP|");
  EXPECT_EQ(key("5 BROADWAY"), "5||BROADWAY||");
  EXPECT_EQ(key("5 LOWER CREEK RD"), "5||LOWER CRK|RD|");
  EXPECT_EQ(key("5 KEY WEST DR"), "5||KY W|DR|");
}

TEST(Address, Highways) {
  expect_one_key(
      {"88 US HWY 64", "88 U.S. Highway 64", "88 US 64", "88 US 64 HWY", "88 U S HIGHWAY 64"},
      "88||US HWY 64||");
  expect_one_key({"88 NC HWY 55 W", "88 NC 55 WEST", "88 NC 55 HWY W", "88 STATE ROAD 55 W",
                  "88 Ohio Route 55 W", "88 SR 55 W"},
                 "88||STATE HWY 55||W");
  expect_one_key({"88 COUNTY ROAD 12", "88 CR 12", "88 Co Rd 12"}, "88||COUNTY RD 12||");
  expect_one_key({"88 HWY 9", "88 Route 9", "88 RT 9"}, "88||HWY 9||");
  EXPECT_EQ(key("88 OLD US 1 HWY"), "88||OLD US HWY 1||");
  EXPECT_EQ(key("88 INTERSTATE 40"), key("88 I-40"));
  EXPECT_EQ(key("88 FM 1960 RD E"), "88||FM 1960||E");
  EXPECT_EQ(key("88 COUNTY ROAD 12 APT 3"), "88||COUNTY RD 12|||3");
  EXPECT_EQ(key("88 OAK RD 3"), "88||OAK|RD||3");
}

TEST(Address, Units) {
  EXPECT_EQ(key("5 MAIN ST BLDG 3 APT 4"), "5||MAIN|ST||B3|4");
  EXPECT_EQ(key("5 MAIN ST APT 4 BUILDING 3"), "5||MAIN|ST||B3|4");
  EXPECT_EQ(key("5 MAIN ST 2ND FLOOR"), "5||MAIN|ST||F2");
  EXPECT_EQ(key("5 MAIN ST FL 2"), "5||MAIN|ST||F2");
  EXPECT_EQ(key("5 MAIN ST APT"), "5||MAIN|ST|");
  EXPECT_EQ(key("5 MAIN ST APT REAR"), "5||MAIN|ST||REAR");
  EXPECT_EQ(key("5 MAIN ST REAR"), "5||MAIN|ST||REAR");
  EXPECT_EQ(key("5 MAIN ST BASEMENT"), "5||MAIN|ST||BSMT");
  EXPECT_EQ(key("5 MAIN ST APT 4 B"), "5||MAIN|ST||4B");
  EXPECT_EQ(key("5 MAIN ST APT B 4"), "5||MAIN|ST||B4");
  EXPECT_EQ(key("5 MAIN ST B"), "5||MAIN|ST||B");
  EXPECT_EQ(key("5 MAIN ST E"), "5||MAIN|ST|E");
  EXPECT_EQ(key("5 MAIN ST E 4B"), "5||MAIN|ST|E|4B");
  EXPECT_EQ(key("5 MAIN ST APT E"), "5||MAIN|ST||E");
}

TEST(Address, BoxesAndRoutes) {
  for (const char* text :
       {"PO BOX 12", "P.O. Box 12", "P O BOX 012", "POB 12", "Post Office Box 12", "BOX 12",
        "P.O.BOX 12", "PO BOX # 12", "PO DRAWER 12"}) {
    EXPECT_EQ(key(text), "PO BOX|12") << text;
  }
  expect_one_key({"RR 2 BOX 15", "Rural Route 2 Box 15", "R.R. 2, Box 15", "RT 2 BOX 15",
                  "RFD 2 BOX 15", "Route # 2 Box # 15"},
                 "RR|2|15");
  expect_one_key({"HC 68 BOX 23A", "HCR 68 Box 23-A", "Highway Contract Route 68 Box 23 A"},
                 "HC|68|23A");
  EXPECT_EQ(key("PSC 802 BOX 74"), "PSC|802|74");
  EXPECT_EQ(key("UNIT 2050 BOX 4190"), "UNIT|2050|4190");
  EXPECT_EQ(key("CMR 1250"), "CMR|1250|");
  EXPECT_EQ(key("GENERAL DELIVERY"), "GENERAL DELIVERY");
  EXPECT_EQ(key("5 MAIN ST PO BOX 12"), "5||MAIN|ST|");
}

TEST(Address, NothingToCompare) {
  for (const char* text : {"", "  ", "REMOVED", "Confidential", "*", "ADDRESS CONFIDENTIAL", "***",
                           "#", "UNKNOWN ADDRESS", "HOMELESS"}) {
    EXPECT_EQ(parse_address(text), Address{}) << text;
    EXPECT_EQ(key(text), "") << text;
  }
}

TEST(Address, ReadInOtherLetters) { EXPECT_EQ(key("5 Calle Señor"), key("5 CALLE SENOR")); }

TEST(Zip, FormsAndFillers) {
  Zip zip;
  ASSERT_TRUE(parse_zip_to("27601", zip));
  EXPECT_EQ(zip, (Zip{27601, -1}));
  for (const char* text : {"276011234", "27601-1234", "27601 1234", " 27601-1234 "}) {
    ASSERT_TRUE(parse_zip_to(text, zip)) << text;
    EXPECT_EQ(zip, (Zip{27601, 1234})) << text;
  }
  ASSERT_TRUE(parse_zip_to("02138-0000", zip));
  EXPECT_EQ(zip_text(zip), "02138");
  ASSERT_TRUE(parse_zip_to("00501-0009", zip));
  EXPECT_EQ(zip_text(zip), "00501-0009");
  for (const char* text : {"", "2760", "276011", "2760A", "00000", "99999", "99999-9999",
                           "27601--234", "27601-123", "00000-0000", "2 7601"}) {
    Zip untouched{1, 2};
    EXPECT_FALSE(parse_zip_to(text, untouched)) << text;
    EXPECT_EQ(untouched, (Zip{1, 2})) << text;
  }
}

}  // namespace
}  // namespace hustings::normalise
