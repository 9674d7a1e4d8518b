#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <utility>
#include <variant>
#include <vector>

#include "segments/column.h"
#include "segments/kernels.h"

namespace hustings::segments {

class EventTest;

/// A condition on the rows of columns, evaluated block by block. It shares the columns' blocks, so
/// it stays valid, and stays as of that version, as long as the version does.
class Filter {
 public:
  static Filter constant(bool value) { return Filter({Constant{value}}); }
  /// lo <= value <= hi.
  static Filter range(const Column& column, std::uint32_t lo, std::uint32_t hi);
  /// The value is one of these.
  static Filter values(const Column& column, std::vector<std::uint32_t> values);
  static Filter all(std::vector<Filter> filters);  ///< none: every row
  static Filter any(std::vector<Filter> filters);  ///< none: no row
  static Filter negation(Filter filter);
  /// How many of the columns are not 0 lies between the bounds.
  struct Bounds {
    std::int64_t least;
    std::int64_t most;
  };
  static Filter how_many(std::vector<Column> columns, Bounds bounds);
  /// On what happened to the voters (event_test.h).
  static Filter events(EventTest test);

  enum class Outcome : std::uint8_t { none, all, some };
  /// How blocks are evaluated; without zones every block is read, for tests that compare.
  struct Method {
    const Kernels* kernels = &best_kernels();
    bool use_zones = true;
  };
  /// Which rows of a block match; `bits` is filled for `some` only. Rows beyond the last may match:
  /// matches() masks them.
  Outcome match(const Method& method, std::size_t block, BlockBits& bits) const;
  /// The same as bits in every case, only of rows below `rows`; false if there are none.
  bool matches(const Method& method, std::size_t rows, std::size_t block, BlockBits& bits) const;
  /// Whether one row matches: for the few that have changed.
  bool holds(Row row) const;

  /// The values of one column that a condition accepts: ranges with both ends, ascending.
  struct Accepted {
    Column column;
    std::vector<std::pair<std::uint32_t, std::uint32_t>> ranges;
  };
  /// The condition as "and" between columns, each of which is named once: no columns accept every
  /// row, a column without ranges none. Nothing if it cannot be said so: with "or" between columns,
  /// counts over several columns, or events.
  std::optional<std::vector<Accepted>> conjunction() const;

 private:
  struct Node;
  struct Constant {
    bool value;
  };
  struct Range {
    Column column;
    std::uint32_t lo;
    std::uint32_t hi;
  };
  struct Values {
    Column column;
    std::vector<std::pair<std::uint32_t, std::uint32_t>> runs;  ///< neighbours among the values
    std::vector<std::uint8_t> accept;  ///< by value; used where there are many runs
  };
  struct HowMany {
    std::vector<Column> columns;
    Bounds bounds;
  };
  struct Events {
    std::shared_ptr<const EventTest> test;  ///< shared by the copies of the filter
  };
  struct All {
    std::vector<Node> nodes;
  };
  struct Any {
    std::vector<Node> nodes;
  };
  struct Not {
    std::vector<Node> nodes;  ///< exactly one
  };
  struct Node {
    std::variant<Constant, Range, Values, HowMany, Events, All, Any, Not> what;
  };
  struct Evaluation;
  struct OneRow;
  struct Conjunctions;

  explicit Filter(Node root) : root_(std::move(root)) {}
  static std::vector<Node> nodes_of(std::vector<Filter> filters);

  Node root_;
};

/// The bits of rows that exist: those below `rows`.
void mask_rows(std::size_t rows, std::size_t block, BlockBits& bits);

}  // namespace hustings::segments
