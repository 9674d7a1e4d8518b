#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "base/error.h"
#include "linkage/blocking.h"
#include "linkage/comparison.h"

namespace hustings::linkage {

/// A row of the left and one of the right file; in dedupe of one file, left < right.
struct RowPair {
  std::uint32_t left = 0;
  std::uint32_t right = 0;
  friend auto operator<=>(RowPair, RowPair) = default;
};
struct ComparedPair {
  RowPair rows;
  Pattern pattern;
};
struct PatternCount {
  Pattern pattern;
  std::uint64_t pairs = 0;
};

/// What a linkage works on.
struct Files {
  const Records& left;
  const Records* right = nullptr;  ///< null: duplicates within `left`
  const WordCounts& counts;

  const Records& other() const { return right == nullptr ? left : *right; }
  /// Of all that could be formed, compared or not.
  double all_pairs() const {
    const auto rows = static_cast<double>(left.size());
    return right == nullptr ? rows * (rows - 1) / 2 : rows * static_cast<double>(right->size());
  }
};

/// A list that grows by blocks of fixed size, so that it never moves and never holds twice its
/// size.
class PairList {
 public:
  static constexpr std::size_t kBlock = 1U << 15;
  void push(ComparedPair pair) {
    if (blocks_.empty() || blocks_.back().size() == kBlock) {
      blocks_.emplace_back();
      blocks_.back().reserve(kBlock);
    }
    blocks_.back().push_back(pair);
  }
  std::vector<std::vector<ComparedPair>>& blocks() { return blocks_; }
  const std::vector<std::vector<ComparedPair>>& blocks() const { return blocks_; }

 private:
  std::vector<std::vector<ComparedPair>> blocks_;
};

struct RuleYield {
  std::string rule;
  std::uint64_t pairs = 0;           ///< that no rule before it had found
  std::uint64_t skipped_blocks = 0;  ///< too large
};

/// Every pair that the rules bring together, once, compared. 16 bytes a pair.
struct PairScan {
  std::vector<PairList> lists;       ///< one for each thread; which pair is in which is chance
  std::vector<PatternCount> counts;  ///< sorted by pattern; the same for any number of threads
  std::vector<RuleYield> yields;     ///< one for each rule
  std::uint64_t pairs = 0;
};
/// over_limit if there would be more than `pairs_max` pairs.
Result<PairScan> scan_pairs(const Files& files, const std::vector<Rule>& rules,
                            std::uint64_t pairs_max, int threads);

}  // namespace hustings::linkage
