#include "registry/suppression_file.h"

#include <gtest/gtest.h>

namespace hustings::registry {
namespace {

TEST(SuppressionFile, ALineIsANumberAsPeopleWriteIt) {
  for (const char* line : {"9195550123", "(919) 555-0123", "+1 919.555.0123", "919,5550123",
                           "\"919\",\"5550123\"", "  919-555-0123\r", "919\t5550123"}) {
    EXPECT_EQ(number_of_line(line), 19195550123) << line;
  }
}

TEST(SuppressionFile, OfSeveralColumnsTheFirstNumberCounts) {
  EXPECT_EQ(number_of_line("JOHN SMITH,\"(919) 555-0123\",NC"), 19195550123);
  EXPECT_EQ(number_of_line("17;919-555-0123;2026-11-01"), 19195550123);
}

TEST(SuppressionFile, NumbersAreReadAsTheyAreDialledAtHome) {
  EXPECT_EQ(number_of_line("020 7946 0958", "GB"), 442079460958);
  EXPECT_EQ(number_of_line("SMITH;07400 123456;17", "GB"), 447400123456);
  EXPECT_EQ(number_of_line("0664 1234567", "AT"), 436641234567);
  EXPECT_EQ(number_of_line("30123456", "DE"), 4930123456) << "the trunk 0 was lost in a table";
  EXPECT_EQ(number_of_line("30123456;0151 23456789", "DE"), 4915123456789) << "the first is an id";
  EXPECT_EQ(number_of_line("+1 919 555 0123", "GB"), 19195550123);
  EXPECT_EQ(number_of_line("020 7946 0958"), std::nullopt);
}

TEST(SuppressionFile, WhatIsNoNumberIsNone) {
  for (const char* line : {"", "number", "12", "0000000000", "5550123", ",,,", "\"\""}) {
    EXPECT_EQ(number_of_line(line), std::nullopt) << line;
  }
}

}  // namespace
}  // namespace hustings::registry
