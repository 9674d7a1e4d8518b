#include "segments/small_cells.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

namespace hustings::segments {
namespace {

using Hidden = std::vector<bool>;

TEST(SmallCells, WhatIsLargeStays) {
  EXPECT_EQ(hidden_cells(std::vector<std::uint64_t>{10, 40, 0}, 10), (Hidden{false, false, false}));
}

TEST(SmallCells, OneSmallCellTakesTheSmallestOtherWithIt) {
  EXPECT_EQ(hidden_cells(std::vector<std::uint64_t>{500, 3, 40, 0}, 10),
            (Hidden{false, true, true, false}));
}

TEST(SmallCells, TwoSmallCellsThatAreSmallTogetherTakeAThird) {
  EXPECT_EQ(hidden_cells(std::vector<std::uint64_t>{500, 3, 4, 40}, 10),
            (Hidden{false, true, true, true}));
  EXPECT_EQ(hidden_cells(std::vector<std::uint64_t>{500, 6, 4, 40}, 10),
            (Hidden{false, true, true, false}));
}

TEST(SmallCells, WhatIsHiddenAlreadyCounts) {
  EXPECT_EQ(hidden_cells(std::vector<std::uint64_t>{50, 60, 70}, 10, {true, false, false}),
            (Hidden{true, true, false}));
}

TEST(SmallCells, APartIsHiddenWithASmallRestToo) {
  EXPECT_TRUE(is_hidden_part(9, 100, 10));
  EXPECT_TRUE(is_hidden_part(95, 100, 10));
  EXPECT_FALSE(is_hidden_part(0, 100, 10));
  EXPECT_FALSE(is_hidden_part(100, 100, 10));
  EXPECT_FALSE(is_hidden_part(50, 100, 10));
}

/// Whoever knows the sum and the shown cells knows of no hidden one what it is.
TEST(SmallCells, NoHiddenCellFollowsFromTheSum) {
  EXPECT_TRUE(rc::check([] {
    const auto counts =
        *rc::gen::container<std::vector<std::uint64_t>>(rc::gen::inRange<std::uint64_t>(0, 60));
    const auto least = *rc::gen::inRange<std::uint64_t>(1, 30);
    const Hidden hidden = hidden_cells(counts, least);
    std::uint64_t sum = 0;
    std::size_t number = 0;
    bool is_all = true;
    for (std::size_t i = 0; i < counts.size(); ++i) {
      if (counts[i] > 0 && counts[i] < least) RC_ASSERT(hidden[i]);
      if (counts[i] == 0) RC_ASSERT(!hidden[i]);
      if (hidden[i]) {
        sum += counts[i];
        ++number;
      } else {
        is_all = is_all && counts[i] == 0;
      }
    }
    RC_ASSERT(number == 0 || is_all || (number >= 2 && sum >= least));
  }));
}

}  // namespace
}  // namespace hustings::segments
