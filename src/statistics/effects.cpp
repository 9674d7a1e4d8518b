#include "statistics/effects.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include <fmt/format.h>

#include "statistics/special.h"

namespace hustings::statistics {
namespace {

template <class Value>
std::vector<Value> some(const std::vector<Value>& values, const std::vector<bool>& in) {
  std::vector<Value> out;
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (in[i]) out.push_back(values[i]);
  }
  return out;
}

double weight_of(const Trial& trial, std::size_t row) {
  return trial.weights.empty() ? 1.0 : trial.weights[row];
}

std::vector<bool> rows_of_arms(const Trial& trial, std::uint32_t arm) {
  std::vector<bool> in(trial.rows());
  for (std::size_t i = 0; i < in.size(); ++i)
    in[i] = trial.arm[i] == 0 || trial.arm[i] == arm;
  return in;
}

/// The arm against control alone, as arms 0 and 1.
Trial two_arms(const Trial& trial, std::uint32_t arm) {
  Trial out = trial.subset(rows_of_arms(trial, arm));
  out.arms = 2;
  for (std::uint32_t& value : out.arm)
    value = value == 0 ? 0 : 1;
  return out;
}

std::vector<double> indicator(const Trial& trial, std::uint32_t arm) {
  std::vector<double> out(trial.rows());
  for (std::size_t i = 0; i < out.size(); ++i)
    out[i] = trial.arm[i] == arm ? 1 : 0;
  return out;
}

Effect effect_of(const Fit& fit, const Robust& robust, std::size_t column, double level) {
  Effect out;
  out.estimate.value = fit.coefficients[column];
  out.estimate.se = std::sqrt(robust.covariance(column, column));
  out.estimate.df = robust.df[column];
  out.estimate.n = fit.rows;
  const double t = student_quantile(0.5 + level / 2, out.estimate.df);
  out.estimate.lower = out.estimate.value - t * out.estimate.se;
  out.estimate.upper = out.estimate.value + t * out.estimate.se;
  out.p = p_of(out.estimate);
  return out;
}

Errors usable_errors(const Trial& trial, Errors errors) {
  return is_clustered(errors) && trial.cluster.empty() ? Errors::hc2 : errors;
}

}  // namespace

double p_of(const Estimate& estimate) {
  return student_two_sided(estimate.value / estimate.se, estimate.df);
}

Trial Trial::subset(const std::vector<bool>& in) const {
  Trial out;
  out.outcome = some(outcome, in);
  out.arm = some(arm, in);
  out.arms = arms;
  out.cluster = some(cluster, in);
  out.block = some(block, in);
  out.weights = some(weights, in);
  out.contacted = some(contacted, in);
  for (const auto& column : covariates)
    out.covariates.push_back(some(column, in));
  return out;
}

Status check_trial(const Trial& trial) {
  if (trial.rows() == 0) return invalid("There are no voters in the experiment.");
  if (trial.arms < 2) return invalid("There is only one arm; an effect needs a control group too.");
  std::vector<std::size_t> sizes(trial.arms);
  for (const std::uint32_t arm : trial.arm)
    ++sizes[arm];
  for (std::size_t arm = 0; arm < sizes.size(); ++arm) {
    if (sizes[arm] < 2) {
      return invalid(fmt::format("{} has {} voter{}; at least two are needed.",
                                 arm == 0 ? "The control group" : fmt::format("Arm {}", arm),
                                 sizes[arm], sizes[arm] == 1 ? "" : "s"));
    }
  }
  const auto [low, high] = std::minmax_element(trial.outcome.begin(), trial.outcome.end());
  if (*low == *high) {
    return invalid(
        fmt::format("All outcomes are equal ({}), so there is nothing to compare.", *low));
  }
  if (!trial.cluster.empty() &&
      std::all_of(trial.cluster.begin(), trial.cluster.end(),
                  [&](std::uint32_t c) { return c == trial.cluster.front(); })) {
    return invalid("All voters are of one cluster, so nothing can be said of how clusters differ.");
  }
  return {};
}

std::vector<ArmCount> count_arms(const Trial& trial) {
  std::vector<ArmCount> out(trial.arms);
  std::vector<double> weights(trial.arms);
  for (std::size_t i = 0; i < trial.rows(); ++i) {
    ArmCount& count = out[trial.arm[i]];
    const double weight = weight_of(trial, i);
    ++count.n;
    count.sum += weight * trial.outcome[i];
    weights[trial.arm[i]] += weight;
    if (!trial.contacted.empty()) count.contacted += weight * trial.contacted[i];
  }
  for (std::size_t arm = 0; arm < out.size(); ++arm)
    out[arm].mean = weights[arm] > 0 ? out[arm].sum / weights[arm] : kMissing;
  if (!trial.cluster.empty()) {
    const Nested pairs = nest(trial.arm, trial.cluster);
    std::vector<bool> seen(pairs.count);
    for (std::size_t i = 0; i < trial.rows(); ++i) {
      if (!seen[pairs.code[i]]) ++out[trial.arm[i]].clusters;
      seen[pairs.code[i]] = true;
    }
  }
  return out;
}

namespace {

struct Fitted {
  Matrix x;
  Fit fit;
};

/// A column for each block: what CR2 corrects for depends on all that was fitted.
Status add_block_columns(const Trial& trial, std::vector<std::vector<double>>& columns) {
  constexpr std::uint32_t kBlocksMax = 60;
  const Nested blocks = nest({}, trial.block);
  if (blocks.count > kBlocksMax) {
    return invalid(
        fmt::format("Errors of the kind cr2 are made with at most {} blocks, and there are "
                    "{}; take cr1.",
                    kBlocksMax, blocks.count));
  }
  const std::size_t first = columns.size();
  columns.resize(first + blocks.count, std::vector<double>(trial.rows()));
  for (std::size_t i = 0; i < trial.rows(); ++i)
    columns[first + blocks.code[i]][i] = 1;
  return {};
}

/// Regression on the arms' indicators and covariates; blocks or a constant are taken out.
Result<Fitted> fit_arms(const Trial& trial, const EffectOptions& options) {
  std::vector<std::vector<double>> columns;
  const bool blocks = options.blocks && !trial.block.empty();
  if (!blocks) columns.emplace_back(trial.rows(), 1.0);
  for (std::uint32_t arm = 1; arm < trial.arms; ++arm)
    columns.push_back(indicator(trial, arm));
  if (options.adjustment == Adjustment::additive)
    columns.insert(columns.end(), trial.covariates.begin(), trial.covariates.end());
  auto outcome = trial.outcome;
  Absorbed absorbed;
  if (blocks && options.errors == Errors::cr2) {
    TRY(add_block_columns(trial, columns));
  } else if (blocks) {
    std::vector<std::vector<double>*> all{&outcome};
    for (auto& column : columns)
      all.push_back(&column);
    absorbed = absorb(trial.block, trial.weights, all);
  }
  Fitted out{.x = Matrix::of_columns(columns)};
  out.fit = TRY(fit_linear(out.x, outcome, trial.weights));
  out.fit.absorbed = absorbed.blocks;
  out.fit.absorbed_leverage = std::move(absorbed.leverage);
  return out;
}

Result<Fitted> fit_lin(const Trial& pair) {
  std::vector<std::vector<double>> columns{std::vector<double>(pair.rows(), 1.0),
                                           indicator(pair, 1)};
  double weight = 0;
  for (std::size_t i = 0; i < pair.rows(); ++i)
    weight += weight_of(pair, i);
  for (const auto& covariate : pair.covariates) {
    double mean = 0;
    for (std::size_t i = 0; i < pair.rows(); ++i)
      mean += weight_of(pair, i) * covariate[i] / weight;
    auto centred = covariate;
    for (double& value : centred)
      value -= mean;
    columns.push_back(std::move(centred));
  }
  for (std::size_t c = 0; c < pair.covariates.size(); ++c) {
    auto product = columns[2 + c];
    for (std::size_t i = 0; i < product.size(); ++i)
      product[i] *= columns[1][i];
    columns.push_back(std::move(product));
  }
  Fitted out{.x = Matrix::of_columns(columns)};
  out.fit = TRY(fit_linear(out.x, pair.outcome, pair.weights));
  return out;
}

Status check_arm_found(const Fit& fit, std::size_t column) {
  if (fit.kept[column]) return {};
  return invalid(
      "An arm cannot be told from blocks or covariates: within each block all voters "
      "are of one arm.");
}

}  // namespace

Result<std::vector<Effect>> intention_to_treat(const Trial& trial, const EffectOptions& options) {
  TRY(check_trial(trial));
  const Errors errors = usable_errors(trial, options.errors);
  std::vector<Effect> out;
  if (options.adjustment != Adjustment::lin) {
    const Fitted fitted = TRY(fit_arms(trial, options));
    const Robust robust = TRY(robust_covariance(fitted.x, fitted.fit, errors, trial.cluster));
    const std::size_t first = options.blocks && !trial.block.empty() ? 0 : 1;
    for (std::uint32_t arm = 1; arm < trial.arms; ++arm) {
      TRY(check_arm_found(fitted.fit, first + arm - 1));
      out.push_back(effect_of(fitted.fit, robust, first + arm - 1, options.level));
      out.back().arm = arm;
    }
    return out;
  }
  if (options.blocks && !trial.block.empty())
    return invalid("Lin's adjustment is not made within blocks; leave the blocks out.");
  for (std::uint32_t arm = 1; arm < trial.arms; ++arm) {
    const Trial pair = two_arms(trial, arm);
    const Fitted fitted = TRY(fit_lin(pair));
    const Robust robust = TRY(robust_covariance(fitted.x, fitted.fit, errors, pair.cluster));
    out.push_back(effect_of(fitted.fit, robust, 1, options.level));
    out.back().arm = arm;
  }
  return out;
}

Result<Cuped> cuped(const Trial& trial, std::uint32_t arm, Errors errors, double level) {
  TRY(check_trial(trial));
  if (trial.covariates.empty()) return invalid("CUPED needs at least one covariate.");
  Trial pair = two_arms(trial, arm);
  std::vector<std::vector<double>> columns{std::vector<double>(pair.rows(), 1.0)};
  columns.insert(columns.end(), pair.covariates.begin(), pair.covariates.end());
  const Matrix x = Matrix::of_columns(columns);
  const Fit fit = TRY(fit_linear(x, pair.outcome, pair.weights));
  double mean = 0;
  double weight = 0;
  for (std::size_t i = 0; i < pair.rows(); ++i) {
    mean += weight_of(pair, i) * pair.outcome[i];
    weight += weight_of(pair, i);
  }
  mean /= weight;
  double squares = 0;
  for (std::size_t i = 0; i < pair.rows(); ++i)
    squares += weight_of(pair, i) * (pair.outcome[i] - mean) * (pair.outcome[i] - mean);
  Cuped out;
  out.theta.assign(fit.coefficients.begin() + 1, fit.coefficients.end());
  out.variance_reduction = 1 - fit.residual_squares / squares;
  pair.outcome = fit.residuals;
  pair.block.clear();
  out.effect = TRY(intention_to_treat(pair, {.errors = errors, .level = level})).front();
  out.effect.arm = arm;
  return out;
}

namespace {

struct Residuals {
  std::vector<double> values;
  std::vector<double> leverage;
  std::size_t rank = 0;
};

/// What covariates, blocks and a constant leave of a column.
Result<Residuals> left_of(const Trial& trial, const std::vector<double>& column, bool adjusted) {
  std::vector<std::vector<double>> columns{std::vector<double>(trial.rows(), 1.0)};
  if (adjusted) columns.insert(columns.end(), trial.covariates.begin(), trial.covariates.end());
  const Matrix x = Matrix::of_columns(columns);
  const Fit fit = TRY(fit_linear(x, column, trial.weights));
  Residuals out{.values = fit.residuals, .rank = fit.rank()};
  out.leverage.resize(trial.rows());
  for (std::size_t i = 0; i < trial.rows(); ++i)
    out.leverage[i] = weight_of(trial, i) * quadratic(fit.bread, x.row(i), x.row(i));
  return out;
}

/// The error of sum z u / sum z t, for the instrument z and residuals u.
Result<Robust> instrument_error(const Trial& pair, const Residuals& z, const std::vector<double>& u,
                                Errors errors, double slope) {
  const std::size_t rows = pair.rows();
  double squares = 0;
  for (std::size_t i = 0; i < rows; ++i)
    squares += weight_of(pair, i) * z.values[i] * z.values[i];
  // A fit in the shape that robust_covariance reads: one column, the instrument, whose bread is
  // turned so that the sandwich comes out over the first stage's slope.
  Fit fit;
  fit.kept = {true};
  fit.weights = pair.weights;
  fit.rows = rows;
  fit.absorbed = z.rank;
  fit.residuals = u;
  fit.bread = Matrix(1, 1);
  fit.bread(0, 0) = 1 / squares;
  for (std::size_t i = 0; i < rows; ++i)
    fit.residual_squares += weight_of(pair, i) * u[i] * u[i];
  if (errors == Errors::hc2 || errors == Errors::hc3) {
    for (std::size_t i = 0; i < rows; ++i) {
      const double own = weight_of(pair, i) * z.values[i] * z.values[i] / squares;
      const double left = std::max(1 - own - z.leverage[i], 1e-10);
      fit.residuals[i] /= errors == Errors::hc2 ? std::sqrt(left) : left;
    }
    errors = Errors::hc0;
  }
  Matrix column(rows, 1);
  for (std::size_t i = 0; i < rows; ++i)
    column(i, 0) = z.values[i];
  Robust out = TRY(robust_covariance(column, fit, errors, pair.cluster));
  out.covariance(0, 0) /= slope * slope;
  return out;
}

}  // namespace

Result<ContactEffect> contact_effect(const Trial& trial, std::uint32_t arm,
                                     const ContactOptions& options) {
  TRY(check_trial(trial));
  if (trial.contacted.empty()) return invalid("It is not known who was contacted.");
  if (options.errors == Errors::cr2) {
    return invalid("Errors of the kind cr2 are not made for an effect of contact; choose cr1.");
  }
  const Trial pair = two_arms(trial, arm);
  std::size_t crossed = 0;
  std::size_t reached = 0;
  for (std::size_t i = 0; i < pair.rows(); ++i) {
    if (pair.contacted[i] == 0) continue;
    (pair.arm[i] == 0 ? crossed : reached) += 1;
  }
  if (crossed > 0 && !options.crossover) {
    return invalid(
        fmt::format("{} voters of the control group were contacted, though never "
                    "assigned; mend the file, or say that this is known (crossover).",
                    crossed));
  }
  if (reached == 0)
    return invalid("Nobody of this arm was reached, so contact has no effect to see.");
  const Errors errors = usable_errors(pair, options.errors);
  const Residuals z = TRY(left_of(pair, indicator(pair, 1), options.adjusted));
  const Residuals y = TRY(left_of(pair, pair.outcome, options.adjusted));
  const Residuals t = TRY(left_of(pair, pair.contacted, options.adjusted));
  double zz = 0;
  double zy = 0;
  double zt = 0;
  for (std::size_t i = 0; i < pair.rows(); ++i) {
    const double weighted = weight_of(pair, i) * z.values[i];
    zz += weighted * z.values[i];
    zy += weighted * y.values[i];
    zt += weighted * t.values[i];
  }
  if (!(zz > 0)) return invalid("Assignment cannot be told from the covariates.");
  const auto one = [&](const Residuals& of, double value, double of_contact,
                       double slope) -> Result<Effect> {
    std::vector<double> u(pair.rows());
    for (std::size_t i = 0; i < u.size(); ++i)
      u[i] = of.values[i] - value * (of_contact != 0 ? t.values[i] : z.values[i]);
    const Robust robust = TRY(instrument_error(pair, z, u, errors, slope));
    Fit fit;
    fit.coefficients = {value};
    fit.rows = pair.rows();
    Effect effect = effect_of(fit, robust, 0, options.level);
    effect.arm = arm;
    return effect;
  };
  ContactEffect out;
  out.assigned = TRY(one(y, zy / zz, 0, 1));
  out.reached = TRY(one(t, zt / zz, 0, 1));
  if (zt == 0) return invalid("Assignment did not change who was contacted.");
  out.contact = TRY(one(y, zy / zt, 1, zt / zz));
  out.first_stage_f = std::pow(out.reached.estimate.value / out.reached.estimate.se, 2);
  return out;
}

Result<Effect> placebo_effect(const Trial& trial, std::uint32_t arm, const EffectOptions& options) {
  if (trial.contacted.empty()) return invalid("It is not known who was contacted.");
  std::vector<bool> in = rows_of_arms(trial, arm);
  for (std::size_t i = 0; i < in.size(); ++i)
    in[i] = in[i] && trial.contacted[i] != 0;
  Trial pair = trial.subset(in);
  pair.arms = 2;
  for (std::uint32_t& value : pair.arm)
    value = value == 0 ? 0 : 1;
  Effect out = TRY(intention_to_treat(pair, options)).front();
  out.arm = arm;
  return out;
}

Result<GroupEffects> group_effects(const Trial& trial, std::uint32_t arm,
                                   std::span<const std::uint32_t> groups, std::uint32_t count,
                                   const EffectOptions& options) {
  TRY(check_trial(trial));
  GroupEffects out;
  std::vector<double> p;
  double weights = 0;
  double weighted = 0;
  double weighted_squares = 0;
  double known = 0;
  for (std::uint32_t group = 0; group < count; ++group) {
    std::vector<bool> in = rows_of_arms(trial, arm);
    for (std::size_t i = 0; i < in.size(); ++i)
      in[i] = in[i] && groups[i] == group;
    Trial part = trial.subset(in);
    part.arms = 2;
    for (std::uint32_t& value : part.arm)
      value = value == 0 ? 0 : 1;
    const auto counts = count_arms(part);
    out.control.push_back(counts.front());
    const auto found = intention_to_treat(part, options);
    Effect effect{.arm = arm};
    if (found) {
      effect = found->front();
    } else {
      effect.estimate.value = counts[1].mean - counts[0].mean;
    }
    effect.estimate.n = part.rows();
    const double se = effect.estimate.se;
    if (se > 0) {
      weights += 1 / (se * se);
      weighted += effect.estimate.value / (se * se);
      weighted_squares += effect.estimate.value * effect.estimate.value / (se * se);
      ++known;
    }
    p.push_back(se > 0 ? effect.p : kMissing);
    out.effects.push_back(effect);
  }
  out.holm = holm(p);
  out.benjamini_hochberg = benjamini_hochberg(p);
  if (known > 1)
    out.heterogeneity_p =
        chi_square_upper(weighted_squares - weighted * weighted / weights, known - 1);
  return out;
}

namespace {

std::vector<std::size_t> ascending(std::span<const double> p) {
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < p.size(); ++i) {
    if (!std::isnan(p[i])) order.push_back(i);
  }
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return p[a] < p[b]; });
  return order;
}

}  // namespace

std::vector<double> holm(std::span<const double> p) {
  const auto order = ascending(p);
  std::vector<double> out(p.size(), kMissing);
  double most = 0;
  for (std::size_t rank = 0; rank < order.size(); ++rank) {
    most = std::max(most, std::min(1.0, static_cast<double>(order.size() - rank) * p[order[rank]]));
    out[order[rank]] = most;
  }
  return out;
}

std::vector<double> benjamini_hochberg(std::span<const double> p) {
  const auto order = ascending(p);
  std::vector<double> out(p.size(), kMissing);
  double least = 1;
  for (std::size_t rank = order.size(); rank-- > 0;) {
    least = std::min(
        least, static_cast<double>(order.size()) / static_cast<double>(rank + 1) * p[order[rank]]);
    out[order[rank]] = least;
  }
  return out;
}

Result<Balance> balance(const Trial& trial, Errors errors) {
  TRY(check_trial(trial));
  Balance out;
  for (const auto& covariate : trial.covariates) {
    Trial as_outcome = trial;
    as_outcome.outcome = covariate;
    const auto counts = count_arms(as_outcome);
    double squares = 0;
    double weight = 0;
    for (std::size_t i = 0; i < trial.rows(); ++i) {
      if (trial.arm[i] != 0) continue;
      squares += weight_of(trial, i) * std::pow(covariate[i] - counts[0].mean, 2);
      weight += weight_of(trial, i);
    }
    const double sd = std::sqrt(squares / weight);
    auto& means = out.means.emplace_back();
    auto& differences = out.differences.emplace_back();
    for (const ArmCount& count : counts) {
      means.push_back(count.mean);
      differences.push_back(sd > 0 ? (count.mean - counts[0].mean) / sd : 0);
    }
  }
  for (std::uint32_t arm = 1; arm < trial.arms && !trial.covariates.empty(); ++arm) {
    const Trial pair = two_arms(trial, arm);
    std::vector<std::vector<double>> columns{std::vector<double>(pair.rows(), 1.0)};
    columns.insert(columns.end(), pair.covariates.begin(), pair.covariates.end());
    const Matrix x = Matrix::of_columns(columns);
    const Fit fit = TRY(fit_linear(x, indicator(pair, 1), pair.weights));
    const Robust robust = TRY(robust_covariance(x, fit, usable_errors(pair, errors), pair.cluster));
    Matrix covariance = robust.covariance;
    auto slopes = fit.coefficients;
    for (std::size_t c = 0; c < covariance.rows(); ++c)
      covariance(0, c) = covariance(c, 0) = 0;
    slopes[0] = 0;
    const Cholesky factor(covariance);
    const auto solved = factor.solve(slopes);
    const double wald = std::inner_product(slopes.begin(), slopes.end(), solved.begin(), 0.0);
    const auto rank = static_cast<double>(factor.kept().size());
    out.joint_p.push_back(rank > 0 ? f_upper(wald / rank, rank, robust.df[0]) : kMissing);
  }
  return out;
}

}  // namespace hustings::statistics
