#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "segments/aggregate.h"
#include "segments/column.h"
#include "segments/history.h"
#include "segments/kernels.h"

namespace hustings::segments {

/// A segment whose numbers are kept up to date by what changes: in each of these columns the
/// voter's value lies in one of the ranges (both ends included). A rule with "or" between
/// different columns is not of this kind and has to be counted anew instead.
struct Registration {
  using Ranges = std::vector<std::pair<std::uint32_t, std::uint32_t>>;
  struct Accepted {
    std::size_t column;
    Ranges ranges;
    friend bool operator==(const Accepted&, const Accepted&) = default;
  };
  std::vector<Accepted> all;
};

/// What is kept of every registered segment, besides its count.
struct Tracked {
  /// Sums of a column, or of the product of two.
  struct Sum {
    std::size_t value;
    std::optional<std::size_t> times;
  };
  std::vector<Sum> sums;
  /// Counts by the values of a column, which are below `values`.
  struct By {
    std::size_t column;
    std::uint32_t values;
  };
  std::optional<By> by;
};

/// The numbers of one segment.
struct Registered {
  std::int64_t count = 0;
  std::vector<std::int64_t> sums;
  std::vector<std::int64_t> by;  ///< by value
  friend bool operator==(const Registered&, const Registered&) = default;
};

/// Changes to some columns of some rows, in order.
class Changes {
 public:
  struct Cell {
    std::uint32_t column;
    std::uint32_t value;
  };
  void add(Row row, std::span<const Cell> cells) {
    rows_.push_back(
        {row, static_cast<std::uint32_t>(cells_.size()), static_cast<std::uint32_t>(cells.size())});
    cells_.insert(cells_.end(), cells.begin(), cells.end());
  }
  void clear() {
    rows_.clear();
    cells_.clear();
  }
  std::size_t size() const { return rows_.size(); }

 private:
  friend class RegisteredSegments;
  struct OfRow {
    Row row;
    std::uint32_t first;
    std::uint32_t count;
  };
  std::vector<OfRow> rows_;
  std::vector<Cell> cells_;
};

/// The numbers of many segments, kept by difference: each column has for each of its values a bit
/// for every segment that accepts it, so a voter's segments are the intersection over the columns,
/// before and after the change (docs: the transposed tables of publish-subscribe systems, as in Le
/// Subscribe, SIGMOD 2001). One writer.
class RegisteredSegments {
 public:
  RegisteredSegments(std::vector<Registration> registrations, Tracked tracked);

  std::size_t size() const { return registrations_.size(); }
  /// The condition of a segment on these columns.
  Filter filter(std::size_t segment, std::span<const Column> columns) const;
  /// Counts one segment over all rows: what its numbers must be.
  Registered recount(const Scan& scan, std::span<const Column> columns, std::size_t segment) const;
  /// Counts all of them, as a start.
  void count_all(const Scan& scan, std::span<const Column> columns);
  /// Changes the columns, and the numbers with them.
  void apply(std::span<Column> columns, const Changes& changes);

  /// Which segments a row is in, without their numbers: a bit for each, words() words. For owners
  /// of numbers of another kind; columns by their places.
  void members(std::span<const NamedColumn> columns, Row row, std::span<std::uint64_t> out) const;
  std::size_t words() const { return words_; }

  Registered get(std::size_t segment) const;
  std::int64_t count(std::size_t segment) const { return counts_[segment]; }
  /// Memory of tables and numbers.
  std::size_t bytes() const;

 private:
  using Words = std::vector<std::uint64_t>;
  /// The values of a column fall into classes that the same segments accept.
  struct ColumnTable {
    std::size_t column;
    std::vector<std::uint32_t> starts;    ///< first values of the classes, ascending, from 0
    std::vector<std::uint32_t> class_of;  ///< by value, up to a limit
    Words accepted;                       ///< by class, a bit for each segment
    std::uint32_t find(std::uint32_t value) const;
  };
  struct Reading;

  void build_table(std::size_t column);
  const std::uint64_t* accepted(const ColumnTable& table, std::uint32_t value) const {
    return table.accepted.data() + table.find(value) * words_;
  }
  static std::vector<Changes::OfRow> ordered(const Changes& changes);
  void apply_row(std::span<Column> columns, const Changes& changes, const Changes::OfRow& row);
  void read(std::span<const Column> columns, Row row, Reading& reading, bool is_after) const;
  void add_differences(const Reading& reading, const std::uint64_t* was, const std::uint64_t* is);

  std::vector<Registration> registrations_;
  Tracked tracked_;
  const Kernels& kernels_;
  std::size_t words_;  ///< of a bit for each segment, a multiple of 8
  std::vector<ColumnTable> tables_;
  std::vector<std::int32_t> table_of_;  ///< by column; -1 for one that no segment asks about
  std::vector<std::int64_t> counts_;
  std::vector<std::vector<std::int64_t>> sums_;  ///< by sum, by segment
  std::vector<std::int64_t> by_;                 ///< by value, then segment
  // Reused from row to row.
  std::vector<const Changes::Cell*> cell_of_;  ///< by column
  std::vector<const std::uint64_t*> same_;
  std::vector<const std::uint64_t*> before_of_;
  std::vector<const std::uint64_t*> after_of_;
  Words before_;
  Words after_;
};

}  // namespace hustings::segments
