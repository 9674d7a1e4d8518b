#pragma once

#include <cstdint>
#include <vector>

#include "allocation/problem.h"

namespace hustings::allocation {

/// A spending in whole cents.
struct Cents {
  std::vector<std::int64_t> cells;
  std::int64_t budget = 0;
  std::int64_t unspent = 0;  ///< budget less the sum of the cells
};

/// Rounds a spending that keeps the limits to cents, by largest remainder: the parts and what is
/// unspent add up to the budget to the cent, no cap, floor or limit is broken, and a minimum buy
/// stays bought. Money that the spending uses up but for rounding is used up to the cent, as far as
/// the limits have room. Equal remainders go by the cells' keys.
Cents to_cents(const Problem& problem, const std::vector<double>& spend);

std::vector<double> from_cents(const Cents& cents);

}  // namespace hustings::allocation
