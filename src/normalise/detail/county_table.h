#pragma once

#include <cstdint>
#include <span>
#include <string_view>

/// The counties of counties.csv, made by tools/embed_normalise.mjs.
namespace hustings::normalise::detail {

struct CountyRow {
  std::string_view key;   ///< state and letters of the name: "NCWAKE", "FLSTJOHNS"
  std::string_view type;  ///< "county", "parish", "borough", "census_area", "place"
  std::string_view slug;  ///< "st_johns"
};

std::span<const CountyRow> county_rows();
std::span<const std::uint16_t> county_slots();

}  // namespace hustings::normalise::detail
