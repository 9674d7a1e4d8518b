#include "cli/analysis/sample_of.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include <fmt/format.h>

#include "base/text.h"
#include "cli/analysis/margins_file.h"

namespace hustings::cli {
namespace {

using statistics::Sample;

Result<std::vector<std::uint32_t>> codes_of(const DataTable& data, const std::string& column,
                                            std::vector<std::string>* names) {
  Categories of = TRY(data.categories(column));
  for (std::size_t i = 0; i < of.code.size(); ++i) {
    if (of.code[i] == UINT32_MAX)
      return invalid(fmt::format("Row {} has no {}.", i + 1, column), data.file().string());
  }
  if (names != nullptr) *names = std::move(of.levels);
  return std::move(of.code);
}

Result<statistics::LonelyUnit> lonely_of(const std::string& name) {
  if (name == "fail") return statistics::LonelyUnit::fail;
  if (name == "certainty" || name == "remove") return statistics::LonelyUnit::certainty;
  if (name == "adjust") return statistics::LonelyUnit::adjust;
  if (name == "average") return statistics::LonelyUnit::average;
  return invalid(
      fmt::format("\"{}\" is no way to treat a lonely unit; there are fail, certainty, "
                  "adjust and average.",
                  name));
}

Result<statistics::DesignColumns> columns_of(const DataTable& data,
                                             const SurveyArguments& arguments) {
  statistics::DesignColumns out;
  out.lonely = TRY(lonely_of(arguments.lonely));
  out.unequal_probabilities = arguments.unequal_probabilities;
  if (!arguments.weight.empty()) {
    out.weights = TRY(data.numbers(arguments.weight));
  } else if (arguments.fpc.empty()) {
    out.weights.assign(data.rows(), 1);
  }
  const auto clusters = list_of(arguments.cluster);
  const auto strata = list_of(arguments.strata);
  const auto populations = list_of(arguments.fpc);
  const std::size_t stages =
      std::max({clusters.size(), strata.size(), populations.size(), std::size_t{1}});
  for (std::size_t s = 0; s < stages; ++s) {
    statistics::Stage& stage = out.stages.emplace_back();
    if (s < clusters.size()) stage.unit = TRY(codes_of(data, clusters[s], nullptr));
    if (s < strata.size())
      stage.stratum = TRY(codes_of(data, strata[s], s == 0 ? &out.stratum_names : nullptr));
    if (s < populations.size()) stage.population = TRY(data.numbers(populations[s]));
  }
  return out;
}

Result<std::pair<double, double>> pair_of(const std::string& text, const char* what) {
  const auto parts = split(text, ',');
  std::pair<double, double> out{-statistics::kInfinity, statistics::kInfinity};
  const auto read = [&](std::string_view part, double& into) {
    if (trim(part).empty()) return true;
    const auto number = parse_double(trim(part));
    if (number) into = *number;
    return number.has_value();
  };
  if (parts.size() != 2 || !read(parts[0], out.first) || !read(parts[1], out.second))
    return invalid(fmt::format("\"{}\" are no {}; write two numbers, such as 0.5,2.", text, what));
  return out;
}

/// One column for each category (all but the first of later variables), and for each number.
struct CalibrationColumns {
  std::vector<std::vector<double>> columns;
  std::vector<double> totals;
  std::vector<std::string> names;
};

Result<CalibrationColumns> calibration_columns(const DataTable& data, const Margins& margins,
                                               double everybody) {
  CalibrationColumns out;
  out.columns.emplace_back(data.rows(), 1.0);
  out.totals.push_back(everybody);
  out.names.emplace_back("everybody");
  for (const statistics::Margin& margin : margins.categorical) {
    for (std::size_t c = 1; c < margin.categories.size(); ++c) {
      auto& column = out.columns.emplace_back(data.rows());
      bool any = false;
      for (std::size_t i = 0; i < column.size(); ++i) {
        column[i] = margin.category[i] == c ? 1 : 0;
        any = any || column[i] > 0;
      }
      if (!any && margin.totals[c] > 0) {
        return invalid(
            fmt::format("Margin {}: \"{}\" has {:.10g} people but no respondents; merge "
                        "it with another category.",
                        margin.name, margin.categories[c], margin.totals[c]));
      }
      out.totals.push_back(margin.totals[c]);
      out.names.push_back(fmt::format("{} \"{}\"", margin.name, margin.categories[c]));
    }
  }
  for (const Margins::Number& number : margins.numbers) {
    auto& column = out.columns.emplace_back(TRY(data.numbers(number.column)));
    for (std::size_t i = 0; i < column.size(); ++i) {
      if (std::isnan(column[i]))
        return invalid(fmt::format("Row {} has no {}; whoever is weighted needs all margins.",
                                   i + 1, number.column));
    }
    out.totals.push_back(number.total);
    out.names.push_back(number.column);
  }
  return out;
}

double sum_of(const std::vector<double>& values) {
  return std::accumulate(values.begin(), values.end(), 0.0);
}

Status rake_to(Sample& sample, const Margins& margins, const SurveyArguments& arguments,
               SurveyOutcome& outcome) {
  if (!margins.numbers.empty()) {
    return invalid(
        fmt::format("{} has a total, not categories; weight to it with the method "
                    "linear, raking or logit.",
                    margins.numbers.front().column));
  }
  if (arguments.method == "post") {
    if (margins.categorical.size() != 1) {
      return invalid(
          fmt::format("Post-stratification takes one margin, and there are {}; cross "
                      "them (a:b), or rake.",
                      margins.categorical.size()));
    }
    TRY(statistics::post_stratify(sample, margins.categorical.front()));
    outcome.weighting += fmt::format("; post-stratified by {}", margins.categorical.front().name);
    return {};
  }
  statistics::RakingOptions options{.iterations_max = arguments.rounds_max};
  if (arguments.tolerance > 0) options.epsilon = arguments.tolerance;
  const auto done = TRY(statistics::rake(sample, margins.categorical, options));
  std::vector<std::string> names;
  for (const auto& margin : margins.categorical)
    names.push_back(margin.name);
  outcome.weighting +=
      fmt::format("; raked to {} in {} rounds (largest gap {:.1e} at {})", join(names, ", "),
                  done.iterations, done.worst_gap, done.worst_margin);
  return {};
}

Status calibrate_to(const DataTable& data, Sample& sample, const Margins& margins,
                    const SurveyArguments& arguments, SurveyOutcome& outcome) {
  statistics::CalibrationOptions options;
  if (arguments.method == "raking") options.distance = statistics::Distance::raking;
  if (arguments.method == "logit") options.distance = statistics::Distance::logit;
  if (!arguments.bounds.empty())
    std::tie(options.lower, options.upper) = TRY(pair_of(arguments.bounds, "bounds"));
  if (arguments.tolerance > 0) options.epsilon = arguments.tolerance;
  double everybody = margins.everybody;
  for (const statistics::Margin& margin : margins.categorical) {
    const double sum = sum_of(margin.totals);
    if (everybody == 0) everybody = sum;
    if (std::abs(sum - everybody) > 1e-6 * everybody) {
      return invalid(
          fmt::format("The margins do not add up: {} has {:.10g} people, others have "
                      "{:.10g}.",
                      margin.name, sum, everybody));
    }
  }
  if (everybody == 0) everybody = sample.design.weight_sum();
  const auto columns = TRY(calibration_columns(data, margins, everybody));
  const auto done =
      TRY(statistics::calibrate(sample, statistics::Matrix::of_columns(columns.columns),
                                columns.totals, columns.names, options));
  outcome.weighting += fmt::format(
      "; calibrated ({}) to {} totals in {} rounds, weights changed by {:.4g} to {:.4g}",
      arguments.method, columns.totals.size(), done.iterations, done.g_smallest, done.g_largest);
  return {};
}

Status weight_to_margins(const DataTable& data, Sample& sample, const SurveyArguments& arguments,
                         Margins margins, SurveyOutcome& outcome) {
  if (margins.shares) {
    const double all = margins.everybody > 0 ? margins.everybody : sample.design.weight_sum();
    for (statistics::Margin& margin : margins.categorical) {
      const double sum = sum_of(margin.totals);
      for (double& total : margin.totals)
        total *= all / sum;
    }
  }
  if (arguments.method == "rake" || arguments.method == "post")
    return rake_to(sample, margins, arguments, outcome);
  for (const char* known : {"linear", "raking", "logit"}) {
    if (arguments.method == known) return calibrate_to(data, sample, margins, arguments, outcome);
  }
  return invalid(
      fmt::format("\"{}\" is no method of weighting; there are rake, post, linear, "
                  "raking and logit.",
                  arguments.method));
}

Result<statistics::Replicates> replicates_of(const Sample& sample,
                                             const SurveyArguments& arguments) {
  statistics::ReplicateOptions options{.count = arguments.replicate_count,
                                       .seed = arguments.seed,
                                       .about_estimate = arguments.about_estimate};
  if (arguments.replicates == "jkn") {
    options.kind = statistics::ReplicateKind::jkn;
  } else if (arguments.replicates == "bootstrap") {
    options.kind = statistics::ReplicateKind::bootstrap;
  } else if (arguments.replicates != "jk1") {
    return invalid(fmt::format("\"{}\" are no replicates; there are jk1, jkn and bootstrap.",
                               arguments.replicates));
  }
  return statistics::make_replicates(sample.design, options);
}

}  // namespace

std::vector<std::string> list_of(std::string_view text) {
  std::vector<std::string> out;
  for (const std::string_view part : split(text, ',')) {
    if (!trim(part).empty()) out.emplace_back(trim(part));
  }
  return out;
}

Result<Sample> sample_of(const DataTable& data, const SurveyArguments& arguments,
                         SurveyOutcome& outcome) {
  statistics::DesignColumns columns = TRY(columns_of(data, arguments));
  Margins margins;
  const bool to_margins = !arguments.margins.empty();
  if (to_margins) {
    margins = TRY(read_margins(arguments.margins, data, std::vector<bool>(data.rows(), true)));
    double all = margins.everybody;
    if (all == 0 && !margins.shares && !margins.categorical.empty())
      all = sum_of(margins.categorical.front().totals);
    // Without weights everybody starts alike, with the population shared out.
    if (arguments.weight.empty() && arguments.fpc.empty() && all > 0)
      columns.weights.assign(data.rows(), all / static_cast<double>(data.rows()));
  }
  outcome.weighting = arguments.weight.empty()
                          ? (arguments.fpc.empty() ? "all alike" : "from the populations (fpc)")
                          : "column " + arguments.weight;
  Sample sample{.design = TRY(statistics::Design::make(std::move(columns)))};
  outcome.variance = "linearised";
  if (!arguments.replicates.empty()) {
    sample.replicates = TRY(replicates_of(sample, arguments));
    outcome.variance =
        fmt::format("{}, {} replicates", arguments.replicates, sample.replicates->weights.size());
  }
  if (to_margins) TRY(weight_to_margins(data, sample, arguments, std::move(margins), outcome));
  if (!arguments.trim.empty()) {
    statistics::TrimOptions options{.strict = arguments.trim_strict};
    std::tie(options.lower, options.upper) = TRY(pair_of(arguments.trim, "bounds of weights"));
    const auto moved = TRY(statistics::trim_weights(sample, options));
    outcome.weighting += fmt::format("; {} weights trimmed", moved);
  }
  return sample;
}

}  // namespace hustings::cli
