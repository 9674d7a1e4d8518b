#include "make_people/phones.h"

#include <algorithm>
#include <vector>

#include <gtest/gtest.h>

namespace hustings::people {
namespace {

std::vector<std::uint64_t> all_numbers(std::uint64_t voters) {
  const Places places(voters, Format(Layout::nc_2026_02, true, false));
  const PhoneBook book(places);
  std::vector<std::uint64_t> numbers;
  for (int i = 0; i < kRegions; ++i) {
    const auto region = static_cast<Region>(i);
    const auto slots = static_cast<std::uint64_t>(kHomeSlotsPerRow *
                                                  static_cast<double>(places.region_rows(region)));
    for (std::uint64_t slot = 0; slot < slots; ++slot)
      numbers.push_back(book.home(region, slot));
  }
  const auto moved = static_cast<std::uint64_t>(kMovedSlotsPerRow * static_cast<double>(voters));
  for (std::uint64_t slot = 0; slot < moved; ++slot)
    numbers.push_back(book.moved(slot));
  return numbers;
}

// Four million rows need more numbers than the state's area codes have.
TEST(PhoneBook, NumbersDifferEvenWhenTheStatesOwnRunOut) {
  std::vector<std::uint64_t> numbers = all_numbers(4'000'000);
  const std::size_t count = numbers.size();
  EXPECT_GT(count, 1'900'000u);
  std::ranges::sort(numbers);
  numbers.erase(std::ranges::unique(numbers).begin(), numbers.end());
  EXPECT_EQ(numbers.size(), count);
  EXPECT_TRUE(std::ranges::all_of(numbers, [](std::uint64_t number) {
    const std::uint64_t area = number / 10'000'000, exchange = number / 10'000 % 1000;
    return area >= 201 && area <= 999 &&
           (exchange == 555 || exchange == 958 || exchange == 959 || exchange == 950);
  }));
}

TEST(PhoneBook, SmallElectoratesHaveTheFictitiousExchangeOnly) {
  for (std::uint64_t number : all_numbers(150'000)) {
    EXPECT_EQ(number / 10'000 % 1000, 555u) << number;
    EXPECT_NE(number % 10'000, 1212u);
  }
}

}  // namespace
}  // namespace hustings::people
