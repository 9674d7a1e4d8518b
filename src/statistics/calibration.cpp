#include "statistics/calibration.h"

#include <algorithm>
#include <cmath>
#include <memory>
#include <numeric>
#include <utility>

#include <fmt/format.h>

namespace hustings::statistics {
namespace {

/// g of Deville and Särndal as a function of u = x'lambda, and its derivative.
struct Growth {
  const CalibrationOptions& options;

  double g(double u) const {
    switch (options.distance) {
      case Distance::linear:
        return std::clamp(1 + u, options.lower, options.upper);
      case Distance::raking:
        return std::clamp(std::exp(u), options.lower, options.upper);
      case Distance::logit:
        break;
    }
    const double low = options.lower;
    const double up = options.upper;
    const double e = std::exp(std::min(slope() * u, 700.0));
    return (low * (up - 1) + up * (1 - low) * e) / (up - 1 + (1 - low) * e);
  }

  double derivative(double u) const {
    switch (options.distance) {
      case Distance::linear:
        return within(1 + u) ? 1 : 0;
      case Distance::raking:
        return within(std::exp(u)) ? std::exp(u) : 0;
      case Distance::logit:
        break;
    }
    const double value = g(u);
    // g' = A (g - L) (U - g) / (U - L), the logistic curve between L and U.
    return slope() * (value - options.lower) * (options.upper - value) /
           (options.upper - options.lower);
  }

 private:
  bool within(double value) const { return value > options.lower && value < options.upper; }
  double slope() const {
    return (options.upper - options.lower) / ((options.upper - 1) * (1 - options.lower));
  }
};

struct Solution {
  std::vector<double> g;
  int iterations = 0;
  double worst = 0;
  std::size_t worst_column = 0;
  bool converged = false;
};

std::vector<double> totals_of(const Matrix& x, std::span<const double> weights,
                              const std::vector<double>& g) {
  std::vector<double> out(x.columns());
  for (std::size_t i = 0; i < x.rows(); ++i) {
    const double weight = weights[i] * (g.empty() ? 1 : g[i]);
    for (std::size_t c = 0; c < x.columns(); ++c)
      out[c] += weight * x(i, c);
  }
  return out;
}

void judge(const Matrix& x, std::span<const double> weights, const std::vector<double>& totals,
           Solution& out, std::vector<double>& misfit) {
  const auto found = totals_of(x, weights, out.g);
  out.worst = 0;
  for (std::size_t c = 0; c < found.size(); ++c) {
    misfit[c] = totals[c] - found[c];
    const double gap = std::abs(misfit[c]) / (1 + std::abs(totals[c]));
    if (gap >= out.worst || std::isnan(gap)) {
      out.worst = gap;
      out.worst_column = c;
    }
  }
}

/// Newton's method on lambda.
Solution solve(const Matrix& x, std::span<const double> weights, const std::vector<double>& totals,
               const CalibrationOptions& options) {
  const Growth growth{options};
  const std::size_t rows = x.rows();
  Solution out;
  std::vector<double> lambda(x.columns());
  std::vector<double> u(rows);
  std::vector<double> misfit(x.columns());
  out.g.assign(rows, 1);
  judge(x, weights, totals, out, misfit);
  double step = 1;
  std::vector<double> change(x.columns());
  while (out.iterations < options.iterations_max && !out.converged) {
    ++out.iterations;
    if (step == 1) {
      std::vector<double> curvature(rows);
      for (std::size_t i = 0; i < rows; ++i)
        curvature[i] = weights[i] * growth.derivative(u[i]);
      change = Cholesky(weighted_gram(x, curvature)).solve(misfit);
    }
    const auto tried = [&](double sign) {
      for (std::size_t c = 0; c < lambda.size(); ++c)
        lambda[c] += sign * step * change[c];
    };
    tried(1);
    bool finite = true;
    for (std::size_t i = 0; i < rows; ++i) {
      const auto row = x.row(i);
      u[i] = 0;
      for (std::size_t c = 0; c < lambda.size(); ++c)
        u[i] += row[c] * lambda[c];
      out.g[i] = growth.g(u[i]);
      finite = finite && std::isfinite(out.g[i]);
    }
    if (!finite) {
      tried(-1);
      step /= 2;
      continue;
    }
    step = 1;
    judge(x, weights, totals, out, misfit);
    out.converged = out.worst < options.epsilon;
  }
  return out;
}

/// What calibration explains of scores: their regression on the columns, weighted by the first
/// weights.
struct CalibratedOut {
  Matrix x;
  std::vector<double> before;
  std::vector<double> after;
  Cholesky gram;

  void operator()(Matrix& scores) const {
    for (std::size_t c = 0; c < scores.columns(); ++c) {
      std::vector<double> moment(x.columns());
      for (std::size_t i = 0; i < x.rows(); ++i) {
        if (after[i] == 0) continue;
        const double value = before[i] * scores(i, c) / after[i];
        for (std::size_t j = 0; j < moment.size(); ++j)
          moment[j] += x(i, j) * value;
      }
      const auto slope = gram.solve(moment);
      for (std::size_t i = 0; i < x.rows(); ++i) {
        double fitted = 0;
        for (std::size_t j = 0; j < slope.size(); ++j)
          fitted += x(i, j) * slope[j];
        scores(i, c) -= after[i] * fitted;
      }
    }
  }
};

Status check_bounds(const CalibrationOptions& options) {
  const bool finite = std::isfinite(options.lower) && std::isfinite(options.upper);
  if (options.distance == Distance::logit && !finite)
    return invalid("Logit calibration needs both bounds, such as 0.5 and 2.");
  if (std::isfinite(options.lower) && options.distance != Distance::linear && options.lower < 0)
    return invalid("The lower bound must be 0 or more.");
  if (!(options.lower < 1 && options.upper > 1))
    return invalid("The bounds are of new weight over old weight: one below 1, one above.");
  return {};
}

Status check_solution(const Solution& solution, const std::vector<std::string>& names,
                      const CalibrationOptions& options) {
  if (solution.converged) return {};
  return invalid(fmt::format(
      "Calibration does not converge: after {} rounds {} is still off by {:.3g} of its total{}.",
      solution.iterations, names[solution.worst_column], solution.worst,
      std::isfinite(options.upper) || std::isfinite(options.lower)
          ? "; the bounds may be too narrow"
          : "; the totals may contradict each other"));
}

std::vector<double> times(std::span<const double> weights, const std::vector<double>& g) {
  std::vector<double> out(weights.begin(), weights.end());
  for (std::size_t i = 0; i < out.size(); ++i)
    out[i] *= g[i];
  return out;
}

}  // namespace

Result<CalibrationOutcome> calibrate(Sample& sample, const Matrix& columns,
                                     const std::vector<double>& totals,
                                     const std::vector<std::string>& names,
                                     const CalibrationOptions& options) {
  CHECK(columns.rows() == sample.rows() && totals.size() == columns.columns());
  CHECK(names.size() == totals.size());
  TRY(check_bounds(options));
  const Solution solution = solve(columns, sample.weights(), totals, options);
  TRY(check_solution(solution, names, options));
  if (sample.replicates) {
    for (auto& weights : sample.replicates->weights) {
      const Solution one = solve(columns, weights, totals, options);
      TRY(check_solution(one, names, options));
      weights = times(weights, one.g);
    }
  }
  CalibrationOutcome outcome{.iterations = solution.iterations};
  const auto [smallest, largest] = std::minmax_element(solution.g.begin(), solution.g.end());
  outcome.g_smallest = *smallest;
  outcome.g_largest = *largest;
  auto after = times(sample.weights(), solution.g);
  const auto shared = std::make_shared<const CalibratedOut>(
      CalibratedOut{.x = columns,
                    .before = {sample.weights().begin(), sample.weights().end()},
                    .after = after,
                    .gram = Cholesky(weighted_gram(columns, sample.weights()))});
  sample.design.reweight(std::move(after), [shared](Matrix& scores) { (*shared)(scores); });
  return outcome;
}

Result<std::size_t> trim_weights(Sample& sample, const TrimOptions& options) {
  if (!(options.lower < options.upper))
    return invalid("The lower bound of the weights must be below the upper one.");
  std::vector<double> weights(sample.weights().begin(), sample.weights().end());
  std::size_t moved = 0;
  constexpr int kRoundsMax = 1000;
  for (int round = 0; round < kRoundsMax; ++round) {
    std::vector<bool> outside(weights.size());
    double taken = 0;
    std::size_t count = 0;
    for (std::size_t i = 0; i < weights.size(); ++i) {
      const double held = std::clamp(weights[i], options.lower, options.upper);
      outside[i] = held != weights[i];
      count += outside[i] ? 1 : 0;
      taken += weights[i] - held;
      weights[i] = held;
    }
    if (count == 0) break;
    moved += round == 0 ? count : 0;
    if (count == weights.size())
      return invalid("No weight lies within the bounds, so nobody can take what is trimmed.");
    for (std::size_t i = 0; i < weights.size(); ++i) {
      if (!outside[i]) weights[i] += taken / static_cast<double>(weights.size() - count);
    }
    if (!options.strict) break;
    if (round + 1 == kRoundsMax)
      return invalid("No weights within these bounds have the same sum; widen them.");
  }
  if (sample.replicates && moved > 0) {
    std::vector<double> factors(weights.size());
    for (std::size_t i = 0; i < factors.size(); ++i)
      factors[i] = sample.weights()[i] > 0 ? weights[i] / sample.weights()[i] : 0;
    for (auto& replicate : sample.replicates->weights)
      replicate = times(replicate, factors);
  }
  sample.design.reweight(std::move(weights), [](Matrix&) {});
  return moved;
}

double kish_design_effect(std::span<const double> weights) {
  double sum = 0;
  double squares = 0;
  double n = 0;
  for (const double weight : weights) {
    sum += weight;
    squares += weight * weight;
    n += weight > 0 ? 1 : 0;
  }
  return sum > 0 ? n * squares / (sum * sum) : kMissing;
}

}  // namespace hustings::statistics
