#pragma once

#include <cstdint>
#include <span>
#include <string_view>

/// The words of usps/, made by tools/embed_normalise.mjs. A word may be several things.
namespace hustings::normalise::detail {

struct StreetWord {
  std::string_view key;
  std::string_view street_type;  ///< "ST" for STREET, or empty
  std::string_view directional;  ///< "N" for NORTH, or empty
  std::string_view unit;         ///< "APT" for APARTMENT, or empty
  std::uint8_t ordinal;          ///< 1 for FIRST, 20 for TWENTIETH, or 0
  std::uint8_t tens;             ///< 20 for TWENTY, or 0
};

std::span<const StreetWord> street_words();
std::span<const std::uint16_t> street_word_slots();

}  // namespace hustings::normalise::detail
