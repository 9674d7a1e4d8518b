#pragma once

#include "cli/analysis/experiment_analyse.h"

namespace hustings::cli {

/// A file as an experiment: arm 0 is the control group. Rows without outcome, arm, cluster, block,
/// weight, contact or group are left out; covariates may be missing.
struct TrialFile {
  statistics::Trial trial;
  std::vector<std::string> arms;
  std::vector<std::string> covariates;
  std::vector<std::string> groups;   ///< of `by`
  std::vector<std::uint32_t> group;  ///< by row
  std::vector<bool> complete;        ///< by row: no covariate is missing
  std::size_t left_out = 0;
  std::vector<std::string> notes;
};
Result<TrialFile> trial_of(const DataTable& data, const ExperimentArguments& arguments);

}  // namespace hustings::cli
