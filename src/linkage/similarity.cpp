#include "linkage/similarity.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstdlib>

namespace hustings::linkage {
namespace {

constexpr std::size_t kWordBytesMax = 64;
constexpr double kBonusFrom = 0.7;
constexpr std::size_t kBonusLettersMax = 4;

std::size_t index_of(char letter) { return static_cast<unsigned char>(letter); }

std::uint64_t low_bits(std::size_t count) {
  return count >= 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << count) - 1;
}

struct Matched {
  std::uint64_t a = 0;  ///< bit i: letter i has a partner
  std::uint64_t b = 0;
};

/// The greedy matching, with the places of each letter of `b` as a bit set.
Matched match_letters(std::string_view a, std::string_view b, std::size_t reach) {
  std::array<std::uint64_t, 256> places;  // only the entries of letters that occur are set
  for (const char letter : a)
    places[index_of(letter)] = 0;
  for (const char letter : b)
    places[index_of(letter)] = 0;
  for (std::size_t j = 0; j < b.size(); ++j)
    places[index_of(b[j])] |= std::uint64_t{1} << j;
  Matched matched;
  for (std::size_t i = 0; i < a.size(); ++i) {
    std::uint64_t window = low_bits(i + reach + 1);
    if (i > reach) window &= ~low_bits(i - reach);
    const std::uint64_t free = places[index_of(a[i])] & window & ~matched.b;
    if (free == 0) continue;
    matched.b |= free & (~free + 1);
    matched.a |= std::uint64_t{1} << i;
  }
  return matched;
}

int places_that_differ(std::string_view a, std::string_view b, Matched matched) {
  int differ = 0;
  while (matched.a != 0) {
    const auto i = static_cast<std::size_t>(std::countr_zero(matched.a));
    const auto j = static_cast<std::size_t>(std::countr_zero(matched.b));
    if (a[i] != b[j]) ++differ;
    matched.a &= matched.a - 1;
    matched.b &= matched.b - 1;
  }
  return differ;
}

int digit_of(char letter) {
  constexpr std::string_view kDigits = "01230120022455012623010202";  // A to Z
  return kDigits[static_cast<std::size_t>(letter - 'A')] - '0';
}

}  // namespace

double jaro_winkler(std::string_view a, std::string_view b) {
  a = a.substr(0, kWordBytesMax);
  b = b.substr(0, kWordBytesMax);
  if (a.empty() && b.empty()) return 1;
  const std::size_t half = std::max(a.size(), b.size()) / 2;
  const Matched matched = match_letters(a, b, half > 0 ? half - 1 : 0);
  const int matches = std::popcount(matched.a);
  if (matches == 0) return 0;
  const double m = matches;
  const int transposed = places_that_differ(a, b, matched) / 2;
  const double jaro = (m / static_cast<double>(a.size()) + m / static_cast<double>(b.size()) +
                       (m - transposed) / m) /
                      3;
  if (jaro <= kBonusFrom) return jaro;
  const std::size_t most = std::min({a.size(), b.size(), kBonusLettersMax});
  std::size_t same = 0;
  while (same < most && a[same] == b[same])
    ++same;
  return jaro + static_cast<double>(same) * 0.1 * (1 - jaro);
}

int osa_distance(std::string_view a, std::string_view b, int cap) {
  while (!a.empty() && !b.empty() && a.front() == b.front()) {
    a.remove_prefix(1);
    b.remove_prefix(1);
  }
  while (!a.empty() && !b.empty() && a.back() == b.back()) {
    a.remove_suffix(1);
    b.remove_suffix(1);
  }
  if (a.size() > b.size()) std::swap(a, b);
  const std::size_t longer = b.size();
  if (longer - a.size() > static_cast<std::size_t>(cap)) return cap + 1;
  if (a.empty()) return static_cast<int>(longer);
  if (longer > kWordBytesMax) return cap + 1;
  std::array<std::array<int, kWordBytesMax + 1>, 3> rows;
  for (std::size_t j = 0; j <= longer; ++j)
    rows[0][j] = static_cast<int>(j);
  for (std::size_t i = 1; i <= a.size(); ++i) {
    auto& row = rows[i % 3];
    const auto& above = rows[(i + 2) % 3];
    const auto& two_above = rows[(i + 1) % 3];
    int least = row[0] = static_cast<int>(i);
    for (std::size_t j = 1; j <= longer; ++j) {
      row[j] = std::min({row[j - 1] + 1, above[j] + 1, above[j - 1] + (a[i - 1] != b[j - 1])});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
        row[j] = std::min(row[j], two_above[j - 2] + 1);
      }
      least = std::min(least, row[j]);
    }
    if (least > cap) return cap + 1;
  }
  return std::min(rows[a.size() % 3][longer], cap + 1);
}

std::uint16_t soundex(std::string_view word) {
  const auto is_letter = [](char c) { return c >= 'A' && c <= 'Z'; };
  const auto* const begin = std::find_if(word.begin(), word.end(), is_letter);
  if (begin == word.end()) return 0;
  int code = *begin - 'A';
  int digits = 0;
  int before = digit_of(*begin);
  for (const auto* at = begin + 1; at != word.end() && digits < 3; ++at) {
    if (!is_letter(*at) || *at == 'H' || *at == 'W') continue;  // as if they were not there
    const int digit = digit_of(*at);
    if (digit != 0 && digit != before) {
      code = code * 7 + digit;
      ++digits;
    }
    before = digit;
  }
  for (; digits < 3; ++digits)
    code *= 7;
  return static_cast<std::uint16_t>(code + 1);
}

}  // namespace hustings::linkage
