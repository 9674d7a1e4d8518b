#include "cli/analysis/trial_of.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "base/text.h"
#include "cli/analysis/sample_of.h"

namespace hustings::cli {
namespace {

Result<std::string> control_of(const std::vector<std::string>& levels,
                               const ExperimentArguments& arguments) {
  if (!arguments.control.empty()) {
    if (std::find(levels.begin(), levels.end(), arguments.control) != levels.end())
      return arguments.control;
    return invalid(fmt::format("Nobody is in the arm \"{}\"; there are {}.", arguments.control,
                               join(levels, ", ")));
  }
  for (const std::string& level : levels) {
    const std::string name = to_lower(level);
    if (name == "0" || name == "control" || name == "none" || name == "false" || name == "no")
      return level;
  }
  return invalid(fmt::format("Which arm is the control group? Say --control with one of {}.",
                             join(levels, ", ")));
}

/// The arms that are analysed: control first, the others as asked, or in order.
Result<std::vector<std::string>> arms_of(const Categories& column,
                                         const ExperimentArguments& arguments) {
  constexpr std::size_t kArmsMax = 200;
  if (column.levels.size() > kArmsMax) {
    return invalid(fmt::format("Column \"{}\" has {} values, too many for arms.", arguments.arm,
                               column.levels.size()));
  }
  if (column.levels.size() < 2) {
    return invalid(
        fmt::format("Column \"{}\" has only one arm; an effect needs a control group "
                    "too.",
                    arguments.arm));
  }
  const std::string control = TRY(control_of(column.levels, arguments));
  std::vector<std::string> out{control};
  for (const std::string& level : column.levels) {
    if (level != control && level != arguments.placebo && arguments.treatments.empty())
      out.push_back(level);
  }
  std::vector<std::string> named = arguments.treatments;
  if (!arguments.placebo.empty() && arguments.placebo != control)
    named.push_back(arguments.placebo);
  for (const std::string& name : named) {
    if (std::find(column.levels.begin(), column.levels.end(), name) == column.levels.end()) {
      return invalid(fmt::format("Nobody is in the arm \"{}\"; there are {}.", name,
                                 join(column.levels, ", ")));
    }
    out.push_back(name);
  }
  if (out.size() < 2) return invalid("There is only one arm; an effect needs a control group too.");
  return out;
}

/// Cuts all parallel columns down to some rows.
void keep_rows(TrialFile& file, const std::vector<bool>& in) {
  file.trial = file.trial.subset(in);
  std::vector<std::uint32_t> group;
  for (std::size_t i = 0; i < file.group.size(); ++i) {
    if (in[i]) group.push_back(file.group[i]);
  }
  file.group = std::move(group);
}

Status check_contacts(const std::vector<double>& contacted, const std::vector<bool>& in,
                      const std::string& column) {
  for (std::size_t i = 0; i < contacted.size(); ++i) {
    if (in[i] && contacted[i] != 0 && contacted[i] != 1)
      return invalid(fmt::format("Row {}: {} is {}, not 0 or 1.", i + 1, column, contacted[i]));
  }
  return {};
}

Status add_codes(const DataTable& data, const std::string& column, std::vector<std::uint32_t>& into,
                 std::vector<bool>& in) {
  if (column.empty()) return {};
  Categories of = TRY(data.categories(column));
  into = std::move(of.code);
  for (std::size_t i = 0; i < into.size(); ++i)
    in[i] = in[i] && into[i] != UINT32_MAX;
  return {};
}

Status add_numbers(const DataTable& data, const std::string& column, std::vector<double>& into,
                   std::vector<bool>& in) {
  if (column.empty()) return {};
  into = TRY(data.numbers(column));
  for (std::size_t i = 0; i < into.size(); ++i)
    in[i] = in[i] && !std::isnan(into[i]);
  return {};
}

void find_complete(TrialFile& file) {
  file.complete.assign(file.trial.rows(), true);
  for (const auto& values : file.trial.covariates) {
    for (std::size_t i = 0; i < values.size(); ++i)
      file.complete[i] = file.complete[i] && !std::isnan(values[i]);
  }
  const auto missing = std::count(file.complete.begin(), file.complete.end(), false);
  if (missing == 0) return;
  file.notes.push_back(
      fmt::format("{} rows lack a covariate and are left out where covariates are "
                  "used.",
                  missing));
}

/// Clusters whose voters are of several arms were not assigned as one.
void note_split_clusters(TrialFile& file) {
  const auto& trial = file.trial;
  if (trial.cluster.empty()) return;
  const auto clusters = statistics::nest({}, trial.cluster);
  std::vector<std::uint32_t> arm_of(clusters.count, UINT32_MAX);
  std::vector<bool> split(clusters.count);
  std::size_t count = 0;
  for (std::size_t i = 0; i < trial.rows(); ++i) {
    std::uint32_t& arm = arm_of[clusters.code[i]];
    if (arm == UINT32_MAX) arm = trial.arm[i];
    if (arm != trial.arm[i] && !split[clusters.code[i]]) {
      split[clusters.code[i]] = true;
      ++count;
    }
  }
  if (count > 0) {
    file.notes.push_back(
        fmt::format("{} of {} clusters hold voters of more than one arm.", count, clusters.count));
  }
}

}  // namespace

Result<TrialFile> trial_of(const DataTable& data, const ExperimentArguments& arguments) {
  TrialFile out;
  const Categories column = TRY(data.categories(arguments.arm));
  out.arms = TRY(arms_of(column, arguments));
  std::vector<std::uint32_t> place(column.levels.size(), UINT32_MAX);
  for (std::uint32_t arm = 0; arm < out.arms.size(); ++arm) {
    const auto at = std::find(column.levels.begin(), column.levels.end(), out.arms[arm]);
    place[static_cast<std::size_t>(at - column.levels.begin())] = arm;
  }
  std::vector<bool> in = TRY(data.where(arguments.where));
  std::size_t wanted = 0;
  for (std::size_t i = 0; i < in.size(); ++i) {
    const std::uint32_t code = column.code[i];
    // An arm that is not analysed is not a missing value.
    if (code != UINT32_MAX && place[code] == UINT32_MAX) in[i] = false;
    wanted += in[i] ? 1 : 0;
    out.trial.arm.push_back(code == UINT32_MAX ? 0 : place[code] == UINT32_MAX ? 0 : place[code]);
    if (code == UINT32_MAX) in[i] = false;
  }
  out.trial.arms = static_cast<std::uint32_t>(out.arms.size());
  TRY(add_numbers(data, arguments.outcome, out.trial.outcome, in));
  TRY(add_numbers(data, arguments.weight, out.trial.weights, in));
  TRY(add_numbers(data, arguments.contact, out.trial.contacted, in));
  TRY(add_codes(data, arguments.cluster, out.trial.cluster, in));
  TRY(add_codes(data, arguments.block, out.trial.block, in));
  TRY(add_codes(data, arguments.by, out.group, in));
  if (!arguments.by.empty()) out.groups = TRY(data.categories(arguments.by)).levels;
  auto model = TRY(data.model(list_of(arguments.covariates)));
  out.covariates = std::move(model.names);
  out.trial.covariates = std::move(model.columns);
  if (!out.trial.contacted.empty()) TRY(check_contacts(out.trial.contacted, in, arguments.contact));
  for (std::size_t i = 0; i < out.trial.weights.size(); ++i) {
    if (in[i] && !(out.trial.weights[i] >= 0))
      return invalid(fmt::format("The weight of row {} is below 0.", i + 1));
  }
  keep_rows(out, in);
  out.left_out = wanted - out.trial.rows();
  if (out.left_out > 0)
    out.notes.push_back(fmt::format("{} rows with missing values were left out.", out.left_out));
  find_complete(out);
  const auto sizes = statistics::count_arms(out.trial);
  for (std::size_t arm = 0; arm < sizes.size(); ++arm) {
    if (sizes[arm].n < 2) {
      return invalid(
          fmt::format("The arm \"{}\" has {} voters with all values; at least two are "
                      "needed.",
                      out.arms[arm], sizes[arm].n));
    }
  }
  TRY(statistics::check_trial(out.trial));
  note_split_clusters(out);
  return out;
}

}  // namespace hustings::cli
