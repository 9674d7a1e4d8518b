// What the generator knows of the hundred counties. Shares are rounded and approximate: they give
// the electorate its shape, they are not statistics.
#pragma once

#include <array>
#include <string_view>

namespace hustings::people {

enum class Region { mountains, piedmont, triad, triangle, cape, east };
inline constexpr int kRegions = 6;

struct CountyFacts {
  std::string_view name;
  double voters_thousands;
  int democratic_percent;  // two-party share
  int black_percent;
  int hispanic_percent;
  int native_percent;
  int asian_percent;
  Region region;
  // "TOWN zip zip;TOWN zip", largest town first.
  std::string_view towns;
};

inline constexpr int kCounties = 100;
extern const std::array<CountyFacts, kCounties>
    kCountyFacts;  // by name, so that index + 1 is the id

}  // namespace hustings::people
