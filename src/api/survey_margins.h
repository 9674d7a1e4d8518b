#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "segments/segment_service.h"
#include "statistics/calibration.h"
#include "surveys/respondents.h"

/// What a survey is weighted to: counts of the registry as it is now, from the live segments.
namespace hustings::api {

/// "age", "gender", "party", "county", "state"
inline constexpr std::string_view kMarginNames = "age,gender,party,county,state";

struct RegistryMargins {
  std::vector<statistics::Margin> margins;
  segments::Freshness fresh;
  std::vector<std::string> merged;  ///< categories of few people that were put together
};
/// Of everybody on the roll (not removed, not denied), by each of these fields; a category for each
/// respondent. Categories with fewer than 2 % of the people are put together as "other", or with
/// the largest where they make less than 2 % together. Refuses: invalid (a name that is none).
Result<RegistryMargins> registry_margins(const segments::SegmentService& segments,
                                         const std::vector<std::string>& names,
                                         const std::vector<surveys::Respondent>& respondents);

}  // namespace hustings::api
