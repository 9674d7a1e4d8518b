#pragma once

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

}  // namespace hustings::experiments
