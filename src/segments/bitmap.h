#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace hustings::segments {

/// A voter's place in the columns, from 0. Stable until the electorate is loaded again.
using Row = std::uint32_t;

/// Everything is stored, matched and skipped in blocks of this many rows: 64 words of bits, and a
/// byte column's block is one page.
inline constexpr std::size_t kBlockRows = 4096;
inline constexpr std::size_t kBlockWords = kBlockRows / 64;

/// Which rows of one block match.
using BlockBits = std::array<std::uint64_t, kBlockWords>;

constexpr std::size_t blocks_of(std::size_t rows) { return (rows + kBlockRows - 1) / kBlockRows; }

/// One bit a row, whole blocks; bits beyond the last row are 0.
class Bitmap {
 public:
  void grow(std::size_t rows) { words_.resize(blocks_of(rows) * kBlockWords); }
  bool test(Row row) const { return ((words_[row / 64] >> (row % 64)) & 1) != 0; }
  /// True if that changed anything.
  bool set(Row row, bool value) {
    const std::uint64_t bit = std::uint64_t{1} << (row % 64);
    const std::uint64_t before = words_[row / 64];
    words_[row / 64] = value ? before | bit : before & ~bit;
    return words_[row / 64] != before;
  }
  const std::uint64_t* block(std::size_t index) const { return &words_[index * kBlockWords]; }
  std::uint64_t* block(std::size_t index) { return &words_[index * kBlockWords]; }
  std::size_t blocks() const { return words_.size() / kBlockWords; }
  std::uint64_t count() const {
    std::uint64_t bits = 0;
    for (const std::uint64_t word : words_)
      bits += static_cast<std::uint64_t>(std::popcount(word));
    return bits;
  }
  /// Row i becomes what row order[i] was.
  void reorder(std::span<const Row> order) {
    std::vector<std::uint64_t> words(words_.size());
    for (std::size_t i = 0; i < order.size(); ++i) {
      words[i / 64] |= std::uint64_t{test(order[i])} << (i % 64);
    }
    words_ = std::move(words);
  }
  std::size_t bytes() const { return words_.size() * sizeof(std::uint64_t); }

 private:
  std::vector<std::uint64_t> words_;
};

}  // namespace hustings::segments
