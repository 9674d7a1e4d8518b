#pragma once

#include <string>
#include <vector>

#include "spending/stored.h"

/// Which contests' errors go together, as people see it. Pure functions.
namespace hustings::spending {

/// Row by row, with ones on the diagonal; empty where no errors are correlated.
std::vector<double> correlation_matrix(const Stored& stored);

/// The same as CSV: a column for each contest. What is exported can be imported again.
std::string correlations_csv(const Stored& stored);

/// What the settings' errors say already, beside any matrix: how far the whole errors of two
/// contests go together by what they share with their region and with all others.
struct SharedErrors {
  double within_region = 0;
  double between_regions = 0;
};
SharedErrors shared_errors(const Settings& settings);

/// The pairs furthest from zero, the furthest first.
std::vector<StoredCorrelation> strongest(const Stored& stored, std::size_t count);

}  // namespace hustings::spending
