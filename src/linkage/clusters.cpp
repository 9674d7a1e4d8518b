#include "linkage/clusters.h"

#include <algorithm>
#include <numeric>
#include <unordered_map>

#include "base/text.h"

namespace hustings::linkage {
namespace {

/// Union-find (Tarjan 1975) whose sets know which other sets they may not join.
class Groups {
 public:
  explicit Groups(std::size_t rows) : parent_(rows) {
    std::iota(parent_.begin(), parent_.end(), 0U);
  }

  std::uint32_t find(std::uint32_t row) {
    while (parent_[row] != row)
      row = parent_[row] = parent_[parent_[row]];
    return row;
  }

  /// False if an anti-link stands between the two.
  bool join(std::uint32_t a, std::uint32_t b) {
    a = find(a);
    b = find(b);
    if (a == b) return true;
    if (are_apart(a, b)) return false;
    const auto [low, high] = std::minmax(a, b);
    parent_[high] = low;
    const auto moved = apart_.find(high);
    if (moved != apart_.end()) {
      auto rows = std::move(moved->second);
      apart_.erase(moved);
      auto& kept = apart_[low];
      kept.insert(kept.end(), rows.begin(), rows.end());
    }
    return true;
  }

  void keep_apart(std::uint32_t a, std::uint32_t b) {
    apart_[find(a)].push_back(b);
    apart_[find(b)].push_back(a);
  }

 private:
  bool are_apart(std::uint32_t a, std::uint32_t b) {
    const auto of_a = apart_.find(a);
    if (of_a == apart_.end()) return false;
    return std::any_of(of_a->second.begin(), of_a->second.end(),
                       [&](std::uint32_t row) { return find(row) == b; });
  }

  std::vector<std::uint32_t> parent_;
  std::unordered_map<std::uint32_t, std::vector<std::uint32_t>> apart_;
};

/// The shortest way from one row to another over links: "a = b = c".
std::string chain(const std::vector<RowPair>& links, RowPair ends,
                  const std::vector<std::string>* names) {
  std::unordered_map<std::uint32_t, std::vector<std::uint32_t>> next;
  for (const RowPair& link : links) {
    next[link.left].push_back(link.right);
    next[link.right].push_back(link.left);
  }
  std::unordered_map<std::uint32_t, std::uint32_t> came_from = {{ends.right, ends.right}};
  std::vector<std::uint32_t> queue = {ends.right};
  for (std::size_t i = 0; i < queue.size() && !came_from.contains(ends.left); ++i) {
    for (const std::uint32_t row : next[queue[i]]) {
      if (came_from.emplace(row, queue[i]).second) queue.push_back(row);
    }
  }
  std::vector<std::string> parts;
  for (std::uint32_t row = ends.left;; row = came_from.at(row)) {
    parts.push_back(names == nullptr ? std::to_string(row) : (*names)[row]);
    if (row == ends.right) break;
  }
  return join(parts, " = ");
}

Clusters numbered(Groups& groups, std::size_t rows) {
  Clusters clusters;
  clusters.of_row.resize(rows);
  for (std::uint32_t row = 0; row < rows; ++row) {
    clusters.of_row[row] = groups.find(row);  // the lowest of the set is its root
    if (clusters.of_row[row] == row) ++clusters.count;
  }
  return clusters;
}

}  // namespace

Result<Clusters> find_clusters(std::size_t rows, std::vector<LikelyPair> pairs,
                               const Decisions& decisions, const std::vector<std::string>* names) {
  Groups groups(rows);
  for (const RowPair& link : decisions.links)
    groups.join(link.left, link.right);
  for (const RowPair& apart : decisions.anti_links) {
    if (groups.find(apart.left) == groups.find(apart.right)) {
      return refuse(ErrorCode::conflict,
                    "Two records are marked as different people, but links make them one: " +
                        chain(decisions.links, apart, names) +
                        ". Take back one of the links, or the mark.");
    }
  }
  for (const RowPair& apart : decisions.anti_links)
    groups.keep_apart(apart.left, apart.right);
  std::sort(pairs.begin(), pairs.end(), [](const LikelyPair& a, const LikelyPair& b) {
    return a.probability != b.probability ? a.probability > b.probability : a.rows < b.rows;
  });
  std::size_t refused = 0;
  for (const LikelyPair& pair : pairs) {
    if (!groups.join(pair.rows.left, pair.rows.right)) ++refused;
  }
  Clusters clusters = numbered(groups, rows);
  clusters.refused = refused;
  return clusters;
}

}  // namespace hustings::linkage
