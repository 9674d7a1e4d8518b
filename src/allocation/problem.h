#pragma once

#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "allocation/curve.h"

namespace hustings::allocation {

/// Money without a limit.
constexpr double kNoLimit = std::numeric_limits<double>::infinity();

/// One place where money can go: a market, a channel, a week.
struct Cell {
  Curve curve;
  double low = 0;  ///< floor, or what is already committed or spent; counts against the budget
  double high = kNoLimit;
  double minimum = 0;  ///< above `low`, nothing between `low` and this can be bought
  /// Where it stands in an order that does not depend on the input's; none twice.
  std::uint64_t key = 0;
};

/// Cells that together must stay between two amounts.
struct Limit {
  std::string name;  ///< "channel tv", as people read it
  double floor = 0;
  double cap = kNoLimit;
  std::vector<std::uint32_t> cells;
};

/// Cells of one market and channel, week after week, next to each other, of whose contacts a part
/// still acts in the week after (adstock, carry_over.h).
struct Chain {
  std::uint32_t first = 0;
  std::uint32_t cells = 0;
  double kept = 0;  ///< 0 to below 1
};

/// Spend at most the budget so that the sum of the cells' effects is largest.
struct Problem {
  double budget = 0;
  std::vector<Cell> cells;
  std::vector<Chain> chains;       ///< in the cells' order; cells in none stand alone
  std::vector<std::string> names;  ///< of the cells, for sentences; empty or one for each
  std::vector<Limit> limits;

  std::string name_of(std::size_t cell) const;
};

constexpr std::size_t kCellsMax = 5'000'000;
constexpr std::size_t kLimitsMax = 2000;

/// invalid: a curve, an amount or a limit that makes no sense by itself, or limits that clash; the
/// sentence names those that do.
Status check_problem(const Problem& problem);

}  // namespace hustings::allocation
