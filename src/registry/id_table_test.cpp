#include "registry/detail/id_table.h"

#include <cstdint>
#include <map>
#include <string>
#include <thread>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "base/rng.h"

namespace hustings::registry::detail {
namespace {

/// What lies in memory, what goes over to a file on its way, what is in a file from the first.
class IdTableOf : public testing::TestWithParam<std::size_t> {};

TEST_P(IdTableOf, HoldsWhatAMapHolds) {
  IdTable table(GetParam());
  std::map<std::string, std::int64_t> homes;
  Rng rng(7);
  for (std::int64_t i = 1; i <= 60'000; ++i) {
    // Of every length up to 30, some of them more than once.
    const auto number = rng.below(40'000);
    const std::string id = fmt::format("{:0{}}", number, 1 + number % 30);
    IdTable::Place place = table.find(id_key(id));
    ASSERT_EQ(place.is_there, homes.contains(id)) << id;
    if (place.is_there) ASSERT_EQ(place.entry.home, homes[id]) << id;
    place.entry.home = homes[id] = i;
    place.entry.line = static_cast<std::uint64_t>(i);
    table.put(place);
  }
  EXPECT_EQ(table.size(), homes.size());
  EXPECT_EQ(table.is_in_memory(), GetParam() > 10'000'000);
  std::map<std::int64_t, int> seen;
  table.each([&](const IdEntry& entry) { ++seen[entry.home]; });
  ASSERT_EQ(seen.size(), homes.size());
  for (const auto& [id, home] : homes) {
    EXPECT_EQ(seen[home], 1);
    const IdTable::Place place = table.find(id_key(id));
    ASSERT_TRUE(place.is_there) << id;
    EXPECT_EQ(place.entry.home, home);
    EXPECT_EQ(place.entry.line, static_cast<std::uint64_t>(home));
  }
}

TEST_P(IdTableOf, IsReadBySeveralThreads) {
  IdTable table(GetParam());
  constexpr std::int64_t kIds = 20'000;
  for (std::int64_t i = 1; i <= kIds; ++i) {
    IdTable::Place place = table.find(id_key(std::to_string(i)));
    place.entry.home = i;
    table.put(place);
  }
  std::vector<std::int64_t> found(4);
  {
    std::vector<std::jthread> threads;
    for (std::int64_t& count : found) {
      threads.emplace_back([&] {
        for (std::int64_t i = 1; i <= kIds; ++i)
          count += table.find(id_key(std::to_string(i))).entry.home == i ? 1 : 0;
      });
    }
  }
  for (const std::int64_t count : found)
    EXPECT_EQ(count, kIds);
}

INSTANTIATE_TEST_SUITE_P(Memory, IdTableOf, testing::Values(0, 600'000, 100'000'000));

TEST(IdTable, TellsShortAndLongIdsApart) {
  EXPECT_NE(id_key(""), (std::array<std::uint64_t, 2>{}));
  EXPECT_NE(id_key(""), id_key(std::string(1, '\0')));
  EXPECT_NE(id_key("ABC"), id_key("ABCD"));
  EXPECT_NE(id_key("AA123456789012"), id_key("AA1234567890123"));
  EXPECT_NE(id_key("AA1234567890123456789"), id_key("AA1234567890123456788"));
  EXPECT_EQ(id_key("AA1234567890123456789"), id_key("AA1234567890123456789"));
}

}  // namespace
}  // namespace hustings::registry::detail
