#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "spending/poll_picture.h"
#include "statistics/trend.h"

/// Polls as readings of an opinion that walks, by houses that each read a constant too much or too
/// little (statistics/trend.h), contest by contest with scales in common. Pure functions.
namespace hustings::spending {

/// A contest's readings.
using Followed = std::vector<statistics::Reading>;

/// Of a share among so many people, asked at random.
double variance_of(double share, double people);

/// The likeliest scales over all contests together, held by a wide prior near what polls of past
/// campaigns show (Jackman 2005: a few tenths of a point a day, houses a point apart): a handful of
/// polls says little of either.
TrackerScales likely_scales(const std::vector<Followed>& contests);

struct Tracked {
  std::vector<std::optional<double>> shares;  ///< by contest; none: no readings
  std::vector<std::optional<double>> errors;  ///< standard error, of the days since the last too
};
/// Where each contest is on a day at or after its last reading.
Tracked track(const std::vector<Followed>& contests, const TrackerScales& scales, std::int64_t day);

}  // namespace hustings::spending
