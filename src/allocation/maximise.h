#pragma once

#include <vector>

#include "allocation/problem.h"
#include "allocation/relaxation.h"

namespace hustings::allocation {

/// How long to look for the last bit where curves are S-shaped or buys have a minimum.
struct Search {
  int nodes_max = 0;          ///< 0: by the size of the problem
  double gap_wanted = 1e-10;  ///< relative to the value
};

/// The best spending found, and how much better any other could be.
struct Optimum {
  std::vector<double> spend;   ///< by cell
  double value = 0;            ///< the sum of the effects
  double bound = 0;            ///< no spending within the limits has a larger value
  double price = 0;            ///< what one more unit of budget would bring
  std::vector<double> prices;  ///< by limit: > 0 a cap that binds, < 0 a floor that binds
  int rounds = 0;              ///< of the dual
  int nodes = 0;               ///< of the search: 1 where everything is concave

  double gap() const { return bound - value > 0 ? bound - value : 0; }
};

/// Maximises a separable problem. Concave effects: the dual alone, exact. S-curves and minimum
/// buys: concave envelopes give the bound, cutting a cell's amounts in two closes the gap (branch
/// and bound). `start` may hold prices from a similar problem. invalid as check_problem, and where
/// limits cannot all be kept; the sentence names those that clash. With chains: maximise_carried.
Result<Optimum> maximise(const Problem& problem, const Search& search = {},
                         const Relaxed* start = nullptr);

/// The same without check_problem, for problems that differ from a checked one in the curves' sizes
/// only.
Result<Optimum> maximise_checked(const Problem& problem, const Search& search,
                                 const Relaxed* start);

/// The sum of the effects of a spending.
double value_of(const Problem& problem, const std::vector<double>& spend);

/// Why limits that are in order one by one cannot all be kept: a sentence naming those that clash.
Error clash_of(const Problem& problem);

}  // namespace hustings::allocation
