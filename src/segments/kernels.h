#pragma once

#include <cstdint>

#include "segments/bitmap.h"

/// The inner loops, each over one block of kBlockRows rows. The same source is compiled for
/// AVX-512, AVX2 and the amd64 baseline, and chosen once at start by what the processor has.
namespace hustings::segments::kernels {

/// out[i] = lo <= values[i] <= hi; lo must not be above hi.
void match_range(const std::uint8_t* values, std::uint8_t lo, std::uint8_t hi, std::uint64_t* out);
void match_range(const std::uint16_t* values, std::uint16_t lo, std::uint16_t hi,
                 std::uint64_t* out);
void match_range(const std::uint32_t* values, std::uint32_t lo, std::uint32_t hi,
                 std::uint64_t* out);

/// out[i] = accept[values[i]] != 0: for sets of codes too scattered for ranges.
void match_table(const std::uint8_t* values, const std::uint8_t* accept, std::uint64_t* out);
void match_table(const std::uint16_t* values, const std::uint8_t* accept, std::uint64_t* out);
void match_table(const std::uint32_t* values, const std::uint8_t* accept, std::uint64_t* out);

void and_into(std::uint64_t* accumulator, const std::uint64_t* bits);
void or_into(std::uint64_t* accumulator, const std::uint64_t* bits);
void invert(std::uint64_t* bits);
std::uint64_t count(const std::uint64_t* bits);
std::uint64_t count_and(const std::uint64_t* a, const std::uint64_t* b);

struct ScoreSum {
  std::uint64_t known = 0;  ///< how many of the rows have a score
  std::uint64_t sum = 0;
};
/// Over the rows in `bits`; a score is 0 to 100, 255 means unknown.
ScoreSum sum_scores(const std::uint8_t* scores, const std::uint64_t* bits);

}  // namespace hustings::segments::kernels
