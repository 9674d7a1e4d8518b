#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace hustings::segments {

/// A voter's place in the columns, from 0. Stable until the electorate is loaded again.
using Row = std::uint32_t;

/// Everything is stored, matched and skipped in blocks of this many rows: 64 words of bits, and a
/// byte column's block is one page.
inline constexpr std::size_t kBlockRows = 4096;
inline constexpr std::size_t kBlockWords = kBlockRows / 64;

/// Which rows of one block match.
struct alignas(64) BlockBits : std::array<std::uint64_t, kBlockWords> {};

constexpr std::size_t blocks_of(std::size_t rows) { return (rows + kBlockRows - 1) / kBlockRows; }

/// How many rows of a block there are in a table of `rows`.
constexpr std::size_t rows_in_block(std::size_t rows, std::size_t block) {
  const std::size_t left = rows - block * kBlockRows;
  return left < kBlockRows ? left : kBlockRows;
}

}  // namespace hustings::segments
