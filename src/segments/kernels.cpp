#include "segments/kernels.h"

#include <bit>
#include <cstring>

// The sanitizers cannot run before their own start, as the choice of a clone would have to.
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define HUSTINGS_CLONES
#else
#define HUSTINGS_CLONES \
  __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#endif

namespace hustings::segments::kernels {
namespace {

// 64 rows at once: a comparison gives 64 truths, which become one word of bits (one instruction
// with AVX-512, a movemask or two with AVX2 and SSE2).
template <class T>
using Lanes = T __attribute__((ext_vector_type(64)));
using Truths = bool __attribute__((ext_vector_type(64)));

template <class T>
[[gnu::always_inline]] inline void range_loop(const T* values, T lo, T hi, std::uint64_t* out) {
  const T span = static_cast<T>(hi - lo);
  for (std::size_t word = 0; word < kBlockWords; ++word) {
    Lanes<T> lanes;
    __builtin_memcpy(&lanes, values + word * 64, sizeof lanes);
    // Unsigned: what lies below lo wraps around and is above the span.
    const Truths in = __builtin_convertvector(lanes - lo <= span, Truths);
    out[word] = __builtin_bit_cast(std::uint64_t, in);
  }
}

template <class T>
[[gnu::always_inline]] inline void table_loop(const T* values, const std::uint8_t* accept,
                                              std::uint64_t* out) {
  for (std::size_t word = 0; word < kBlockWords; ++word) {
    std::uint64_t bits = 0;
    for (std::size_t i = 0; i < 64; ++i) {
      bits |= std::uint64_t{accept[values[word * 64 + i]]} << i;
    }
    out[word] = bits;
  }
}

}  // namespace

HUSTINGS_CLONES void match_range(const std::uint8_t* values, std::uint8_t lo, std::uint8_t hi,
                                 std::uint64_t* out) {
  range_loop(values, lo, hi, out);
}
HUSTINGS_CLONES void match_range(const std::uint16_t* values, std::uint16_t lo, std::uint16_t hi,
                                 std::uint64_t* out) {
  range_loop(values, lo, hi, out);
}
HUSTINGS_CLONES void match_range(const std::uint32_t* values, std::uint32_t lo, std::uint32_t hi,
                                 std::uint64_t* out) {
  range_loop(values, lo, hi, out);
}

void match_table(const std::uint8_t* values, const std::uint8_t* accept, std::uint64_t* out) {
  table_loop(values, accept, out);
}
void match_table(const std::uint16_t* values, const std::uint8_t* accept, std::uint64_t* out) {
  table_loop(values, accept, out);
}
void match_table(const std::uint32_t* values, const std::uint8_t* accept, std::uint64_t* out) {
  table_loop(values, accept, out);
}

HUSTINGS_CLONES void and_into(std::uint64_t* accumulator, const std::uint64_t* bits) {
  for (std::size_t i = 0; i < kBlockWords; ++i)
    accumulator[i] &= bits[i];
}
HUSTINGS_CLONES void or_into(std::uint64_t* accumulator, const std::uint64_t* bits) {
  for (std::size_t i = 0; i < kBlockWords; ++i)
    accumulator[i] |= bits[i];
}
HUSTINGS_CLONES void invert(std::uint64_t* bits) {
  for (std::size_t i = 0; i < kBlockWords; ++i)
    bits[i] = ~bits[i];
}

HUSTINGS_CLONES std::uint64_t count(const std::uint64_t* bits) {
  std::uint64_t total = 0;
  for (std::size_t i = 0; i < kBlockWords; ++i) {
    total += static_cast<std::uint64_t>(std::popcount(bits[i]));
  }
  return total;
}
HUSTINGS_CLONES std::uint64_t count_and(const std::uint64_t* a, const std::uint64_t* b) {
  std::uint64_t total = 0;
  for (std::size_t i = 0; i < kBlockWords; ++i) {
    total += static_cast<std::uint64_t>(std::popcount(a[i] & b[i]));
  }
  return total;
}

HUSTINGS_CLONES ScoreSum sum_scores(const std::uint8_t* scores, const std::uint64_t* bits) {
  using Bytes = Lanes<std::uint8_t>;
  using Wide = Lanes<std::uint16_t>;
  Wide sums = 0;  // at most 64 times 100 in a lane
  ScoreSum total;
  for (std::size_t word = 0; word < kBlockWords; ++word) {
    Bytes lanes;
    __builtin_memcpy(&lanes, scores + word * 64, sizeof lanes);
    const Truths is_known = __builtin_convertvector(lanes <= std::uint8_t{100}, Truths);
    const std::uint64_t taken = bits[word] & __builtin_bit_cast(std::uint64_t, is_known);
    total.known += static_cast<std::uint64_t>(std::popcount(taken));
    const Bytes ones = __builtin_convertvector(__builtin_bit_cast(Truths, taken), Bytes);
    sums += __builtin_convertvector(lanes * ones, Wide);
  }
  total.sum = __builtin_reduce_add(__builtin_convertvector(sums, Lanes<std::uint32_t>));
  return total;
}

}  // namespace hustings::segments::kernels
