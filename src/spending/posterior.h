#pragma once

#include <span>

namespace hustings::spending {

/// An estimate and its standard error.
struct Estimated {
  double value = 0;
  double error = 0;
};

/// A normal prior and independent normal measurements: weighted by precision. A prior without error
/// is taken for certain. Never below 0: money that does harm is not planned.
Estimated posterior(Estimated prior, std::span<const Estimated> measured);

}  // namespace hustings::spending
