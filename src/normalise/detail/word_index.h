#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace hustings::normalise::detail {

/// FNV-1a (Fowler, Noll, Vo), 32 bits; tools/embed_normalise.mjs fills the slots with the same.
constexpr std::uint32_t fnv1a(std::string_view text) {
  std::uint32_t hash = 2166136261U;
  for (const char c : text)
    hash = (hash ^ static_cast<unsigned char>(c)) * 16777619U;
  return hash;
}

/// The row whose `key` is `key`, or null: open addressing over `slots` (a power of two, 0 is empty,
/// n is rows[n - 1]), made at build time.
template <class Row>
const Row* find_row(std::span<const std::uint16_t> slots, std::span<const Row> rows,
                    std::string_view key) {
  const std::size_t mask = slots.size() - 1;
  for (std::size_t at = fnv1a(key) & mask; slots[at] != 0; at = (at + 1) & mask) {
    const Row& row = rows[slots[at] - 1U];
    if (row.key == key) return &row;
  }
  return nullptr;
}

}  // namespace hustings::normalise::detail
