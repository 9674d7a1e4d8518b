#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "base/error.h"

/// The state of a race: contests with weights, where each stands, and how wrong that may be.
namespace hustings::allocation {

/// One unit that is won or lost as a whole: a state, a district, a ward.
struct Contest {
  std::string name;
  std::string region;  ///< contests of one region share its error; empty: a region of its own
  int weight = 1;      ///< electoral votes or seats
  double mean = 0;     ///< our share of the two-party vote less one half
};

/// Errors of the means, as standard deviations of a share. x = mean + N + R + S, won where x > 0.
struct Errors {
  double national = 0;
  double regional = 0;
  std::vector<double> contest;  ///< S, by contest, each above 0
  /// Fat tails: with chance chances[i] all errors are scales[i] times as large. Empty: normal.
  std::vector<double> scales;
  std::vector<double> chances;  ///< add up to 1
  /// Of S, row by row; empty: independent. Symmetric, ones on the diagonal.
  std::vector<double> correlation;
};

struct Race {
  std::vector<Contest> contests;
  int needed = 0;  ///< won with this weight or more; 0: more than half
  Errors errors;

  int total_weight() const;
  /// `needed`, or the smallest majority.
  int threshold() const;
};

constexpr std::size_t kContestsMax = 2000;
constexpr int kTotalWeightMax = 20000;

/// invalid: no contests, a name twice, a weight below 1, means or errors that are no shares, a
/// threshold out of reach, mixing chances that do not add up to 1. The correlation matrix is
/// looked at by its own (correlation.h).
Status check_race(const Race& race);

}  // namespace hustings::allocation
