#include "ingest/kept_rows.h"

#include <array>

#include <gtest/gtest.h>

#include "ingest/raw_load.h"

namespace hustings::ingest {
namespace {

const std::vector<std::string> kNames = {"O'NEAL"};

TEST(NamesPerson, AnIdCountsAsAWordOfItsOwnAndWithAName) {
  EXPECT_TRUE(names_person("AA1\tO'Neal\tAda", "AA1", kNames));
  EXPECT_TRUE(names_person("\"o'neal\",\"AA1\"", "AA1", kNames));
  EXPECT_FALSE(names_person("AA12\tO'NEAL", "AA1", kNames)) << "another id";
  EXPECT_FALSE(names_person("BAA1\tO'NEAL", "AA1", kNames));
  EXPECT_FALSE(names_person("AA1\tSMITH", "AA1", kNames)) << "a house number may be like an id";
  EXPECT_FALSE(names_person("AA1\tO'NEAL", "", kNames));
  EXPECT_FALSE(names_person("AA1\tO'NEAL", "AA1", {}));
}

TEST(NamesPerson, HoweverTheFileWritesTheName) {
  const std::vector<std::string> nunez = {"NÚÑEZ"};
  EXPECT_TRUE(names_person("AA1\tNúñez\tAda", "AA1", nunez));
  EXPECT_FALSE(names_person("AA1\tNunes\tAda", "AA1", nunez));
  EXPECT_TRUE(names_person("AA1\tDe  La Cruz", "AA1", std::vector<std::string>{"DE LA CRUZ"}));
  EXPECT_TRUE(names_person("AA1,\"O\"\"Neal\"", "AA1", kNames));
  EXPECT_FALSE(names_person("AA1\tSMITH", "AA1", std::vector<std::string>{"*"}));
}

TEST(AnyField, WhateverStandsBetween) {
  const auto is_id = [](std::string_view field) { return field == "AA1"; };
  for (const char* row : {"AA1", "1\tAA1\t2", "1, AA1 ,2", "1|AA1", "\"1\";\"AA1\""})
    EXPECT_TRUE(any_field(row, is_id)) << row;
  for (const char* row : {"", "AA1 MAIN ST", "AA12", ",,"})
    EXPECT_FALSE(any_field(row, is_id)) << row;
}

std::string blanked(std::string lines, std::vector<std::int64_t> numbers) {
  blank_lines(lines, 10, numbers);
  return lines;
}

TEST(BlankLines, KeepTheNumbersOfTheOthers) {
  EXPECT_EQ(blanked("a\nb\r\nc\n", {11}), "a\n\nc\n");
  EXPECT_EQ(blanked("a\nb\nc", {10, 12}), "\nb\n");
  EXPECT_EQ(blanked("a\nb\n", {}), "a\nb\n");
  EXPECT_EQ(blanked("a\nb\n", {10, 11}), "\n\n");
  EXPECT_EQ(blanked("a\nb\n", {14}), "a\nb\n");
  EXPECT_EQ(blanked("", {10}), "");
}

TEST(Pieces, AreKeptAsTheyWere) {
  const std::string lines = "a\nb\n";
  EXPECT_EQ(raw_lines(compressed_lines(lines)), lines);
  EXPECT_EQ(raw_line(compressed_lines(lines), 1), "b");
}

}  // namespace
}  // namespace hustings::ingest
