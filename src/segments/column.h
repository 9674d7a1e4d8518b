#pragma once

#include <algorithm>
#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <variant>
#include <vector>

#include "segments/bitmap.h"

namespace hustings::segments {

/// One unsigned number a row, whole blocks, with the least and greatest value of each block, so
/// that a block in which nothing or everything matches is not read. The bounds only widen under
/// updates.
template <class T>
class Column {
 public:
  using Value = T;
  struct Zone {
    T least = std::numeric_limits<T>::max();
    T most = 0;
  };

  void grow(std::size_t rows, T initial) {
    values_.resize(blocks_of(rows) * kBlockRows, initial);
    zones_.resize(blocks_of(rows));
  }
  std::size_t rows() const { return values_.size(); }  ///< whole blocks
  T get(Row row) const { return values_[row]; }
  void set(Row row, T value) {
    values_[row] = value;
    Zone& zone = zones_[row / kBlockRows];
    zone.least = std::min(zone.least, value);
    zone.most = std::max(zone.most, value);
  }
  const T* block(std::size_t index) const { return &values_[index * kBlockRows]; }
  Zone zone(std::size_t index) const { return zones_[index]; }

  /// Row i becomes what row order[i] was.
  void reorder(std::span<const Row> order) {
    std::vector<T> values(values_.size());
    std::ranges::fill(zones_, Zone{});
    values_.swap(values);
    for (std::size_t i = 0; i < order.size(); ++i)
      set(static_cast<Row>(i), values[order[i]]);
  }
  /// Each value becomes map[value]; for codes that get a new numbering.
  void recode(std::span<const std::uint32_t> map, std::size_t rows) {
    std::ranges::fill(zones_, Zone{});
    for (std::size_t i = 0; i < rows; ++i) {
      set(static_cast<Row>(i), static_cast<T>(map[values_[i]]));
    }
  }
  std::size_t bytes() const { return values_.size() * sizeof(T) + zones_.size() * sizeof(Zone); }

 private:
  std::vector<T> values_;
  std::vector<Zone> zones_;
};

/// A code for each different text, in order of arrival; 0 stands for "unknown".
class Dictionary {
 public:
  static constexpr std::uint32_t kUnknown = 0;

  Dictionary() : texts_(1) {}
  /// The code of a text, 0 if it was never seen.
  std::uint32_t find(std::string_view text) const;
  /// The code of a text, which is given one if need be. The empty text is unknown.
  std::uint32_t add(std::string_view text);
  const std::string& text(std::uint32_t code) const { return texts_[code]; }
  std::uint32_t size() const { return static_cast<std::uint32_t>(texts_.size()); }
  /// Numbers the codes in the order of the texts; answers with new code by old code.
  std::vector<std::uint32_t> sort();

 private:
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const {
      return std::hash<std::string_view>{}(text);
    }
  };
  std::vector<std::string> texts_;
  std::unordered_map<std::string, std::uint32_t, Hash, std::equal_to<>> codes_;
};

/// One text of a dictionary a row, as a code of one, two or four bytes: as few as will do.
class CategoryColumn {
 public:
  using Codes = std::variant<Column<std::uint8_t>, Column<std::uint16_t>, Column<std::uint32_t>>;

  void grow(std::size_t rows);
  void set(Row row, std::string_view text);
  const std::string& text(Row row) const { return dictionary_.text(code(row)); }
  std::uint32_t code(Row row) const;
  const Dictionary& dictionary() const { return dictionary_; }
  const Codes& codes() const { return codes_; }

  /// Renumbers so that neighbours in the alphabet are neighbours in code.
  void sort_dictionary();
  void reorder(std::span<const Row> order);
  std::size_t bytes() const;

 private:
  void widen();

  std::size_t rows_ = 0;  ///< that were set
  Dictionary dictionary_;
  Codes codes_;
};

}  // namespace hustings::segments
