#include "cli/analysis/survey_estimate.h"

#include <algorithm>
#include <cmath>
#include <fstream>

#include <fmt/format.h>

#include "base/text.h"
#include "cli/analysis/sample_of.h"
#include "statistics/calibration.h"
#include "statistics/regression.h"
#include "statistics/special.h"

namespace hustings::cli {
namespace {

using statistics::Domain;
using statistics::Estimate;
using statistics::Sample;

/// Makes one row after another, in each group.
class Estimating {
 public:
  Estimating(const DataTable& data, const SurveyArguments& arguments, const Sample& sample,
             SurveyOutcome& outcome)
      : data_(data), arguments_(arguments), sample_(sample), outcome_(outcome) {
    options_.level = arguments.level;
    options_.df = arguments.df;
    options_.deff_with_replacement = arguments.deff_with_replacement;
  }

  Status run(const Domain& in, const std::string& group) {
    in_ = in;
    group_ = group;
    for (const std::string& name : arguments_.mean)
      TRY(each_column("mean", name));
    for (const std::string& name : arguments_.total)
      TRY(each_column("total", name));
    for (const std::string& name : arguments_.ratio)
      TRY(add_ratio(name));
    for (const std::string& name : arguments_.proportion)
      TRY(add_proportions(name));
    for (const std::string& name : arguments_.quantile)
      TRY(add_quantiles(name));
    for (const std::string& name : arguments_.regress)
      TRY(add_regression("regress", name));
    for (const std::string& name : arguments_.logistic)
      TRY(add_regression("logistic", name));
    return {};
  }

  Status add_tables() {
    for (const std::string& name : arguments_.table) {
      const auto parts = split(name, ':');
      if (parts.size() != 2) return invalid(fmt::format("\"{}\" is no table; write a:b.", name));
      const Categories rows = TRY(data_.categories(parts[0]));
      const Categories columns = TRY(data_.categories(parts[1]));
      const auto test = TRY(statistics::independence(
          sample_, {rows.code, static_cast<std::uint32_t>(rows.levels.size())},
          {columns.code, static_cast<std::uint32_t>(columns.levels.size())}));
      outcome_.tables.push_back({.variables = name, .test = test});
    }
    return {};
  }

 private:
  void add(std::string kind, std::string variable, std::string category, const Estimate& estimate,
           double p = statistics::kMissing) {
    outcome_.rows.push_back({.kind = std::move(kind),
                             .variable = std::move(variable),
                             .category = std::move(category),
                             .group = group_,
                             .estimate = estimate,
                             .p = p});
  }

  /// A column of numbers, or each category of another one.
  Status each_column(const std::string& kind, const std::string& name) {
    const auto one = [&](const std::vector<double>& values) {
      return kind == "mean" ? statistics::mean(sample_, values, in_, options_)
                            : statistics::total(sample_, values, in_, options_);
    };
    if (TRY(data_.is_numeric(name))) {
      const auto values = TRY(data_.numbers(name));
      add(kind, name, "", TRY(named(name, one(values))));
      return {};
    }
    const Categories of = TRY(data_.categories(name));
    for (std::uint32_t level = 0; level < of.levels.size(); ++level)
      add(kind, name, of.levels[level], TRY(named(name, one(indicator(of, level)))));
    return {};
  }

  static std::vector<double> indicator(const Categories& of, std::uint32_t level) {
    std::vector<double> out(of.code.size());
    for (std::size_t i = 0; i < out.size(); ++i)
      out[i] = of.code[i] == UINT32_MAX ? statistics::kMissing : (of.code[i] == level ? 1 : 0);
    return out;
  }

  template <class Value>
  Result<Value> named(const std::string& name, Result<Value> found) const {
    if (found) return found;
    return invalid(found.error().sentence,
                   group_.empty() ? name : fmt::format("{} where {}", name, group_));
  }

  Status add_ratio(const std::string& name) {
    const auto parts = split(name, '/');
    if (parts.size() != 2) return invalid(fmt::format("\"{}\" is no ratio; write a/b.", name));
    const auto above = TRY(data_.numbers(parts[0]));
    const auto below = TRY(data_.numbers(parts[1]));
    add("ratio", name, "",
        TRY(named(name, statistics::ratio(sample_, {above, below}, in_, options_))));
    return {};
  }

  Result<statistics::ProportionInterval> interval() const {
    if (arguments_.interval == "logit") return statistics::ProportionInterval::logit;
    if (arguments_.interval == "beta") return statistics::ProportionInterval::beta;
    if (arguments_.interval == "wald") return statistics::ProportionInterval::wald;
    return invalid(
        fmt::format("\"{}\" is no interval of proportions; there are logit, beta and "
                    "wald.",
                    arguments_.interval));
  }

  /// The share of one category, or of each. Where all answers of a group are equal, the interval is
  /// the one that has no logit in it.
  Status add_proportions(const std::string& name) {
    const auto kind = TRY(interval());
    std::vector<std::pair<std::string, std::vector<double>>> columns;
    if (name.find('=') != std::string::npos) {
      columns.emplace_back(name.substr(name.find('=') + 1), TRY(data_.numbers(name)));
    } else {
      const Categories of = TRY(data_.categories(name));
      for (std::uint32_t level = 0; level < of.levels.size(); ++level)
        columns.emplace_back(of.levels[level], indicator(of, level));
    }
    for (const auto& [category, values] : columns) {
      auto found = statistics::proportion(sample_, values, kind, in_, options_);
      if (!found && kind == statistics::ProportionInterval::logit)
        found = statistics::proportion(sample_, values, statistics::ProportionInterval::beta, in_,
                                       options_);
      add("proportion", name.substr(0, name.find('=')), category, TRY(named(name, found)));
    }
    return {};
  }

  Status add_quantiles(const std::string& name) {
    const std::size_t colon = name.rfind(':');
    const std::string column = name.substr(0, colon);
    const auto shares =
        list_of(colon == std::string::npos ? "0.25,0.5,0.75" : name.substr(colon + 1));
    const auto values = TRY(data_.numbers(column));
    for (const std::string& share : shares) {
      const auto p = parse_double(share);
      if (!p) return invalid(fmt::format("\"{}\" is no share between 0 and 1.", share), name);
      add("quantile", column, share,
          TRY(named(name, statistics::quantile(sample_, values, *p, in_, options_))));
    }
    return {};
  }

  Status add_regression(const std::string& kind, const std::string& text) {
    Formula formula = TRY(data_.formula(text));
    auto outcome = TRY(data_.numbers(formula.outcome));
    std::vector<double> weights(sample_.weights().begin(), sample_.weights().end());
    Domain used = in_;
    for (std::size_t i = 0; i < weights.size(); ++i) {
      bool there = in_[i] && !std::isnan(outcome[i]);
      for (const auto& column : formula.right.columns)
        there = there && !std::isnan(column[i]);
      used[i] = there && weights[i] > 0;
      if (there) continue;
      weights[i] = outcome[i] = 0;
      for (auto& column : formula.right.columns)
        column[i] = 0;
    }
    const auto [low, high] = extremes(outcome, used);
    if (!(low < high))
      return invalid(
          fmt::format("All values of {} are equal, so nothing can explain them.", formula.outcome));
    const auto x = statistics::Matrix::of_columns(formula.right.columns);
    const double scale = mean_weight();
    const auto fit_with = [&](std::span<const double> w) {
      return kind == "regress" ? statistics::fit_linear(x, outcome, w)
                               : statistics::fit_logistic(x, outcome, w, {.weight_scale = scale});
    };
    const statistics::Fit fit = TRY(named(text, fit_with(weights)));
    statistics::Matrix covariance;
    if (sample_.replicates) {
      covariance = sample_.replicates->variance(fit.coefficients, [&](std::span<const double> w) {
        std::vector<double> own(w.begin(), w.end());
        for (std::size_t i = 0; i < own.size(); ++i)
          own[i] = used[i] ? own[i] : 0;
        const auto again = fit_with(own);
        return again ? again->coefficients : fit.coefficients;
      });
    } else {
      covariance = TRY(statistics::design_covariance(sample_, x, fit));
    }
    const double df = options_.df.value_or(sample_.design.degrees_of_freedom(used) + 1 -
                                           static_cast<double>(fit.rank()));
    for (std::size_t c = 0; c < fit.coefficients.size(); ++c) {
      if (!fit.kept[c]) {
        outcome_.notes.push_back(
            fmt::format("{}: {} follows from the columns before it and was "
                        "left out.",
                        text, formula.right.names[c]));
        continue;
      }
      add_coefficient(kind, text, formula.right.names[c],
                      {.value = fit.coefficients[c],
                       .se = std::sqrt(covariance(c, c)),
                       .df = df,
                       .n = fit.rows});
    }
    return {};
  }

  /// Of the domain's respondents, those with missing values too.
  double mean_weight() const {
    double sum = 0;
    double count = 0;
    for (std::size_t i = 0; i < in_.size(); ++i) {
      sum += in_[i] ? sample_.weights()[i] : 0;
      count += in_[i] ? 1 : 0;
    }
    return sum / count;
  }

  void add_coefficient(const std::string& kind, const std::string& text, const std::string& name,
                       Estimate estimate) {
    if (estimate.df > 0) {
      const double t = statistics::student_quantile(0.5 + options_.level / 2, estimate.df);
      estimate.lower = estimate.value - t * estimate.se;
      estimate.upper = estimate.value + t * estimate.se;
    }
    const double p = estimate.df > 0
                         ? statistics::student_two_sided(estimate.value / estimate.se, estimate.df)
                         : statistics::kMissing;
    add(kind, text, name, estimate, p);
  }

  static std::pair<double, double> extremes(const std::vector<double>& values, const Domain& in) {
    double low = statistics::kInfinity;
    double high = -statistics::kInfinity;
    for (std::size_t i = 0; i < values.size(); ++i) {
      if (!in[i]) continue;
      low = std::min(low, values[i]);
      high = std::max(high, values[i]);
    }
    return {low, high};
  }

  const DataTable& data_;
  const SurveyArguments& arguments_;
  const Sample& sample_;
  SurveyOutcome& outcome_;
  statistics::EstimateOptions options_;
  Domain in_;
  std::string group_;
};

Status write_weights(const std::filesystem::path& file, const Sample& sample) {
  std::ofstream out(file);
  out << "row,weight\n";
  for (std::size_t i = 0; i < sample.rows(); ++i)
    out << fmt::format("{},{}\n", i + 1, sample.weights()[i]);
  if (!out.flush()) return invalid("The weights cannot be written.", file.string());
  return {};
}

bool nothing_asked(const SurveyArguments& a) {
  return a.mean.empty() && a.total.empty() && a.ratio.empty() && a.proportion.empty() &&
         a.quantile.empty() && a.regress.empty() && a.logistic.empty() && a.table.empty() &&
         a.weights_out.empty();
}

void describe_weights(const Sample& sample, SurveyOutcome& outcome) {
  outcome.respondents = sample.rows();
  outcome.weight_sum = sample.design.weight_sum();
  const auto [low, high] = std::minmax_element(sample.weights().begin(), sample.weights().end());
  outcome.weight_smallest = *low;
  outcome.weight_largest = *high;
  outcome.kish_deff = statistics::kish_design_effect(sample.weights());
  outcome.df = sample.design.degrees_of_freedom();
}

}  // namespace

Result<SurveyOutcome> estimate_survey(const SurveyArguments& arguments) {
  if (nothing_asked(arguments)) {
    return invalid(
        "Say what to estimate: --mean, --total, --ratio, --proportion, --quantile, "
        "--regress, --logistic or --table.");
  }
  if (!(arguments.level > 0 && arguments.level < 1))
    return invalid(fmt::format("The level lies between 0 and 1, not at {}.", arguments.level));
  const DataTable data = TRY(DataTable::read(arguments.file));
  SurveyOutcome outcome;
  const Sample sample = TRY(sample_of(data, arguments, outcome));
  describe_weights(sample, outcome);
  Estimating estimating(data, arguments, sample, outcome);
  const Domain in = TRY(data.where(arguments.where));
  if (arguments.by.empty()) {
    TRY(estimating.run(in, ""));
  } else {
    const Categories by = TRY(data.categories(arguments.by));
    for (std::uint32_t level = 0; level < by.levels.size(); ++level) {
      Domain part = in;
      bool any = false;
      for (std::size_t i = 0; i < part.size(); ++i) {
        part[i] = part[i] && by.code[i] == level;
        any = any || part[i];
      }
      if (any) TRY(estimating.run(part, fmt::format("{}={}", arguments.by, by.levels[level])));
    }
  }
  TRY(estimating.add_tables());
  if (!arguments.weights_out.empty()) TRY(write_weights(arguments.weights_out, sample));
  return outcome;
}

}  // namespace hustings::cli
