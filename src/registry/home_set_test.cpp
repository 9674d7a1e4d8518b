#include "registry/home_set.h"

#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/error.h"
#include "base/rng.h"

namespace hustings::registry {
namespace {

using ::testing::ElementsAre;

std::vector<std::int64_t> all(const HomeSet& homes) {
  std::vector<std::int64_t> out;
  homes.each([&](std::int64_t home) { out.push_back(home); });
  return out;
}

TEST(HomeSet, HoldsIdsOnBothSidesOf2To32) {
  HomeSet homes;
  for (const std::int64_t home : {7L, (1L << 32) + 7, 7L, (1L << 40)})
    homes.add(home);
  EXPECT_THAT(all(homes), ElementsAre(7, (1L << 32) + 7, 1L << 40));
  EXPECT_TRUE(homes.contains(1L << 40));
  EXPECT_FALSE(homes.contains(1L << 41));
  EXPECT_FALSE(homes.contains(8));
}

TEST(HomeSet, RangesMayCrossA2To32) {
  HomeSet homes;
  homes.add_range((1L << 32) - 2, (1L << 32) + 2);
  EXPECT_THAT(all(homes), ElementsAre((1L << 32) - 2, (1L << 32) - 1, 1L << 32, (1L << 32) + 1));
  homes.add_range((1L << 32) - 1, (1L << 32) + 1);
  EXPECT_EQ(homes.size(), 4) << "what is in twice is in once";
  homes.add_range(5, 5);
  EXPECT_EQ(homes.size(), 4);
}

TEST(HomeSet, IsASet) {
  Rng rng(3);
  for (int round = 0; round < 50; ++round) {
    HomeSet a;
    HomeSet b;
    std::set<std::int64_t> in_a;
    std::set<std::int64_t> in_b;
    for (int i = 0; i < 200; ++i) {
      const auto home = static_cast<std::int64_t>(rng.below(300) + (rng.below(3) << 32));
      (rng.chance(0.5) ? a : b).add(home);
      (a.contains(home) ? in_a : in_b).insert(home);
      if (b.contains(home)) in_b.insert(home);
    }
    HomeSet either = a;
    either |= b;
    HomeSet both = a;
    both &= b;
    HomeSet only = a;
    only -= b;
    std::set<std::int64_t> expected = in_a;
    expected.insert(in_b.begin(), in_b.end());
    EXPECT_EQ(all(either), std::vector(expected.begin(), expected.end()));
    std::erase_if(expected,
                  [&](std::int64_t home) { return !in_a.contains(home) || !in_b.contains(home); });
    EXPECT_EQ(all(both), std::vector(expected.begin(), expected.end()));
    std::erase_if(in_a, [&](std::int64_t home) { return in_b.contains(home); });
    EXPECT_EQ(all(only), std::vector(in_a.begin(), in_a.end()));
    EXPECT_EQ(all(HomeSet::from_bytes(either.bytes())), all(either));
  }
}

TEST(HomeSet, ManyInARowTakeFewBytes) {
  HomeSet homes;
  homes.add_range(1L << 32, (1L << 32) + 10'000'000);
  EXPECT_EQ(homes.size(), 10'000'000);
  EXPECT_LT(homes.bytes().size(), 4000U);
}

TEST(HomeSet, DamagedBytesAreNoticed) {
  HomeSet homes;
  homes.add_range(10, 5000);
  const std::string bytes = homes.bytes();
  for (const std::size_t size : {std::size_t{0}, std::size_t{7}, bytes.size() - 1}) {
    EXPECT_THROW(HomeSet::from_bytes(bytes.substr(0, size)), Failure) << size;
  }
  EXPECT_THROW(HomeSet::from_bytes(bytes + 'x'), Failure);
}

}  // namespace
}  // namespace hustings::registry
