#pragma once

#include <cstdint>
#include <span>

#include "segments/bitmap.h"
#include "segments/column.h"

/// The inner loops, each over one block of kBlockRows rows. The same source is compiled for AVX-512
/// (Ice Lake, Zen 4 and newer), AVX2 and the amd64 baseline; the answers are the same bit by bit.
namespace hustings::segments {

enum class VectorPath : std::uint8_t { portable, avx2, avx512 };

struct Kernels {
  VectorPath path;
  const char* name;

  /// out[i] = lo <= value[i] <= hi.
  void (*match)(const Block& block, std::uint32_t lo, std::uint32_t hi, std::uint64_t* out);
  /// out[i] &= lo <= value[i] <= hi.
  void (*match_and)(const Block& block, std::uint32_t lo, std::uint32_t hi, std::uint64_t* out);
  /// out[i] = accept[value[i]] != 0: for sets of codes too scattered for ranges.
  void (*match_table)(const Block& block, const std::uint8_t* accept, std::uint64_t* out);

  void (*and_into)(std::uint64_t* accumulator, const std::uint64_t* bits);
  void (*or_into)(std::uint64_t* accumulator, const std::uint64_t* bits);
  void (*invert)(std::uint64_t* bits);
  bool (*any)(const std::uint64_t* bits);
  std::uint64_t (*count)(const std::uint64_t* bits);
  std::uint64_t (*count_and)(const std::uint64_t* a, const std::uint64_t* b);

  /// The values themselves, which must fit: whole blocks.
  void (*read_bytes)(const Block& block, std::uint8_t* out);
  void (*read_words)(const Block& block, std::uint16_t* out);
  void (*read_dwords)(const Block& block, std::uint32_t* out);
  /// cells[i] += (value[i] - origin) * scale; no value is below origin.
  void (*add_cells)(const Block& block, std::uint32_t origin, std::uint32_t scale,
                    std::uint16_t* cells);

  /// The sum of values over the rows in `bits`, of which words first to end are read.
  std::uint64_t (*sum_bytes)(const std::uint8_t* values, const std::uint64_t* bits,
                             std::size_t first, std::size_t end);
  /// The sum of a[i] * b[i], b up to 127.
  std::uint64_t (*dot)(const std::uint8_t* a, const std::uint8_t* b, const std::uint64_t* bits,
                       std::size_t first, std::size_t end);
  struct Three {
    const std::uint8_t* a;
    const std::uint8_t* b;
    const std::uint8_t* c;
    const std::uint64_t* bits;
    const std::uint64_t* mask;
    std::size_t first;
    std::size_t end;
  };
  /// Of the rows in both `bits` and `mask`: three sums, and how many they are.
  std::uint64_t (*sum_three)(const Three& of, std::uint64_t* sums);
  /// out = bits & mask for words first to end; how many rows that are.
  std::uint64_t (*and_words)(const std::uint64_t* bits, const std::uint64_t* mask,
                             std::size_t first, std::size_t end, std::uint64_t* out);

  /// counts[first | second << 8] += 1 for each two neighbours of a block; the second is below 128.
  void (*count_pairs)(const std::uint8_t* values, std::uint16_t* counts);
  /// Adds the pairs to the counts of single values (256) and clears them.
  void (*take_pairs)(std::uint16_t* pairs, std::uint64_t* counts);

  struct Packing {
    unsigned shift;
    std::uint64_t initial;
    bool is_first;
  };
  /// packed[i] = initial + (a[i] * b[i] << shift) for a block; added to what is there if it is not
  /// the first. Without b: a[i] alone.
  void (*pack)(const std::uint8_t* a, const std::uint8_t* b, const Packing& how,
               std::uint64_t* packed);
  /// out = the intersection of `count` sets of `words` words, a multiple of 8; all of them for
  /// none. `out` may be one of the sets.
  void (*intersect)(const std::uint64_t* const* sets, std::size_t count, std::size_t words,
                    std::uint64_t* out);
  /// numbers[i] += what for the bits that are in both a and b.
  void (*add_to_both)(const std::uint64_t* a, const std::uint64_t* b, std::size_t words,
                      std::int64_t what, std::int64_t* numbers);
  /// masks[i]: bit s is bit i of the s-th block of bits; `count` blocks, at most 32.
  void (*transpose)(const std::uint64_t* bits, std::size_t count, std::uint32_t* masks);
};

/// Null if this processor cannot run that path.
const Kernels* kernels_of(VectorPath path);
/// The best that this processor can run.
const Kernels& best_kernels();

}  // namespace hustings::segments
