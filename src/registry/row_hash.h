#pragma once

#include <cstdint>
#include <cstring>
#include <string_view>

namespace hustings::registry {

namespace detail {
constexpr std::uint64_t kHashA = 0xa0761d6478bd642fULL;
constexpr std::uint64_t kHashB = 0xe7037ed1a0b428dbULL;

inline std::uint64_t fold(std::uint64_t a, std::uint64_t b) {
  const auto product = static_cast<unsigned __int128>(a) * b;
  return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64);
}
inline std::uint64_t load64(const char* from) {
  std::uint64_t value = 0;
  std::memcpy(&value, from, 8);
  return value;
}
}  // namespace detail

/// 64 bits of a text, 16 bytes a step (multiply and fold, after wyhash): tells changed rows from
/// unchanged ones and names households. Not against an adversary. The values are kept in the
/// database: never change this function.
inline std::uint64_t row_hash(std::string_view bytes) {
  using detail::fold;
  using detail::load64;
  std::uint64_t hash = detail::kHashA ^ bytes.size();
  const char* at = bytes.data();
  std::size_t left = bytes.size();
  for (; left >= 16; at += 16, left -= 16) {
    hash = fold(load64(at) ^ detail::kHashA ^ hash, load64(at + 8) ^ detail::kHashB);
  }
  char tail[16] = {};
  if (left > 0) std::memcpy(tail, at, left);
  hash = fold(load64(tail) ^ detail::kHashA ^ hash, load64(tail + 8) ^ detail::kHashB);
  return fold(hash ^ detail::kHashB, bytes.size() ^ detail::kHashA);
}

}  // namespace hustings::registry
