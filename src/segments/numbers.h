#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "segments/crew.h"
#include "segments/electorate.h"
#include "segments/filter.h"
#include "segments/query.h"

namespace hustings::segments {

/// The fields by which the voters of a saved segment are counted at every moment.
inline constexpr std::array kKeptGroups = {Field::state,  Field::county, Field::party,
                                           Field::gender, Field::race,   Field::status};
inline constexpr std::array kKeptScores = {Field::support_score, Field::turnout_score,
                                           Field::persuadability};

/// The numbers of one segment.
struct Numbers {
  struct Score {
    std::int64_t known = 0;  ///< voters who have one
    std::int64_t sum = 0;
    friend bool operator==(const Score&, const Score&) = default;
  };
  std::int64_t voters = 0;
  std::int64_t households = 0;
  std::int64_t with_phone = 0;
  std::array<Score, kKeptScores.size()> scores{};
  /// By the code of the category, of which those at the end may be missing where nobody has them.
  std::array<std::vector<std::int64_t>, kKeptGroups.size()> groups;

  Totals totals() const {
    return {.voters = static_cast<std::uint64_t>(voters),
            .households = static_cast<std::uint64_t>(households),
            .with_phone = static_cast<std::uint64_t>(with_phone)};
  }
};

/// What of a row goes into the numbers.
struct RowValues {
  bool has_phone = false;
  std::array<std::uint32_t, kKeptScores.size()> scores{};
  std::array<std::uint32_t, kKeptGroups.size()> codes{};
  std::uint32_t household = 0;
  friend bool operator==(const RowValues&, const RowValues&) = default;
};
RowValues values_of(const Electorate& electorate, Row row);
/// `sign` is 1 or -1. Households, which are not sums over rows, stay as they are.
void add(Numbers& numbers, const RowValues& values, std::int64_t sign);
/// All of them, households too.
void add_all(Numbers& to, const Numbers& from, std::int64_t sign);

/// Counts a condition over all voters: what a segment's numbers must be.
Numbers count_numbers(const Crew& crew, const Electorate& electorate, const Filter& filter);
/// Equal but for zeros at the ends of the groups.
bool is_equal(const Numbers& a, const Numbers& b);

}  // namespace hustings::segments
