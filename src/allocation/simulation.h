#pragma once

#include <cstdint>
#include <vector>

#include "allocation/race.h"
#include "base/rng.h"

namespace hustings::allocation {

/// A mean over draws, and its standard error.
struct Estimate {
  double value = 0;
  double error = 0;
};

/// What simulated elections say. Only the tipping point needs simulation: which contest, in the
/// order of our margins, brings the winner over the threshold.
struct Simulated {
  Estimate win;
  Estimate expected_weight;
  std::vector<Estimate> tipping;  ///< by contest; add up to 1
};

/// Draws elections of a race that has passed its checks. In a tie without a winner the contest that
/// would have given us the threshold is counted.
Simulated simulate(const Race& race, std::int64_t draws, Rng& rng);

}  // namespace hustings::allocation
