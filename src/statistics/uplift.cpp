#include "statistics/uplift.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include <fmt/format.h>

#include "base/rng.h"

namespace hustings::statistics {
namespace {

Result<std::vector<double>> fit_arm(const Trial& trial, const Matrix& x,
                                    const std::vector<bool>& in, double ridge) {
  std::vector<double> weights(trial.rows());
  for (std::size_t i = 0; i < weights.size(); ++i)
    weights[i] = in[i] ? (trial.weights.empty() ? 1 : trial.weights[i]) : 0;
  const Fit fit = TRY(fit_logistic(x, trial.outcome, weights, {.ridge = ridge}));
  return fit.coefficients;
}

double share(std::span<const double> x, const std::vector<double>& coefficients) {
  return 1 / (1 + std::exp(-std::inner_product(x.begin(), x.end(), coefficients.begin(), 0.0)));
}

/// Covariates in standard deviations, so that a ridge weighs on all alike.
Matrix standardised(const Trial& trial) {
  std::vector<std::vector<double>> columns{std::vector<double>(trial.rows(), 1.0)};
  for (auto column : trial.covariates) {
    const auto n = static_cast<double>(column.size());
    const double mean = std::accumulate(column.begin(), column.end(), 0.0) / n;
    double squares = 0;
    for (const double value : column)
      squares += (value - mean) * (value - mean);
    const double sd = std::sqrt(squares / n);
    for (double& value : column)
      value = sd > 0 ? (value - mean) / sd : 0;
    columns.push_back(std::move(column));
  }
  return Matrix::of_columns(columns);
}

}  // namespace

Result<std::vector<double>> cross_fitted_uplift(const Trial& trial, std::uint32_t arm,
                                                const UpliftOptions& options) {
  TRY(check_trial(trial));
  if (trial.covariates.empty()) return invalid("Uplift needs covariates to tell voters apart.");
  if (options.folds < 2) return invalid("Uplift needs at least 2 folds to be honest.");
  const Matrix x = standardised(trial);
  std::vector<double> out(trial.rows(), kMissing);
  std::vector<std::uint32_t> fold(trial.rows());
  for (std::size_t i = 0; i < fold.size(); ++i) {
    const std::uint64_t key = trial.cluster.empty() ? i : trial.cluster[i];
    fold[i] = static_cast<std::uint32_t>(mix64(mix64(options.seed) ^ key) % options.folds);
  }
  for (std::uint32_t held = 0; held < options.folds; ++held) {
    std::vector<bool> treated(trial.rows());
    std::vector<bool> control(trial.rows());
    for (std::size_t i = 0; i < fold.size(); ++i) {
      if (fold[i] == held) continue;
      treated[i] = trial.arm[i] == arm;
      control[i] = trial.arm[i] == 0;
    }
    const auto of_treated = TRY(fit_arm(trial, x, treated, options.ridge));
    const auto of_control = TRY(fit_arm(trial, x, control, options.ridge));
    for (std::size_t i = 0; i < fold.size(); ++i) {
      if (fold[i] == held) out[i] = share(x.row(i), of_treated) - share(x.row(i), of_control);
    }
  }
  return out;
}

namespace {

struct Counts {
  double treated = 0;
  double controls = 0;
  double treated_successes = 0;
  double control_successes = 0;

  void add(bool is_treated, double outcome) {
    (is_treated ? treated : controls) += 1;
    (is_treated ? treated_successes : control_successes) += outcome;
  }
};

Qini::Tenth tenth_of(const ScoredVoters& voters, std::span<const std::size_t> rows) {
  Counts counts;
  double forecasts = 0;
  double squares[2] = {0, 0};
  for (const std::size_t i : rows) {
    counts.add(voters.treated[i] != 0, voters.outcome[i]);
    forecasts += voters.forecast[i];
    squares[voters.treated[i] != 0 ? 1 : 0] += voters.outcome[i] * voters.outcome[i];
  }
  Qini::Tenth out{.forecast = forecasts / static_cast<double>(rows.size()),
                  .effect = kMissing,
                  .se = kMissing,
                  .n = rows.size()};
  if (counts.treated < 2 || counts.controls < 2) return out;
  const double treated = counts.treated_successes / counts.treated;
  const double control = counts.control_successes / counts.controls;
  out.effect = treated - control;
  out.se = std::sqrt((squares[1] / counts.treated - treated * treated) / (counts.treated - 1) +
                     (squares[0] / counts.controls - control * control) / (counts.controls - 1));
  return out;
}

}  // namespace

Result<Qini> qini(const ScoredVoters& voters) {
  const std::size_t n = voters.forecast.size();
  CHECK(voters.outcome.size() == n && voters.treated.size() == n);
  std::vector<std::size_t> order(n);
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    const double of_a = voters.forecast[a];
    const double of_b = voters.forecast[b];
    return of_a != of_b ? of_a > of_b : a < b;
  });
  Counts counts;
  Qini out{.n = n};
  for (std::size_t k = 0; k < n; ++k) {
    counts.add(voters.treated[order[k]] != 0, voters.outcome[order[k]]);
    if (counts.treated > 0 && counts.controls > 0) {
      out.gained =
          counts.treated_successes - counts.control_successes * counts.treated / counts.controls;
      out.auuc +=
          (counts.treated_successes / counts.treated - counts.control_successes / counts.controls) *
          static_cast<double>(k + 1) / static_cast<double>(n);
    } else {
      out.gained = counts.treated_successes;
    }
    out.area += out.gained;
  }
  if (counts.treated == 0 || counts.controls == 0)
    return invalid("An order by effect can only be judged with treated and controls.");
  const auto count = static_cast<double>(n);
  out.area /= count;
  out.auuc /= count;
  const double random = out.gained * (count + 1) / (2 * count);
  out.coefficient = out.area - random;
  out.normalised = out.coefficient / random;
  constexpr std::size_t kTenths = 10;
  for (std::size_t t = 0; t < kTenths && n >= kTenths; ++t) {
    const std::size_t from = n * t / kTenths;
    const std::size_t to = n * (t + 1) / kTenths;
    out.tenths.push_back(tenth_of(voters, std::span(order).subspan(from, to - from)));
  }
  return out;
}

}  // namespace hustings::statistics
