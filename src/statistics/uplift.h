#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "statistics/effects.h"

namespace hustings::statistics {

/// Forecasts of each voter's own effect: two logistic regressions (the treated, the controls) with
/// a small ridge, each voter forecast by models that never saw its cluster (k folds).
struct UpliftOptions {
  std::uint32_t folds = 2;
  std::uint64_t seed = 1;
  double ridge = 1e-6;
};
/// invalid: no covariates, outcomes that are not 0 or 1, a fold without one of the arms.
Result<std::vector<double>> cross_fitted_uplift(const Trial& trial, std::uint32_t arm,
                                                const UpliftOptions& options);

/// How well forecasts order voters by their effect, on voters that they were not made from
/// (Radcliffe 2007). Q(k) = treated successes among the k first - those of controls scaled to the
/// treated's number.
struct Qini {
  std::size_t n = 0;
  double gained = 0;       ///< Q at the end: successes that treatment brought
  double area = 0;         ///< the mean of Q over all k
  double coefficient = 0;  ///< area over that of a random order
  double normalised = 0;   ///< coefficient over the random order's area
  double auuc = 0;         ///< mean of (difference in rates among the k first) k/n
  struct Tenth {
    double forecast;
    double effect;
    double se;
    std::size_t n;
  };
  std::vector<Tenth> tenths;  ///< highest forecasts first
};
struct ScoredVoters {
  std::span<const double> forecast;
  std::span<const double> outcome;
  std::span<const std::uint32_t> treated;  ///< 0 or 1
};
/// invalid: an arm is empty.
Result<Qini> qini(const ScoredVoters& voters);

}  // namespace hustings::statistics
