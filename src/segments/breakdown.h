#pragma once

#include <string_view>

#include "base/error.h"
#include "segments/aggregate.h"
#include "segments/analysis.h"
#include "segments/electorate.h"

namespace hustings::segments {

/// How the rows that match fall into the values of a category, into bands of age or into counties.
Result<Breakdown> breakdown(const Scan& scan, const Electorate& electorate, const Filter& filter,
                            std::string_view by, Instant now);
Result<Distribution> distribution(const Scan& scan, const Electorate& electorate,
                                  const Filter& filter, std::string_view score);

}  // namespace hustings::segments
