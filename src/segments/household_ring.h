#pragma once

#include <cstdint>
#include <vector>

#include "segments/electorate.h"

namespace hustings::segments {

/// Which rows share a household: each row knows the next one of its household, in a circle. Four
/// bytes a voter and four a household. One thread at a time.
class HouseholdRing {
 public:
  void build(const Electorate& electorate) {
    next_.clear();
    some_.clear();
    std::vector<std::uint32_t> numbers(kBlockRows);
    for (std::size_t block = 0; block < electorate.blocks(); ++block) {
      electorate.household_numbers().read_block(
          block, std::span<std::uint32_t, kBlockRows>(numbers.data(), kBlockRows));
      const std::size_t rows = rows_in_block(electorate.rows(), block);
      for (std::size_t place = 0; place < rows; ++place)
        join(static_cast<Row>(block * kBlockRows + place), numbers[place]);
    }
  }

  /// A row that is in no household.
  void join(Row row, std::uint32_t household) {
    if (row >= next_.size()) next_.resize(row + std::size_t{1}, kNone);
    if (household >= some_.size()) some_.resize(household + std::size_t{1}, kNone);
    Row& some = some_[household];
    if (some == kNone) {
      some = row;
      next_[row] = row;
    } else {
      next_[row] = next_[some];
      next_[some] = row;
    }
  }
  void leave(Row row, std::uint32_t household) {
    Row before = row;
    while (next_[before] != row)
      before = next_[before];
    some_[household] = before == row ? kNone : before;
    next_[before] = next_[row];
    next_[row] = kNone;
  }

  template <class Use>
  void for_each(std::uint32_t household, const Use& use) const {
    const Row first = household < some_.size() ? some_[household] : kNone;
    if (first == kNone) return;
    Row row = first;
    do {
      use(row);
      row = next_[row];
    } while (row != first);
  }
  std::size_t bytes() const { return (next_.capacity() + some_.capacity()) * sizeof(Row); }

 private:
  static constexpr Row kNone = 0xffffffff;
  std::vector<Row> next_;  ///< by row
  std::vector<Row> some_;  ///< by household number: one of its rows
};

}  // namespace hustings::segments
