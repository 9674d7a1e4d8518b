#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/error.h"
#include "linkage/pair_scan.h"

namespace hustings::linkage {

/// A pair that may be joined, and how likely it is one person.
struct LikelyPair {
  RowPair rows;
  double probability = 0;
};

/// What people have decided: these two are one person, those two are not.
struct Decisions {
  std::vector<RowPair> links;
  std::vector<RowPair> anti_links;
};

struct Clusters {
  /// By row: the lowest row of its cluster. Equal numbers are one person.
  std::vector<std::uint32_t> of_row;
  std::size_t count = 0;
  std::size_t refused = 0;  ///< pairs not joined because of an anti-link
};

/// Groups rows 0 to `rows` - 1 into people: first by the decisions, then by the pairs, likeliest
/// first, each as long as no anti-link forbids it. Both rows of a pair count in one numbering.
/// conflict if links contradict an anti-link; the sentence names the chain by `names`
/// (row numbers if that is null). O(pairs log pairs); 12 bytes a row.
Result<Clusters> find_clusters(std::size_t rows, std::vector<LikelyPair> pairs,
                               const Decisions& decisions,
                               const std::vector<std::string>* names = nullptr);

}  // namespace hustings::linkage
