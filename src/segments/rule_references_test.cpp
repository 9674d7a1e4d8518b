#include "segments/rule_references.h"

#include <map>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace hustings::segments {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

class References : public ::testing::Test {
 protected:
  /// A segment whose rule is all of these.
  void put(std::int64_t id, std::string name, std::vector<std::int64_t> of) {
    AllOf all;
    for (const std::int64_t one : of)
      all.rules.push_back(Rule{SegmentIs{SegmentId(one)}});
    all.rules.push_back(Rule{FlagIs{.field = Field::contacted, .value = true}});
    segments_[SegmentId(id)] = {
        .id = SegmentId(id), .name = std::move(name), .rule = Rule{std::move(all)}};
  }
  FindSegment find() {
    return [this](SegmentId id) {
      const auto found = segments_.find(id);
      return found == segments_.end() ? nullptr : &found->second;
    };
  }
  std::map<SegmentId, SegmentText> segments_;
};

TEST_F(References, TheRulesStandInThePlaceOfTheNames) {
  put(1, "A", {});
  put(2, "B", {1});
  const auto rule = expanded(Rule{NoneOf{{Rule{SegmentIs{SegmentId(2)}}}}}, find());
  ASSERT_TRUE(rule);
  const std::string contacted = R"({"field":"contacted","is":true})";
  EXPECT_EQ(to_json(*rule), R"({"not":{"all":[{"all":[)" + contacted + "]}," + contacted + "]}}");
  EXPECT_THAT(all_segments_of(Rule{SegmentIs{SegmentId(2)}}, find()),
              ElementsAre(SegmentId(2), SegmentId(1)));
}

TEST_F(References, ACircleIsRefusedWithItsChain) {
  put(1, "A", {2});
  put(2, "B", {3});
  put(3, "C", {});
  EXPECT_TRUE(check_references(segments_[SegmentId(1)], find()));
  SegmentText changed{.id = SegmentId(3), .name = "C", .rule = Rule{SegmentIs{SegmentId(1)}}};
  const auto circle = check_references(changed, find());
  ASSERT_FALSE(circle);
  EXPECT_EQ(circle.error().code, ErrorCode::invalid);
  EXPECT_THAT(circle.error().sentence, HasSubstr(R"("C" → "A" → "B" → "C")"));
  changed.rule = Rule{SegmentIs{SegmentId(3)}};
  const auto itself = check_references(changed, find());
  ASSERT_FALSE(itself);
  EXPECT_THAT(itself.error().sentence, HasSubstr(R"("C" → "C")"));
}

TEST_F(References, WhatIsNamedTwiceIsNoCircle) {
  put(1, "A", {});
  put(2, "B", {1});
  put(3, "C", {1, 2});
  EXPECT_TRUE(check_references(segments_[SegmentId(3)], find()));
}

TEST_F(References, WhatIsNotThereAndWhatGrowsTooLargeAreRefused) {
  const auto missing = expanded(Rule{SegmentIs{SegmentId(9)}}, find());
  ASSERT_FALSE(missing);
  EXPECT_THAT(missing.error().sentence, HasSubstr(SegmentId(9).text()));
  put(0, "0", {});
  for (int i = 1; i <= 20; ++i)
    put(i, fmt::format("{}", i), {i - 1, i - 1});  // doubles each time
  const auto large = expanded(Rule{SegmentIs{SegmentId(20)}}, find());
  ASSERT_FALSE(large);
  EXPECT_EQ(large.error().code, ErrorCode::over_limit);
}

}  // namespace
}  // namespace hustings::segments
