#pragma once

#include <algorithm>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "segments/bitmap.h"
#include "segments/block_store.h"

namespace hustings::segments {

/// How a block keeps its 4,096 numbers: as differences to the block's base, in as few bits as the
/// block needs. Flags take a bit; what is the same in the whole block takes nothing.
enum class Packing : std::uint8_t { constant, bit, nibble, byte, word, dword };

constexpr unsigned bits_of(Packing packing) {
  constexpr unsigned kBits[] = {0, 1, 4, 8, 16, 32};
  return kBits[static_cast<std::size_t>(packing)];
}
constexpr std::size_t bytes_of(Packing packing) { return kBlockRows / 8 * bits_of(packing); }
/// The greatest difference that fits.
constexpr std::uint32_t most_of(Packing packing) {
  return static_cast<std::uint32_t>((std::uint64_t{1} << bits_of(packing)) - 1);
}

/// One block of a column, as kernels read it. Of two rows in one byte the first 64 of each 128 rows
/// have the low halves, so that neighbours stay neighbours in a vector.
struct Block {
  const std::byte* data = nullptr;  ///< aligned to 64 bytes; nothing for a constant
  std::uint32_t base = 0;
  std::uint32_t least = 0;  ///< bounds of all values; under updates they only widen
  std::uint32_t most = 0;
  Packing packing = Packing::constant;

  bool is_constant() const { return least == most; }
  std::uint32_t get(std::size_t place) const;
};

inline std::uint32_t Block::get(std::size_t place) const {
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(data);
  switch (packing) {
    case Packing::constant:
      return base;
    case Packing::bit:
      return base + ((bytes[place / 8] >> (place % 8)) & 1U);
    case Packing::nibble:
      return base + ((bytes[place / 128 * 64 + place % 64] >> (place / 64 % 2 * 4)) & 15U);
    case Packing::byte:
      return base + bytes[place];
    case Packing::word:
      return base + reinterpret_cast<const std::uint16_t*>(data)[place];
    case Packing::dword:
      return base + reinterpret_cast<const std::uint32_t*>(data)[place];
  }
  return base;
}

/// One unsigned number of up to 32 bits a row. Copies share the blocks; only the one that the
/// store's writer holds may be changed, and a change takes a copy of the block if a version has
/// been published since it was taken (block_store.h).
class Column {
 public:
  /// Must be given a store before it can grow.
  Column() = default;
  explicit Column(BlockStore& store) : store_(&store) {}

  /// New rows are 0. Whole blocks: rows beyond the last are there, and 0.
  void grow(std::size_t rows);
  std::size_t blocks() const { return directory_ == nullptr ? 0 : directory_->slots.size(); }
  const Block& block(std::size_t index) const { return directory_->slots[index].block; }
  std::uint32_t get(Row row) const { return block(row / kBlockRows).get(row % kBlockRows); }
  bool test(Row row) const { return get(row) != 0; }
  /// True if that changed anything.
  bool set(Row row, std::uint32_t value);
  void copy_row(Row from, Row to) { set(to, get(from)); }
  void clear_row(Row row) { set(row, 0); }
  /// All rows of a block at once, packed as tightly as they allow.
  void set_block(std::size_t index, std::span<const std::uint32_t, kBlockRows> values);
  void read_block(std::size_t index, std::span<std::uint32_t, kBlockRows> values) const;
  /// Rows that are not 0.
  std::uint64_t count() const;
  /// Whether these are copies of one column with nothing changed between them.
  bool is_same(const Column& other) const { return directory_ == other.directory_; }

  /// Row i becomes what row order[i] was.
  void reorder(std::span<const Row> order);
  /// Each value becomes map[value]; for codes that get a new numbering.
  void recode(std::span<const std::uint32_t> map);
  /// What the blocks take, without what the store keeps in reserve.
  std::size_t bytes() const;

 private:
  struct Slot {
    Block block;
    std::uint64_t born = 0;
  };
  struct Directory {
    std::uint64_t born = 0;
    std::vector<Slot> slots;
  };
  Directory& writable();
  std::byte* writable(Slot& slot);
  void pack(Slot& slot, std::span<const std::uint32_t, kBlockRows> values);
  void repack(Slot& slot, std::size_t place, std::uint32_t value);

  BlockStore* store_ = nullptr;
  BlockStore::Lane lane_;
  std::shared_ptr<Directory> directory_;
};

/// One number of 64 bits a row, as two columns: ids come in runs, so the upper half takes nothing.
class IdColumn {
 public:
  IdColumn() = default;
  explicit IdColumn(BlockStore& store) : high_(store), low_(store) {}
  void grow(std::size_t rows) {
    high_.grow(rows);
    low_.grow(rows);
  }
  std::int64_t get(Row row) const {
    return static_cast<std::int64_t>((std::uint64_t{high_.get(row)} << 32) | low_.get(row));
  }
  void set(Row row, std::int64_t value) {
    high_.set(row, static_cast<std::uint32_t>(static_cast<std::uint64_t>(value) >> 32));
    low_.set(row, static_cast<std::uint32_t>(value));
  }
  void reorder(std::span<const Row> order) {
    high_.reorder(order);
    low_.reorder(order);
  }
  std::size_t bytes() const { return high_.bytes() + low_.bytes(); }

 private:
  Column high_;
  Column low_;
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

/// One text of a dictionary a row. Copies share codes and dictionary as a Column does its blocks.
class CategoryColumn {
 public:
  CategoryColumn() = default;
  explicit CategoryColumn(BlockStore& store)
      : store_(&store), codes_(store), dictionary_(std::make_shared<Dictionary>()) {}

  void grow(std::size_t rows) { codes_.grow(rows); }
  void set(Row row, std::string_view text);
  void copy_row(Row from, Row to) { codes_.copy_row(from, to); }
  void clear_row(Row row) { codes_.clear_row(row); }
  const std::string& text(Row row) const { return dictionary_->text(codes_.get(row)); }
  std::uint32_t code(Row row) const { return codes_.get(row); }
  const Dictionary& dictionary() const { return *dictionary_; }
  const Column& codes() const { return codes_; }

  /// Renumbers so that neighbours in the alphabet are neighbours in code.
  void sort_dictionary();
  void reorder(std::span<const Row> order) { codes_.reorder(order); }
  std::size_t bytes() const { return codes_.bytes(); }

 private:
  Dictionary& writable();

  BlockStore* store_ = nullptr;
  Column codes_;
  std::shared_ptr<Dictionary> dictionary_;
  std::uint64_t dictionary_born_ = 0;
};

}  // namespace hustings::segments
