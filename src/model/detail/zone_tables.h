#pragma once

#include <span>
#include <string_view>

/// The tables of src/model/zones, sorted by key. Zones of one row stand between "&".
namespace hustings::detail {

struct AreaCodeZones {
  int area_code;
  std::string_view zones;
};
struct CountyZones {
  std::string_view key;  ///< state and county, "NCWAKE"; the state's own zone is "NC*"
  std::string_view zones;
};

std::span<const AreaCodeZones> area_code_zones();
std::span<const CountyZones> county_zones();
/// By the first three digits of a ZIP code, 0 to 999; empty where nothing is known.
std::span<const std::string_view> zip_zones();

}  // namespace hustings::detail
