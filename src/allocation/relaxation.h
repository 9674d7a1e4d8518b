#pragma once

#include <vector>

#include "allocation/envelope.h"
#include "allocation/problem.h"

namespace hustings::allocation {

/// The best spending under concave envelopes, with the prices that prove it.
struct Relaxed {
  std::vector<double> spend;   ///< by cell
  double price = 0;            ///< of the budget: what one more unit of money would bring
  std::vector<double> prices;  ///< by limit: > 0 a cap that binds, < 0 a floor that binds
  /// No spending within the limits can have a larger sum of effects. Valid for any prices.
  double bound = 0;
  double value = 0;  ///< of the envelopes at `spend`; one budget only
  int rounds = 0;
  bool kept = true;  ///< false: the limits could not all be kept
};

/// One budget, no other limit: the price at which demand meets the budget (water-filling). The
/// cells' floors fit into the budget. All amounts are finite.
Relaxed fill_budget(const std::vector<Envelope>& cells, double budget);

/// The same for cells that are all saturating, in one pass of vector code for each trial price:
/// in the logarithm of the price, demand is piecewise linear.
Relaxed fill_saturating(const std::vector<Envelope>& cells, double budget);

/// A budget and limits on sums of cells: projected Newton on the prices (the dual), each limit one
/// price, none above `price_max`. `start` holds prices to begin with, or nothing.
Relaxed fill_limits(const std::vector<Envelope>& cells, const Problem& problem,
                    const Relaxed* start, double price_max = kNoLimit);

/// Whichever of the three fits.
Relaxed fill(const std::vector<Envelope>& cells, const Problem& problem, const Relaxed* start);

}  // namespace hustings::allocation
