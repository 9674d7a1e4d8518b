#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "base/error.h"
#include "segments/column.h"
#include "segments/crew.h"
#include "segments/filter.h"

/// What can be asked of the rows that match: counts, sums, groups, quantiles, overlaps. All exact.
namespace hustings::segments {

/// Who works, how, on how many rows.
struct Scan {
  const Crew* crew;
  Filter::Method method;
  std::size_t rows;
};

std::uint64_t count_rows(const Scan& scan, const Filter& filter);
/// Of each filter how many rows, in one pass.
std::vector<std::uint64_t> count_each(const Scan& scan, std::span<const Filter> filters);
/// How many rows are left after the first filter, the first two, and so on.
std::vector<std::uint64_t> funnel(const Scan& scan, std::span<const Filter> steps);

/// What is summed: a column, or the product of two.
struct Measure {
  Column value;
  std::optional<Column> times;
};
/// Groups go by a column whose values are below `values`.
struct GroupKey {
  Column column;
  std::uint32_t values;
};
inline constexpr std::size_t kGroupKeysMax = 3;
inline constexpr std::size_t kGroupCellsMax = 4'000'000;
inline constexpr std::size_t kMeasuresMax = 8;

/// A cell for each combination of the keys' values, the last key running fastest.
struct Groups {
  std::vector<std::uint32_t> sizes;  ///< values of each key
  std::vector<std::uint64_t> counts;
  std::vector<std::vector<std::uint64_t>> sums;  ///< by measure, by cell

  std::optional<double> mean(std::size_t measure, std::size_t cell) const {
    if (counts[cell] == 0) return std::nullopt;
    return static_cast<double>(sums[measure][cell]) / static_cast<double>(counts[cell]);
  }
};
/// Counts and sums by one to three keys; with none, of all rows that match. Refuses (over_limit)
/// more cells than kGroupCellsMax, (invalid) more keys or measures than there may be.
Result<Groups> group_by(const Scan& scan, const Filter& filter, std::span<const GroupKey> keys,
                        std::span<const Measure> measures);
/// The same for a caller who has seen to the limits.
Groups group_dense(const Scan& scan, const Filter& filter, std::span<const GroupKey> keys,
                   std::span<const Measure> measures);

/// The cells with the greatest sums of a measure, the smaller cell first where they are equal;
/// empty cells are left out.
std::vector<std::uint32_t> top_cells(const Groups& groups, std::size_t measure, std::size_t most);

/// For each value of the key, how many rows have each value 0 … 255 of a column, which has none
/// above that: from it come exact quantiles.
struct Histograms {
  std::vector<std::array<std::uint64_t, 256>> by_group;
  /// The smallest value that at least `share` of the group's rows do not exceed (SQL's
  /// percentile_disc); nothing for an empty group.
  std::optional<std::uint32_t> quantile(std::size_t group, double share) const;
};
Histograms histograms(const Scan& scan, const Filter& filter, const GroupKey& key,
                      const Column& values);

inline constexpr std::size_t kOverlapMax = 64;
/// How many rows match both of two filters, for all pairs: place [a * n + b], symmetric; on the
/// diagonal the filters' own counts. At most kOverlapMax filters.
std::vector<std::uint64_t> overlaps(const Scan& scan, std::span<const Filter> filters);

/// How many rows match exactly those filters that `mask` names (bit s: filter s), ascending; rows
/// that match none are mask 0. At most kOverlapMax filters.
struct MaskCount {
  std::uint64_t mask;
  std::uint64_t count;
  friend bool operator==(const MaskCount&, const MaskCount&) = default;
};
std::vector<MaskCount> mask_counts(const Scan& scan, std::span<const Filter> filters);

}  // namespace hustings::segments
