#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "statistics/confidence_sequence.h"
#include "statistics/matrix.h"

namespace hustings::statistics {

/// The effect of a treatment given with known probability, as units come in: doubly robust scores
/// whose forecasts for one half of the units are fitted to the other half, over and over
/// (sequential cross-fitting, Waudby-Smith, Arbour, Sinha, Kennedy and Ramdas 2024, section 3).
/// Other than AdjustedEffectSequence it stays near the truth where one arm happens to answer before
/// the other.
///
/// Only sums of products are kept: an update costs O(k^2), a look O(k^3), whatever came before.
class CrossFitSequence {
 public:
  struct Options {
    double probability = 0.5;
    std::size_t covariates = 0;
    double ridge = 1e-3;  ///< on covariates of unit variance, not on the constant
  };
  explicit CrossFitSequence(Options options);

  /// `half` 0 or 1: drawn by chance, whatever the unit did.
  void add(Arrival arrival, std::span<const double> covariates, std::size_t half);
  std::uint64_t count() const { return count_; }
  /// Each half has some units of each arm; before, nothing can be said.
  bool is_ready() const;

  struct Look {
    double mean = 0;
    double variance = 0;  ///< of one unit's score
  };
  Look look() const;
  SequenceInterval interval(double alpha, double rho) const;
  /// For who looks but once.
  SequenceInterval fixed_interval(double alpha) const;

 private:
  /// Sums over units of one half and arm, of z = (1, covariates, outcome).
  struct Sums {
    double count = 0;
    Matrix products;
  };
  std::vector<double> fit(const Sums& sums) const;

  Options options_;
  std::uint64_t count_ = 0;
  std::array<std::array<Sums, 2>, 2> sums_;  ///< by half, then arm
};

}  // namespace hustings::statistics
