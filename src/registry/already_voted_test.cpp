#include "registry/already_voted.h"

#include <fstream>
#include <unistd.h>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace hustings::registry {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

class VotedIdsTest : public ::testing::Test {
 protected:
  ~VotedIdsTest() override { std::filesystem::remove(file_); }
  Result<VotedIds> read(std::string_view text, std::string_view column = "") {
    std::ofstream(file_, std::ios::binary) << text;
    return read_voted_ids(file_, column);
  }
  const std::filesystem::path file_ =
      std::filesystem::temp_directory_path() / ("hustings-voted-" + std::to_string(getpid()));
};

TEST_F(VotedIdsTest, AListOfIdsWithAndWithoutAHeader) {
  EXPECT_THAT(read("\xef\xbb\xbf"
                   "AA2\r\nAA1\r\n\r\nAA2\n")
                  ->ids,
              ElementsAre("AA1", "AA2"));
  EXPECT_THAT(read("Voters\nAA1\n")->ids, ElementsAre("AA1"));
  EXPECT_THAT(read("ncid\n\"AA1\"\nvtr_17\n")->ids, ElementsAre("AA1", "vtr_17"));
}

TEST_F(VotedIdsTest, ATableIsReadByTheNameOfItsColumn) {
  EXPECT_THAT(read("name,SOS_VOTERID\n\"Doe, Jo\",OH1\nRoe,OH2\n")->ids, ElementsAre("OH1", "OH2"));
  EXPECT_THAT(read("a\tb\nx\tAA1\n", "B")->ids, ElementsAre("AA1"));
  const auto shortened = read("name;id\nDoe\nRoe;7\n");
  EXPECT_THAT(shortened->ids, ElementsAre("7"));
  EXPECT_EQ(shortened->lines, 2);
}

TEST_F(VotedIdsTest, OfNorthCarolinasFileOnlyAcceptedBallotsCount) {
  const auto read_file = read(
      "\"county_desc\",\"ncid\",\"ballot_rtn_status\"\n"
      "\"WAKE\",\"AA1\",\"ACCEPTED\"\n\"WAKE\",\"AA2\",\"\"\n\"WAKE\",\"AA3\",\"SPOILED\"\n"
      "\"WAKE\",\"AA4\",\"ACCEPTED - CURED\"\n");
  EXPECT_THAT(read_file->ids, ElementsAre("AA1", "AA4"));
  EXPECT_EQ(read_file->left_out, 2);
  EXPECT_EQ(read_file->lines, 4);
}

TEST_F(VotedIdsTest, WhatIsNoSuchFileIsRefusedInASentence) {
  EXPECT_THAT(read("name,town\nJo,Cary\n").error().sentence, HasSubstr("Name it"));
  EXPECT_THAT(read("name,id\nJo,7\n", "ncid").error().sentence, HasSubstr("name, id"));
  EXPECT_THAT(read("ncid\n").error().sentence, HasSubstr("no voter's id"));
  EXPECT_THAT(read("").error().sentence, HasSubstr("no voter's id"));
  EXPECT_EQ(read_voted_ids("/nowhere/ids.csv", "").error().code, ErrorCode::not_found);
  EXPECT_THAT(read_voted_ids("/tmp", "").error().sentence, HasSubstr("folder"));
}

}  // namespace
}  // namespace hustings::registry
