#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

namespace hustings::experiments {

/// What is known of one strategy's effect: an estimate with its error, read as a normal posterior
/// under a flat prior.
struct Belief {
  double value = 0;
  double se = 1;  ///< above 0
};

/// How likely it is that each of several strategies, measured apart, is the best and better than
/// nothing; by integration over the normals, to about 1e-6.
struct Standing {
  std::vector<double> best;  ///< by strategy
  double nothing = 1;        ///< that none is better than doing nothing
};
Standing standing(std::span<const Belief> beliefs);

/// That an effect is above zero, under the same posterior.
double chance_better_than_nothing(const Belief& belief);

/// A strategy beside the best of the others. Those of one experiment share their control group, so
/// that the interval of their difference is wider than it need be, never narrower.
struct Beside {
  std::size_t other = 0;  ///< the best of the others, by place
  double difference = 0;
  double lower = 0;  ///< 95 %
  double upper = 0;
  /// How many times as many answers as now, of both, until the interval leaves zero out if the
  /// difference stays; 1 or less: it does. None: it never would.
  std::optional<double> answers_times{};
};
/// None where there is no other.
std::optional<Beside> beside_best_other(std::span<const Belief> beliefs, std::size_t place);

}  // namespace hustings::experiments
