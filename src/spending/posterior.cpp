#include "spending/posterior.h"

#include <algorithm>
#include <cmath>

namespace hustings::spending {

Estimated posterior(Estimated prior, std::span<const Estimated> measured) {
  if (prior.error <= 0 || measured.empty()) return prior;
  double precision = 1 / (prior.error * prior.error);
  double sum = prior.value * precision;
  for (const Estimated& one : measured) {
    const double weight = 1 / (one.error * one.error);
    precision += weight;
    sum += one.value * weight;
  }
  return {std::max(0.0, sum / precision), std::sqrt(1 / precision)};
}

}  // namespace hustings::spending
