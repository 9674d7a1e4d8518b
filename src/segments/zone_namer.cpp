#include "segments/zone_namer.h"

#include <iterator>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "model/zone.h"

namespace hustings::segments {

const std::string& ZoneNamer::of(const Place& place) {
  const std::string_view zip = place.zip5.substr(0, 3);
  key_.clear();
  fmt::format_to(std::back_inserter(key_), "{}|{}|{}|{}", place.state, place.county, zip,
                 place.number_start);
  const auto [known, is_new] = known_.try_emplace(key_);
  if (is_new) {
    const ZoneNames names =
        implied_zones({.state = place.state, .county = place.county, .zip = zip},
                      std::int64_t{place.number_start} * kNumberStart);
    known->second = fmt::format("{}", fmt::join(names, "|"));
  }
  return known->second;
}

}  // namespace hustings::segments
