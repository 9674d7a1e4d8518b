#include <algorithm>
#include <cmath>

#include "linkage/linkage.h"

namespace hustings::linkage {
namespace {

/// The odds of all candidates of each record, added in the order of the matches so that the sums
/// are the same every time. 8 bytes a row of either file.
class Competition {
 public:
  explicit Competition(const std::vector<Match>& matches) {
    for (const Match& match : matches) {
      const double odds = std::exp2(static_cast<double>(match.log_odds));
      add(left_, match.rows.left, odds);
      add(right_, match.rows.right, odds);
    }
  }
  /// With one partner at most: this pair's odds against all others of the record and none at all.
  double probability(const Match& match) const {
    const double odds = std::exp2(static_cast<double>(match.log_odds));
    const double others = std::max(left_[match.rows.left], right_[match.rows.right]) - odds;
    return odds / (1 + std::max(others, 0.0) + odds);
  }
  std::size_t left_rows() const { return left_.size(); }
  std::size_t right_rows() const { return right_.size(); }

 private:
  static void add(std::vector<double>& sums, std::uint32_t row, double odds) {
    if (row >= sums.size()) sums.resize(std::max<std::size_t>(row + 1, sums.size() * 2));
    sums[row] += odds;
  }
  std::vector<double> left_;
  std::vector<double> right_;
};

/// Indices of the matches, best first; the matches are sorted by rows, so ties go by row.
std::vector<std::uint32_t> best_first(const std::vector<Match>& matches) {
  std::vector<std::pair<float, std::uint32_t>> order;
  order.reserve(matches.size());
  for (const Match& match : matches)
    order.emplace_back(-match.log_odds, static_cast<std::uint32_t>(order.size()));
  std::sort(order.begin(), order.end());
  std::vector<std::uint32_t> indices;
  indices.reserve(order.size());
  for (const auto& [odds, index] : order)
    indices.push_back(index);
  return indices;
}

}  // namespace

double assign_one_to_one(std::vector<Match>& matches) {
  const auto by_rows = [](const Match& a, const Match& b) { return a.rows < b.rows; };
  if (!std::is_sorted(matches.begin(), matches.end(), by_rows)) {
    std::sort(matches.begin(), matches.end(), by_rows);
  }
  double expected = 0;
  std::vector<bool> left;
  std::vector<bool> right;
  {
    const Competition competition(matches);
    left.resize(competition.left_rows());
    right.resize(competition.right_rows());
    for (Match& match : matches)
      expected += match.probability = competition.probability(match);
  }
  std::vector<bool> kept(matches.size());
  for (const std::uint32_t index : best_first(matches)) {
    const RowPair rows = matches[index].rows;
    if (left[rows.left] || right[rows.right]) continue;
    left[rows.left] = right[rows.right] = kept[index] = true;
  }
  std::size_t size = 0;
  for (std::size_t i = 0; i < matches.size(); ++i) {
    if (kept[i]) matches[size++] = matches[i];
  }
  matches.resize(size);
  return expected;
}

}  // namespace hustings::linkage
