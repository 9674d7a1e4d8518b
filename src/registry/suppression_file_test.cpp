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

TEST(SuppressionFile, WhatIsNoNumberIsNone) {
  for (const char* line : {"", "number", "12", "0000000000", "5550123", ",,,", "\"\""}) {
    EXPECT_EQ(number_of_line(line), std::nullopt) << line;
  }
}

}  // namespace
}  // namespace hustings::registry
