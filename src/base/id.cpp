#include "base/id.h"

#include <array>

namespace hustings::detail {
namespace {

// Crockford's base 32: no letters that are read as digits.
constexpr std::string_view kDigits = "0123456789abcdefghjkmnpqrstvwxyz";
constexpr std::size_t kLength = 13;  // 13 * 5 bits hold 64

// Multiplication by an odd number is a permutation of the 64-bit numbers; kInverse undoes it.
// With the swap of halves, neighbours differ in every digit.
constexpr std::uint64_t kFactor = 0x9e3779b97f4a7c15ULL;

constexpr std::uint64_t inverse_of(std::uint64_t odd) {
  std::uint64_t x = odd;  // Newton: each round doubles the right bits, 3 to begin with
  for (int i = 0; i < 5; ++i)
    x *= 2 - odd * x;
  return x;
}
constexpr std::uint64_t kInverse = inverse_of(kFactor);
static_assert(kFactor * kInverse == 1);

constexpr std::uint64_t swap_halves(std::uint64_t x) { return (x << 32) | (x >> 32); }

}  // namespace

std::string id_to_text(std::string_view prefix, std::int64_t value) {
  std::uint64_t x = swap_halves(static_cast<std::uint64_t>(value) * kFactor) * kFactor;
  std::string text(prefix);
  text.resize(prefix.size() + kLength);
  for (std::size_t i = text.size(); i-- > prefix.size();) {
    text[i] = kDigits[x & 31];
    x >>= 5;
  }
  return text;
}

std::optional<std::int64_t> id_from_text(std::string_view prefix, std::string_view text) {
  if (text.size() != prefix.size() + kLength || !text.starts_with(prefix)) return std::nullopt;
  std::uint64_t x = 0;
  for (const char c : text.substr(prefix.size())) {
    const std::size_t digit = kDigits.find(c);
    if (digit == std::string_view::npos) return std::nullopt;
    if (x >> 59 != 0) return std::nullopt;  // more than 64 bits
    x = x << 5 | digit;
  }
  return static_cast<std::int64_t>(swap_halves(x * kInverse) * kInverse);
}

}  // namespace hustings::detail
