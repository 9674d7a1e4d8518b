// The source of all kernels, compiled once for each vector path (kernels_avx512.cpp and so on, with
// their own compiler options). Only plain loops, vector extensions and what is inlined without
// fail: a function of the standard library that were compiled here with AVX-512 could be the copy
// that the linker keeps for everybody.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "segments/kernels.h"

#ifdef __AVX512VBMI__
#include <immintrin.h>
#endif

#ifndef HUSTINGS_KERNELS_PATH
#define HUSTINGS_KERNELS_PATH portable
#endif
#define HUSTINGS_INLINE [[gnu::always_inline]] inline

namespace hustings::segments::kernels_for {
namespace HUSTINGS_KERNELS_PATH {
namespace {

using u8 = std::uint8_t;
using u16 = std::uint16_t;
using u32 = std::uint32_t;
using u64 = std::uint64_t;

// 64 rows at once: a comparison gives 64 truths, which become one word of bits (one instruction
// with AVX-512, a movemask or two with AVX2 and SSE2).
template <class T>
using Lanes = T __attribute__((ext_vector_type(64)));
using Truths = bool __attribute__((ext_vector_type(64)));

template <class V, class T>
HUSTINGS_INLINE V load(const T* from) {
  V lanes;
  __builtin_memcpy(&lanes, from, sizeof lanes);
  return lanes;
}

template <class V>
HUSTINGS_INLINE u64 word_of(V truths) {
  return __builtin_bit_cast(u64, __builtin_convertvector(truths, Truths));
}

/// Unsigned: what lies below lo wraps around and is above the span.
template <class T>
HUSTINGS_INLINE u64 in_range(Lanes<T> lanes, T lo, T span) {
  return word_of(lanes - lo <= span);
}
#ifndef __AVX512BW__
template <>
HUSTINGS_INLINE u64 in_range<u16>(Lanes<u16> lanes, u16 lo, u16 span) {
  return word_of(__builtin_convertvector(lanes - lo <= span, Lanes<u8>));
}
template <>
HUSTINGS_INLINE u64 in_range<u32>(Lanes<u32> lanes, u32 lo, u32 span) {
  return word_of(__builtin_convertvector(lanes - lo <= span, Lanes<u8>));
}
#endif

/// The next block of a column mostly lies behind this one (BlockStore::Lane); more columns are read
/// at once than a processor follows by itself. Elsewhere the hint does nothing.
template <class T>
HUSTINGS_INLINE void prefetch_next(const T* place, std::size_t bytes) {
  __builtin_prefetch(reinterpret_cast<const char*>(place) + bytes);
}

struct Set {
  HUSTINGS_INLINE static void put(u64* out, u64 bits) { *out = bits; }
};
struct And {
  HUSTINGS_INLINE static void put(u64* out, u64 bits) { *out &= bits; }
};

template <class Put, class T>
HUSTINGS_INLINE void range_loop(const std::byte* data, u32 lo, u32 hi, u64* out) {
  const auto* values = reinterpret_cast<const T*>(data);
  const T least = static_cast<T>(lo);
  const T span = static_cast<T>(hi - lo);
  for (std::size_t word = 0; word < kBlockWords; ++word) {
    for (std::size_t line = 0; line < sizeof(T); ++line)
      prefetch_next(values + word * 64 + line * 64 / sizeof(T), kBlockRows * sizeof(T));
    Put::put(out + word, in_range<T>(load<Lanes<T>>(values + word * 64), least, span));
  }
}

template <class Put>
HUSTINGS_INLINE void nibble_loop(const std::byte* data, u32 lo, u32 hi, u64* out) {
  const auto* bytes = reinterpret_cast<const u8*>(data);
  const u8 span = static_cast<u8>(hi - lo);
  for (std::size_t word = 0; word < kBlockWords; word += 2) {
    prefetch_next(bytes + word * 32, kBlockRows / 2);
    const auto both = load<Lanes<u8>>(bytes + word * 32);
    Put::put(out + word, in_range<u8>(both & u8{15}, static_cast<u8>(lo), span));
    Put::put(out + word + 1,
             in_range<u8>(both & u8{240}, static_cast<u8>(lo << 4), static_cast<u8>(span << 4)));
  }
}

template <class Put>
HUSTINGS_INLINE void bit_loop(const std::byte* data, u32 lo, u32 hi, u64* out) {
  const auto* words = reinterpret_cast<const u64*>(data);
  // Both values match only where the range is wider than the block, which the caller has asked.
  const u64 flip = lo == 0 && hi == 0 ? ~u64{0} : 0;
  const u64 all = lo == 0 && hi == 1 ? ~u64{0} : 0;
  for (std::size_t word = 0; word < kBlockWords; ++word) {
    if (word % 8 == 0) prefetch_next(words + word, kBlockRows / 8);
    Put::put(out + word, (words[word] ^ flip) | all);
  }
}

template <class Put>
HUSTINGS_INLINE void fill(u64* out, bool value) {
  for (std::size_t word = 0; word < kBlockWords; ++word)
    Put::put(out + word, value ? ~u64{0} : 0);
}

template <class Put>
HUSTINGS_INLINE void match_any(const Block& block, u32 lo, u32 hi, u64* out) {
  const u32 most = static_cast<u32>((u64{1} << bits_of(block.packing)) - 1);
  if (hi < block.base || hi < lo) return fill<Put>(out, false);
  lo = lo < block.base ? 0 : lo - block.base;
  hi -= block.base;
  if (lo > most) return fill<Put>(out, false);
  if (hi > most) hi = most;
  switch (block.packing) {
    case Packing::constant:
      return fill<Put>(out, true);
    case Packing::bit:
      return bit_loop<Put>(block.data, lo, hi, out);
    case Packing::nibble:
      return nibble_loop<Put>(block.data, lo, hi, out);
    case Packing::byte:
      return range_loop<Put, u8>(block.data, lo, hi, out);
    case Packing::word:
      return range_loop<Put, u16>(block.data, lo, hi, out);
    case Packing::dword:
      return range_loop<Put, u32>(block.data, lo, hi, out);
  }
}

void match(const Block& block, u32 lo, u32 hi, u64* out) { match_any<Set>(block, lo, hi, out); }
void match_and(const Block& block, u32 lo, u32 hi, u64* out) { match_any<And>(block, lo, hi, out); }

// ---- the values themselves

template <class T>
HUSTINGS_INLINE void read_nibbles(const Block& block, T* out) {
  const auto* bytes = reinterpret_cast<const u8*>(block.data);
  const T base = static_cast<T>(block.base);
  for (std::size_t word = 0; word < kBlockWords; word += 2) {
    const auto both = load<Lanes<u8>>(bytes + word * 32);
    const auto low = __builtin_convertvector(both & u8{15}, Lanes<T>) + base;
    const auto high = __builtin_convertvector(both >> u8{4}, Lanes<T>) + base;
    __builtin_memcpy(out + word * 64, &low, sizeof low);
    __builtin_memcpy(out + word * 64 + 64, &high, sizeof high);
  }
}

template <class T>
HUSTINGS_INLINE void read_bits(const Block& block, T* out) {
  const auto* words = reinterpret_cast<const u64*>(block.data);
  const T base = static_cast<T>(block.base);
  for (std::size_t word = 0; word < kBlockWords; ++word) {
    for (std::size_t i = 0; i < 64; ++i) {
      out[word * 64 + i] = static_cast<T>(base + ((words[word] >> i) & 1));
    }
  }
}

template <class T, class From>
HUSTINGS_INLINE void read_as(const Block& block, T* out) {
  const auto* values = reinterpret_cast<const From*>(block.data);
  const T base = static_cast<T>(block.base);
  for (std::size_t i = 0; i < kBlockRows; ++i)
    out[i] = static_cast<T>(static_cast<T>(values[i]) + base);
}

template <class T>
HUSTINGS_INLINE void read_any(const Block& block, T* out) {
  switch (block.packing) {
    case Packing::constant:
      for (std::size_t i = 0; i < kBlockRows; ++i)
        out[i] = static_cast<T>(block.base);
      return;
    case Packing::bit:
      return read_bits(block, out);
    case Packing::nibble:
      return read_nibbles(block, out);
    case Packing::byte:
      return read_as<T, u8>(block, out);
    case Packing::word:
      return read_as<T, u16>(block, out);
    case Packing::dword:
      return read_as<T, u32>(block, out);
  }
}

void read_bytes(const Block& block, u8* out) { read_any(block, out); }
void read_words(const Block& block, u16* out) { read_any(block, out); }
void read_dwords(const Block& block, u32* out) { read_any(block, out); }

HUSTINGS_INLINE void add_scaled(Lanes<u16> values, u16 shift, u16 scale, u16* cells) {
  const auto sum = load<Lanes<u16>>(cells) + (values + shift) * scale;
  __builtin_memcpy(cells, &sum, sizeof sum);
}

void add_cells(const Block& block, u32 origin, u32 scale32, u16* cells) {
  // All modulo 65,536: the caller sees to it that the sums fit.
  const u16 shift = static_cast<u16>(block.base - origin);
  const u16 scale = static_cast<u16>(scale32);
  if (block.packing == Packing::nibble) {
    const auto* bytes = reinterpret_cast<const u8*>(block.data);
    for (std::size_t row = 0; row < kBlockRows; row += 128) {
      const auto both = load<Lanes<u8>>(bytes + row / 2);
      add_scaled(__builtin_convertvector(both & u8{15}, Lanes<u16>), shift, scale, cells + row);
      add_scaled(__builtin_convertvector(both >> u8{4}, Lanes<u16>), shift, scale,
                 cells + row + 64);
    }
    return;
  }
  if (block.packing == Packing::byte) {
    const auto* bytes = reinterpret_cast<const u8*>(block.data);
    for (std::size_t row = 0; row < kBlockRows; row += 64) {
      add_scaled(__builtin_convertvector(load<Lanes<u8>>(bytes + row), Lanes<u16>), shift, scale,
                 cells + row);
    }
    return;
  }
  alignas(64) u16 words[kBlockRows];
  read_words(block, words);
  for (std::size_t row = 0; row < kBlockRows; row += 64) {
    add_scaled(load<Lanes<u16>>(words + row), static_cast<u16>(0 - origin), scale, cells + row);
  }
}

template <class T>
HUSTINGS_INLINE void table_loop(const std::byte* data, const u8* accept, u64* out) {
  const auto* values = reinterpret_cast<const T*>(data);
  for (std::size_t word = 0; word < kBlockWords; ++word) {
    u64 bits = 0;
    for (std::size_t i = 0; i < 64; ++i)
      bits |= u64{accept[values[word * 64 + i]] != 0} << i;
    out[word] = bits;
  }
}

void match_table(const Block& block, const u8* accept, u64* out) {
  switch (block.packing) {
    case Packing::constant:
      return fill<Set>(out, accept[block.base] != 0);
    case Packing::byte:
      return table_loop<u8>(block.data, accept + block.base, out);
    case Packing::word:
      return table_loop<u16>(block.data, accept + block.base, out);
    case Packing::dword:
      return table_loop<u32>(block.data, accept + block.base, out);
    case Packing::bit:
    case Packing::nibble:
      break;
  }
  alignas(64) u32 values[kBlockRows];
  read_dwords(block, values);
  table_loop<u32>(reinterpret_cast<const std::byte*>(values), accept, out);
}

// ---- bits

void and_into(u64* accumulator, const u64* bits) {
  for (std::size_t i = 0; i < kBlockWords; ++i)
    accumulator[i] &= bits[i];
}
void or_into(u64* accumulator, const u64* bits) {
  for (std::size_t i = 0; i < kBlockWords; ++i)
    accumulator[i] |= bits[i];
}
void invert(u64* bits) {
  for (std::size_t i = 0; i < kBlockWords; ++i)
    bits[i] = ~bits[i];
}
bool any(const u64* bits) {
  u64 all = 0;
  for (std::size_t i = 0; i < kBlockWords; ++i)
    all |= bits[i];
  return all != 0;
}
u64 count(const u64* bits) {
  u64 total = 0;
  for (std::size_t i = 0; i < kBlockWords; ++i)
    total += static_cast<u64>(__builtin_popcountll(bits[i]));
  return total;
}
u64 count_and(const u64* a, const u64* b) {
  u64 total = 0;
  for (std::size_t i = 0; i < kBlockWords; ++i)
    total += static_cast<u64>(__builtin_popcountll(a[i] & b[i]));
  return total;
}

// ---- sums

HUSTINGS_INLINE Lanes<u8> ones_of(u64 word) {
  return __builtin_convertvector(__builtin_bit_cast(Truths, word), Lanes<u8>);
}

#ifdef __AVX512VBMI__

HUSTINGS_INLINE u64 total_of(__m512i dwords) {
  return static_cast<u64>(static_cast<u32>(_mm512_reduce_add_epi32(dwords)));
}

u64 sum_bytes(const u8* values, const u64* bits, std::size_t first, std::size_t end) {
  __m512i even = _mm512_setzero_si512();
  __m512i odd = even;
  const __m512i ones = _mm512_set1_epi8(1);
  std::size_t word = first;
  for (; word + 1 < end; word += 2) {
    even = _mm512_dpbusd_epi32(even, _mm512_maskz_loadu_epi8(bits[word], values + word * 64), ones);
    odd = _mm512_dpbusd_epi32(odd, _mm512_maskz_loadu_epi8(bits[word + 1], values + word * 64 + 64),
                              ones);
  }
  if (word < end) {
    even = _mm512_dpbusd_epi32(even, _mm512_maskz_loadu_epi8(bits[word], values + word * 64), ones);
  }
  return total_of(_mm512_add_epi32(even, odd));
}

u64 dot(const u8* a, const u8* b, const u64* bits, std::size_t first, std::size_t end) {
  // At most 64 words times four products of 255 * 127 in a lane of 32 bits.
  __m512i even = _mm512_setzero_si512();
  __m512i odd = even;
  std::size_t word = first;
  for (; word + 1 < end; word += 2) {
    even = _mm512_dpbusd_epi32(even, _mm512_maskz_loadu_epi8(bits[word], a + word * 64),
                               _mm512_loadu_si512(b + word * 64));
    odd = _mm512_dpbusd_epi32(odd, _mm512_maskz_loadu_epi8(bits[word + 1], a + word * 64 + 64),
                              _mm512_loadu_si512(b + word * 64 + 64));
  }
  if (word < end) {
    even = _mm512_dpbusd_epi32(even, _mm512_maskz_loadu_epi8(bits[word], a + word * 64),
                               _mm512_loadu_si512(b + word * 64));
  }
  return total_of(_mm512_add_epi32(even, odd));
}

u64 sum_three(const Kernels::Three& of, u64* sums) {
  const __m512i ones = _mm512_set1_epi8(1);
  __m512i total[2][3] = {};
  u64 rows[2] = {};
  const auto add = [&](std::size_t word, std::size_t side) __attribute__((always_inline)) {
    // The mask as bytes of 0 and 1 is the second factor, so that the values come from memory.
    const u64 bits = of.bits[word] & of.mask[word];
    rows[side] += static_cast<u64>(__builtin_popcountll(bits));
    const __m512i taken = _mm512_maskz_mov_epi8(bits, ones);
    __m512i* to = total[side];
    to[0] = _mm512_dpbusd_epi32(to[0], _mm512_loadu_si512(of.a + word * 64), taken);
    to[1] = _mm512_dpbusd_epi32(to[1], _mm512_loadu_si512(of.b + word * 64), taken);
    to[2] = _mm512_dpbusd_epi32(to[2], _mm512_loadu_si512(of.c + word * 64), taken);
  };
  std::size_t word = of.first;
  for (; word + 1 < of.end; word += 2) {
    add(word, 0);
    add(word + 1, 1);
  }
  if (word < of.end) add(word, 0);
  for (int i = 0; i < 3; ++i)
    sums[i] = total_of(_mm512_add_epi32(total[0][i], total[1][i]));
  return rows[0] + rows[1];
}

#else

u64 sum_bytes(const u8* values, const u64* bits, std::size_t first, std::size_t end) {
  Lanes<u16> sums = 0;  // at most 64 times 255 in a lane
  for (std::size_t word = first; word < end; ++word) {
    const auto taken = load<Lanes<u8>>(values + word * 64) * ones_of(bits[word]);
    sums += __builtin_convertvector(taken, Lanes<u16>);
  }
  return __builtin_reduce_add(__builtin_convertvector(sums, Lanes<u32>));
}

u64 dot(const u8* a, const u8* b, const u64* bits, std::size_t first, std::size_t end) {
  Lanes<u32> sums = 0;
  for (std::size_t word = first; word < end; ++word) {
    const auto left = load<Lanes<u8>>(a + word * 64) * ones_of(bits[word]);
    const auto right = load<Lanes<u8>>(b + word * 64);
    const auto products =
        __builtin_convertvector(left, Lanes<u16>) * __builtin_convertvector(right, Lanes<u16>);
    sums += __builtin_convertvector(products, Lanes<u32>);
  }
  return __builtin_reduce_add(sums);
}

u64 sum_three(const Kernels::Three& of, u64* sums) {
  alignas(64) u64 both[kBlockWords];
  u64 rows = 0;
  for (std::size_t word = of.first; word < of.end; ++word) {
    both[word] = of.bits[word] & of.mask[word];
    rows += static_cast<u64>(__builtin_popcountll(both[word]));
  }
  sums[0] = sum_bytes(of.a, both, of.first, of.end);
  sums[1] = sum_bytes(of.b, both, of.first, of.end);
  sums[2] = sum_bytes(of.c, both, of.first, of.end);
  return rows;
}

#endif

u64 and_words(const u64* bits, const u64* mask, std::size_t first, std::size_t end, u64* out) {
  u64 rows = 0;
  for (std::size_t word = first; word < end; ++word) {
    out[word] = bits[word] & mask[word];
    rows += static_cast<u64>(__builtin_popcountll(out[word]));
  }
  return rows;
}

// ---- for groups and masks

void count_pairs(const u8* values, u16* counts) {
  for (std::size_t i = 0; i < kBlockRows; i += 8) {
    u64 eight;
    __builtin_memcpy(&eight, values + i, 8);
    ++counts[eight & 0x7fff];
    ++counts[(eight >> 16) & 0x7fff];
    ++counts[(eight >> 32) & 0x7fff];
    ++counts[eight >> 48];
  }
}

void take_pairs(u16* pairs, u64* counts) {
  u32 firsts[256] = {};
  for (std::size_t second = 0; second < 128; ++second) {
    u16* row = pairs + second * 256;
    u32 all = 0;
    for (std::size_t first = 0; first < 256; ++first) {
      all += row[first];
      firsts[first] += row[first];
      row[first] = 0;
    }
    counts[second] += all;
  }
  for (std::size_t first = 0; first < 256; ++first)
    counts[first] += firsts[first];
}

template <bool IsProduct, bool IsFirst>
HUSTINGS_INLINE void pack_as(const u8* a, const u8* b, const Kernels::Packing& how, u64* packed) {
  for (std::size_t i = 0; i < kBlockRows; i += 64) {
    auto values = __builtin_convertvector(load<Lanes<u8>>(a + i), Lanes<u16>);
    if constexpr (IsProduct) {
      values *= __builtin_convertvector(load<Lanes<u8>>(b + i), Lanes<u16>);
    }
    Lanes<u64> wide = __builtin_convertvector(values, Lanes<u64>) << u64{how.shift};
    if constexpr (IsFirst) {
      wide += how.initial;
    } else {
      wide += load<Lanes<u64>>(packed + i);
    }
    __builtin_memcpy(packed + i, &wide, sizeof wide);
  }
}

void pack(const u8* a, const u8* b, const Kernels::Packing& how, u64* packed) {
  if (b == nullptr) {
    if (how.is_first) return pack_as<false, true>(a, b, how, packed);
    return pack_as<false, false>(a, b, how, packed);
  }
  if (how.is_first) return pack_as<true, true>(a, b, how, packed);
  return pack_as<true, false>(a, b, how, packed);
}

void intersect(const u64* const* sets, std::size_t count_of, std::size_t words, u64* out) {
  using Eight = u64 __attribute__((ext_vector_type(8)));
  for (std::size_t word = 0; word < words; word += 8) {
    Eight all = ~Eight{};
    for (std::size_t s = 0; s < count_of; ++s)
      all &= load<Eight>(sets[s] + word);
    __builtin_memcpy(out + word, &all, sizeof all);
  }
}

HUSTINGS_INLINE void add_to_word(u64 bits, std::int64_t what, std::int64_t* numbers) {
  if (__builtin_popcountll(bits) <= 4) {
    for (; bits != 0; bits &= bits - 1)
      numbers[__builtin_ctzll(bits)] += what;
    return;
  }
  using Eight = std::int64_t __attribute__((ext_vector_type(8)));
  using EightTruths = bool __attribute__((ext_vector_type(8)));
  for (std::size_t i = 0; i < 64; i += 8) {
    const auto truths = __builtin_bit_cast(EightTruths, static_cast<u8>(bits >> i));
    const Eight added = load<Eight>(numbers + i) + __builtin_convertvector(truths, Eight) * what;
    __builtin_memcpy(numbers + i, &added, sizeof added);
  }
}

void add_to_both(const u64* a, const u64* b, std::size_t words, std::int64_t what,
                 std::int64_t* numbers) {
  for (std::size_t word = 0; word < words; ++word) {
    const u64 bits = a[word] & b[word];
    if (bits != 0) add_to_word(bits, what, numbers + word * 64);
  }
}

#ifdef __AVX512VBMI__

void transpose(const u64* bits, std::size_t count_of, u32* masks) {
  for (std::size_t word = 0; word < kBlockWords; ++word) {
    __m512i planes[4];
    for (std::size_t p = 0; p < 4; ++p) {
      __m512i plane = _mm512_setzero_si512();  // in a register while its eight sets are taken
      __m512i bit = _mm512_set1_epi8(1);
      for (std::size_t s = p * 8; s < std::min(count_of, p * 8 + 8); ++s) {
        plane = _mm512_mask_add_epi8(plane, bits[s * kBlockWords + word], plane, bit);
        bit = _mm512_add_epi8(bit, bit);
      }
      planes[p] = plane;
    }
    // Bytes of the four planes side by side: first in pairs, then pairs of pairs. The unpacking
    // works within lanes of 16 rows, which the stores put right.
    const __m512i low01 = _mm512_unpacklo_epi8(planes[0], planes[1]);
    const __m512i high01 = _mm512_unpackhi_epi8(planes[0], planes[1]);
    const __m512i low23 = _mm512_unpacklo_epi8(planes[2], planes[3]);
    const __m512i high23 = _mm512_unpackhi_epi8(planes[2], planes[3]);
    const __m512i fours[4] = {
        _mm512_unpacklo_epi16(low01, low23), _mm512_unpackhi_epi16(low01, low23),
        _mm512_unpacklo_epi16(high01, high23), _mm512_unpackhi_epi16(high01, high23)};
    for (std::size_t four = 0; four < 4; ++four) {
      u32* out = masks + word * 64 + four * 4;
      _mm_storeu_si128(reinterpret_cast<__m128i*>(out), _mm512_extracti32x4_epi32(fours[four], 0));
      _mm_storeu_si128(reinterpret_cast<__m128i*>(out + 16),
                       _mm512_extracti32x4_epi32(fours[four], 1));
      _mm_storeu_si128(reinterpret_cast<__m128i*>(out + 32),
                       _mm512_extracti32x4_epi32(fours[four], 2));
      _mm_storeu_si128(reinterpret_cast<__m128i*>(out + 48),
                       _mm512_extracti32x4_epi32(fours[four], 3));
    }
  }
}

#else

void transpose(const u64* bits, std::size_t count_of, u32* masks) {
  for (std::size_t word = 0; word < kBlockWords; ++word) {
    Lanes<u8> planes[4] = {};
    for (std::size_t s = 0; s < count_of; ++s) {
      planes[s / 8] |= ones_of(bits[s * kBlockWords + word]) << static_cast<u8>(s % 8);
    }
    Lanes<u32> all = __builtin_convertvector(planes[0], Lanes<u32>);
    for (std::size_t plane = 1; plane * 8 < count_of; ++plane) {
      all |= __builtin_convertvector(planes[plane], Lanes<u32>) << static_cast<u32>(8 * plane);
    }
    __builtin_memcpy(masks + word * 64, &all, sizeof all);
  }
}

#endif

}  // namespace

constexpr Kernels table(VectorPath path, const char* name) {
  return {.path = path,
          .name = name,
          .match = match,
          .match_and = match_and,
          .match_table = match_table,
          .and_into = and_into,
          .or_into = or_into,
          .invert = invert,
          .any = any,
          .count = count,
          .count_and = count_and,
          .read_bytes = read_bytes,
          .read_words = read_words,
          .read_dwords = read_dwords,
          .add_cells = add_cells,
          .sum_bytes = sum_bytes,
          .dot = dot,
          .sum_three = sum_three,
          .and_words = and_words,
          .count_pairs = count_pairs,
          .take_pairs = take_pairs,
          .pack = pack,
          .intersect = intersect,
          .add_to_both = add_to_both,
          .transpose = transpose};
}

}  // namespace HUSTINGS_KERNELS_PATH
}  // namespace hustings::segments::kernels_for
