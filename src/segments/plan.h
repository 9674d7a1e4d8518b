#pragma once

#include <cstdint>
#include <utility>
#include <variant>
#include <vector>

#include "base/clock.h"
#include "segments/bitmap.h"
#include "segments/electorate.h"
#include "segments/rule.h"

namespace hustings::segments {

/// A rule made ready for one electorate at one moment: names are resolved to columns and codes,
/// ages and "within" to bounds. Holds pointers into the electorate: use it under the same lock.
class Plan {
 public:
  /// `use_zones` = false reads every block, for tests that compare.
  Plan(const Rule& rule, const Electorate& electorate, Instant now, bool use_zones = true);

  enum class Outcome : std::uint8_t { none, all, some };
  /// Which rows of a block match; `bits` is filled for `some` only. Rows beyond the last may match:
  /// matches() masks them.
  Outcome match(std::size_t block, BlockBits& bits) const { return match_node(root_, block, bits); }
  /// The same as bits in every case, only rows that exist; false if there are none.
  bool matches(std::size_t block, BlockBits& bits) const;

 private:
  struct Node;
  struct Constant {
    bool value;
  };
  template <class T>
  struct Range {
    const Column<T>* column;
    T lo;
    T hi;
  };
  struct Codes {
    const CategoryColumn::Codes* codes;
    std::vector<std::pair<std::uint32_t, std::uint32_t>> runs;  ///< neighbours among the codes
    std::vector<std::uint8_t> accept;  ///< by code; used where there are many runs
  };
  struct AnyBit {
    std::vector<const Bitmap*> bitmaps;
  };
  struct VotesOfLast {
    struct State {
      std::uint32_t code;
      std::vector<const Bitmap*> elections;
    };
    const CategoryColumn::Codes* states;
    std::vector<State> by_state;
    std::int64_t least;
    std::int64_t most;
  };
  struct All {
    std::vector<Node> nodes;
  };
  struct Any {
    std::vector<Node> nodes;
  };
  struct None {
    std::vector<Node> nodes;  ///< exactly one
  };
  struct Node {
    std::variant<Constant, Range<std::uint8_t>, Range<std::uint16_t>, Range<std::uint32_t>, Codes,
                 AnyBit, VotesOfLast, All, Any, None>
        what;
  };

  struct Compiler;
  Outcome match_node(const Node& node, std::size_t block, BlockBits& bits) const;
  Outcome evaluate(const Constant& leaf, std::size_t block, BlockBits& bits) const;
  template <class T>
  Outcome evaluate(const Range<T>& leaf, std::size_t block, BlockBits& bits) const;
  Outcome evaluate(const Codes& leaf, std::size_t block, BlockBits& bits) const;
  Outcome evaluate(const AnyBit& leaf, std::size_t block, BlockBits& bits) const;
  Outcome evaluate(const VotesOfLast& leaf, std::size_t block, BlockBits& bits) const;
  Outcome evaluate(const All& node, std::size_t block, BlockBits& bits) const;
  Outcome evaluate(const Any& node, std::size_t block, BlockBits& bits) const;
  Outcome evaluate(const None& node, std::size_t block, BlockBits& bits) const;
  template <class T>
  Outcome match_codes(const Codes& leaf, const Column<T>& column, std::size_t block,
                      BlockBits& bits) const;

  std::size_t rows_;
  bool use_zones_;
  Node root_;
};

}  // namespace hustings::segments
