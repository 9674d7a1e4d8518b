#pragma once

#include <vector>

#include "allocation/problem.h"

namespace hustings::allocation {

/// The least concave function above a cell's effect on the amounts it may have: a chord from `low`
/// to `knee`, then the curve itself. Without a convex part or minimum buy, knee == low.
struct Envelope {
  Curve curve;
  double low = 0;
  double high = 0;
  double knee = 0;
  double chord = 0;    ///< slope of the chord, where knee > low
  bool jumps = false;  ///< the chord is not the effect itself: amounts inside promise too much

  /// Of a cell whose amounts are cut to [low, high]; a minimum inside it is kept.
  static Envelope of(const Cell& cell, double low, double high);

  double value(double x) const;
  /// The amount with the largest value(x) - price x; on a chord at its own price, its end.
  double demand(double price) const;
};

}  // namespace hustings::allocation
