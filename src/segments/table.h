#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <vector>

#include "segments/block_store.h"
#include "segments/column.h"

namespace hustings::segments {

/// Columns of any schema, by their places, for one writer and any number of readers. What the
/// writer has changed is seen by nobody before it is published, and then as a whole.
class Table {
 public:
  struct Version {
    std::vector<Column> columns;
    std::size_t rows = 0;
    std::uint64_t position = 0;  ///< as the writer named it
    std::shared_ptr<const void> hold;
  };

  explicit Table(std::size_t columns) : columns_(columns, Column(store_)) { publish(0); }

  // ---- the writer's
  void grow(std::size_t rows) {
    rows_ = rows;
    for (Column& column : columns_)
      column.grow(rows);
  }
  std::size_t rows() const { return rows_; }
  Column& column(std::size_t place) { return columns_[place]; }
  std::vector<Column>& columns() { return columns_; }
  void publish(std::uint64_t position) {
    auto version = std::make_shared<Version>(columns_, rows_, position, nullptr);
    version->hold = store_.publish();
    version_.store(std::move(version));
  }
  std::size_t bytes() const {
    std::size_t total = 0;
    for (const Column& column : columns_)
      total += column.bytes();
    return total;
  }

  // ---- for every thread
  /// Never waits; shared with whoever else reads this version.
  std::shared_ptr<const Version> read() const { return version_.load(); }

 private:
  BlockStore store_;
  std::vector<Column> columns_;
  std::size_t rows_ = 0;
  std::atomic<std::shared_ptr<const Version>> version_;
};

}  // namespace hustings::segments
