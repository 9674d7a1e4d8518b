#pragma once

#include <optional>

#include "allocation/detail/lanes.h"

/// Water-filling over columns, for those who keep their cells in them.
namespace hustings::allocation {

/// Stands for the log price of the first unit of a cell that has no effect.
constexpr double kNeverBought = -1e290;
/// Slopes below this have no logarithm that is of use.
constexpr double kSlopeMin = 1e-305;

/// The log price at which the demand of saturating cells meets a budget that is smaller than all
/// they can take. None: all that gains anything can be bought. `guess`: of a similar problem;
/// `rounds` is raised by each trial price.
std::optional<double> meeting_log_price(const detail::SaturatingColumns& cells, double budget,
                                        std::optional<double> guess, int& rounds);

}  // namespace hustings::allocation
