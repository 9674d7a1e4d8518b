#pragma once

#include <cstdint>
#include <string_view>

/// How alike two words are, on bytes. Pure functions, safe from any thread.
namespace hustings::linkage {

/// Jaro-Winkler similarity, 0 to 1 (Jaro 1989; Winkler 1990). The definition, since there are many:
/// letters match if they are equal and at most max(|a|, |b|) / 2 - 1 (at least 0) places apart;
/// they are taken greedily, from the left of `a`, each with the leftmost free letter of `b`. With m
/// matches and t = half (rounded down) of the places where the two sequences of matched letters
/// differ: jaro = (m/|a| + m/|b| + (m - t)/m) / 3, 0 if m = 0; two empty words are alike (1). Only
/// where jaro > 0.7 a common beginning of l <= 4 letters adds l * 0.1 * (1 - jaro). For a fixed
/// pair the value may depend on the order of the two: give the shorter, then the smaller one first
/// where that matters. Words of up to 64 bytes take the bit-parallel way; the rest of longer ones
/// is left out.
double jaro_winkler(std::string_view a, std::string_view b);

/// Optimal string alignment distance: the number of insertions, deletions, changes and swaps of
/// neighbours, no letter being edited twice; `cap` + 1 for anything above `cap` (0 to 3).
int osa_distance(std::string_view a, std::string_view b, int cap);

/// American Soundex (as the US National Archives describe it) as one number: 26 letters x 7
/// x 7 x 7, from 1; 0 for a word without a letter A-Z.
std::uint16_t soundex(std::string_view word);

}  // namespace hustings::linkage
