#pragma once

#include "cli/analysis/data_table.h"
#include "cli/analysis/survey_estimate.h"
#include "statistics/replicates.h"

namespace hustings::cli {

/// The sample that the arguments describe, weighted to its margins; what was done goes into the
/// outcome's sentences.
Result<statistics::Sample> sample_of(const DataTable& data, const SurveyArguments& arguments,
                                     SurveyOutcome& outcome);

/// "a, b" -> a and b; empty: none.
std::vector<std::string> list_of(std::string_view text);

}  // namespace hustings::cli
