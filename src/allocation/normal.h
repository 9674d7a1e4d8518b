#pragma once

/// The standard normal distribution.
namespace hustings::allocation {

/// exp(-z²/2) / sqrt(2π)
double normal_density(double z);
/// P(Z <= z), relatively accurate in both tails.
double normal_cdf(double z);
/// The z of a probability strictly between 0 and 1 (Acklam's approximation, one Halley step).
double normal_quantile(double probability);

}  // namespace hustings::allocation
