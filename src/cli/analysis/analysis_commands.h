#pragma once

#include <functional>

#include <CLI/CLI.hpp>

#include "cli/analysis/experiment_analyse.h"
#include "cli/analysis/survey_estimate.h"

namespace hustings::cli {

struct AnalysisArguments {
  SurveyArguments survey;
  ExperimentArguments experiment;
};

/// `survey estimate` and `experiment analyse`; `choose` gets what is to be run. Neither needs a
/// database. Exit codes: 0, or 2 with one sentence on standard error.
void add_analysis_commands(CLI::App& app, AnalysisArguments& arguments,
                           const std::function<void(std::function<int()>)>& choose);

}  // namespace hustings::cli
