#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "base/error.h"

namespace hustings::statistics {

/// One poll, or one day's answers of one survey.
struct Reading {
  int day = 0;  ///< counted from any day
  double value = 0;
  double variance = 0;      ///< of the value, above 0
  std::uint32_t house = 0;  ///< who asked
};

struct TrendOptions {
  std::optional<double> daily_sd;  ///< of the walk; none: the most likely one
  std::optional<double> house_sd;  ///< of house effects; none: the most likely one; 0: no effects
  double level = 0.95;
};

struct TrendDay {
  int day;
  double value;
  double se;
  double lower;
  double upper;
};
struct HouseEffect {
  double value;  ///< how far this house reads above the rest
  double se;
  std::size_t readings;
};
struct Trend {
  std::vector<TrendDay> days;  ///< from the first reading's day to the last one's
  std::vector<HouseEffect> houses;
  double daily_sd = 0;
  double house_sd = 0;
  double log_likelihood = 0;
};

/// What opinion was on each day: a random walk that is read with error by houses that each read a
/// constant too much or too little (Jackman 2005). The same answer as a Kalman smoother with the
/// house effects in its state, found in one solution of its banded equations in O(days x houses).
/// The first day's level is free. Uncertainty of the two standard deviations is not included.
/// invalid: no readings, a variance that is not above 0; over_limit: more than kTrendDaysMax days.
Result<Trend> smooth(const std::vector<Reading>& readings, const TrendOptions& options = {});
inline constexpr int kTrendDaysMax = 20'000;

/// The mean of the readings of the last `window` days, each weighted by one over its variance; days
/// without readings in the window are left out.
Result<std::vector<TrendDay>> rolling_means(const std::vector<Reading>& readings, int window,
                                            double level = 0.95);

}  // namespace hustings::statistics
