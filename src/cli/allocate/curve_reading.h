#pragma once

#include <vector>

#include <boost/json.hpp>

#include "allocation/problem.h"
#include "cli/allocate/cell_lists.h"

namespace hustings::cli {

/// The cells with their curves and natural caps, without floors. With `race`, sizes are shares
/// moved in a market; else they are multiplied by the markets' worth v.
Result<std::vector<allocation::Cell>> read_curves(const boost::json::object& object,
                                                  const CellGrid& grid, bool race);

/// Weeks that lean on the ones before, from adstock (what a week keeps of its contacts) or
/// half_life_weeks, by channel; empty without either.
Result<std::vector<allocation::Chain>> read_chains(const boost::json::object& object,
                                                   const CellGrid& grid);

/// By cell: the standard error of its size, from a_se; empty without that key.
Result<std::vector<double>> read_uncertainty(const boost::json::object& object,
                                             const CellGrid& grid, bool race);

}  // namespace hustings::cli
