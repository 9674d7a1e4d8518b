#include <filesystem>
#include <fstream>
#include <sstream>

#include <gtest/gtest.h>

#include "segments/testing/rule_bytes.h"

namespace hustings::segments {
namespace {

TEST(RuleCorpus, WhatTheFuzzerStartsFromIsReadOrRefused) {
  int files = 0;
  for (const auto& entry : std::filesystem::directory_iterator(HUSTINGS_RULE_CORPUS)) {
    std::ifstream file(entry.path(), std::ios::binary);
    std::ostringstream bytes;
    bytes << file.rdbuf();
    testing::try_rule_bytes(bytes.str());
    ++files;
  }
  EXPECT_GE(files, 12);
}

}  // namespace
}  // namespace hustings::segments
