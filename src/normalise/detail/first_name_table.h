#pragma once

#include <cstdint>
#include <span>
#include <string_view>

/// The table of names/, made by tools/embed_normalise.mjs. Rows are sorted; row i has the id i + 1.
namespace hustings::normalise::detail {

struct FirstNameRow {
  std::string_view key;
  std::uint16_t canonical;    ///< id
  std::uint16_t formal_from;  ///< its formal names are first_name_formals()[formal_from, formal_to)
  std::uint16_t formal_to;
};

std::span<const FirstNameRow> first_name_rows();
std::span<const std::uint16_t> first_name_slots();
std::span<const std::uint16_t> first_name_formals();

}  // namespace hustings::normalise::detail
