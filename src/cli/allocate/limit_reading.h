#pragma once

#include <vector>

#include <boost/json.hpp>

#include "allocation/problem.h"
#include "cli/allocate/cell_lists.h"

namespace hustings::cli {

/// The limits on sums of cells: channel_cap, week_cap, market_cap, the same with _floor, and
/// groups. Sorted by name.
Result<std::vector<allocation::Limit>> read_limits(const boost::json::object& object,
                                                   const CellGrid& grid);

}  // namespace hustings::cli
