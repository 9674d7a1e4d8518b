#include "statistics/multilevel.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include <fmt/format.h>

#include "statistics/minimise.h"
#include "statistics/special.h"

namespace hustings::statistics {
namespace {

/// Columns of the equations: the groupings' levels one after another, then the fixed ones.
struct Layout {
  std::vector<std::size_t> first;  ///< by grouping
  std::size_t effects = 0;
  std::size_t columns = 0;

  Layout(const std::vector<Grouping>& groupings, std::size_t fixed) {
    for (const Grouping& grouping : groupings) {
      first.push_back(effects);
      effects += grouping.levels;
    }
    columns = effects + fixed;
  }
};

double linear_at(const std::vector<double>& theta, const Layout& layout, const Matrix& fixed,
                 const std::vector<Grouping>& groupings, std::size_t cell) {
  double u = 0;
  for (std::size_t g = 0; g < groupings.size(); ++g)
    u += theta[layout.first[g] + groupings[g].level[cell]];
  for (std::size_t c = 0; c < fixed.columns(); ++c)
    u += fixed(cell, c) * theta[layout.effects + c];
  return u;
}

/// The posterior mode under given standard deviations, by Newton's method.
class Mode {
 public:
  Mode(const CellAnswers& answers, const Layout& layout)
      : answers_(answers), layout_(layout), theta_(layout.columns) {}

  /// Laplace's approximation of the log likelihood; keeps the mode for the next start.
  double log_likelihood(const std::vector<double>& sd) {
    std::vector<double> precision(layout_.columns);
    double log_sds = 0;
    for (std::size_t g = 0; g < sd.size(); ++g) {
      const Grouping& grouping = answers_.groupings[g];
      for (std::uint32_t level = 0; level < grouping.levels; ++level)
        precision[layout_.first[g] + level] = 1 / (sd[g] * sd[g]);
      log_sds += grouping.levels * std::log(sd[g]);
    }
    constexpr int kStepsMax = 50;
    double last = -kInfinity;
    for (int step = 0; step < kStepsMax; ++step) {
      const double value = penalised(theta_, precision);
      if (!(value > last + 1e-10 * (1 + std::abs(value)))) break;
      last = value;
      const auto change = Cholesky(curvature_, 1e-14).solve(gradient_);
      double scale = 1;
      auto tried = theta_;
      for (int half = 0; half < 20; ++half, scale /= 2) {
        for (std::size_t c = 0; c < change.size(); ++c)
          tried[c] = theta_[c] + scale * change[c];
        if (value_at(tried, precision) >= value) break;
      }
      theta_ = tried;
    }
    penalised(theta_, precision);
    // The determinant of the effects' block alone: fixed effects are maximised, not integrated.
    Matrix effects(layout_.effects, layout_.effects);
    for (std::size_t a = 0; a < layout_.effects; ++a) {
      for (std::size_t b = 0; b < layout_.effects; ++b)
        effects(a, b) = curvature_(a, b);
    }
    return value_at(theta_, precision) - log_sds - 0.5 * Cholesky(effects, 1e-14).log_determinant();
  }
  const std::vector<double>& theta() const { return theta_; }
  const Matrix& curvature() const { return curvature_; }

 private:
  double value_at(const std::vector<double>& theta, const std::vector<double>& precision) const {
    double value = 0;
    for (std::size_t c = 0; c < theta.size(); ++c)
      value -= 0.5 * precision[c] * theta[c] * theta[c];
    for (std::size_t i = 0; i < answers_.asked.size(); ++i) {
      const double u = linear_at(theta, layout_, answers_.fixed, answers_.groupings, i);
      value += answers_.yes[i] * u -
               answers_.asked[i] * (std::max(u, 0.0) + std::log1p(std::exp(-std::abs(u))));
    }
    return value;
  }

  /// The value, and its gradient and curvature.
  double penalised(const std::vector<double>& theta, const std::vector<double>& precision) {
    const std::size_t p = answers_.fixed.columns();
    const std::size_t groupings = answers_.groupings.size();
    curvature_ = Matrix(layout_.columns, layout_.columns);
    gradient_.assign(layout_.columns, 0);
    for (std::size_t c = 0; c < theta.size(); ++c) {
      curvature_(c, c) = precision[c];
      gradient_[c] = -precision[c] * theta[c];
    }
    std::vector<std::size_t> at(groupings + p);
    std::vector<double> entry(groupings + p, 1);
    for (std::size_t i = 0; i < answers_.asked.size(); ++i) {
      const double u = linear_at(theta, layout_, answers_.fixed, answers_.groupings, i);
      const double share = 1 / (1 + std::exp(-u));
      const double rest = answers_.yes[i] - answers_.asked[i] * share;
      const double weight = answers_.asked[i] * share * (1 - share);
      for (std::size_t g = 0; g < groupings; ++g)
        at[g] = layout_.first[g] + answers_.groupings[g].level[i];
      for (std::size_t c = 0; c < p; ++c) {
        at[groupings + c] = layout_.effects + c;
        entry[groupings + c] = answers_.fixed(i, c);
      }
      for (std::size_t a = 0; a < at.size(); ++a) {
        gradient_[at[a]] += rest * entry[a];
        for (std::size_t b = 0; b < at.size(); ++b)
          curvature_(at[a], at[b]) += weight * entry[a] * entry[b];
      }
    }
    return value_at(theta, precision);
  }

  const CellAnswers& answers_;
  const Layout& layout_;
  std::vector<double> theta_;
  Matrix curvature_;
  std::vector<double> gradient_;
};

Status check_answers(const CellAnswers& answers, const Layout& layout) {
  const std::size_t cells = answers.asked.size();
  CHECK(answers.yes.size() == cells && answers.fixed.rows() == cells);
  if (cells == 0) return invalid("There are no answers.");
  double yes = 0;
  double asked = 0;
  for (std::size_t i = 0; i < cells; ++i) {
    if (!(answers.asked[i] >= 0) || !(answers.yes[i] >= 0) ||
        answers.yes[i] > answers.asked[i] * (1 + 1e-12)) {
      return invalid(
          fmt::format("Cell {}: {} of {} said yes.", i + 1, answers.yes[i], answers.asked[i]));
    }
    yes += answers.yes[i];
    asked += answers.asked[i];
  }
  if (yes <= 0 || yes >= asked)
    return invalid("All answers are equal, so nothing can explain them.");
  if (layout.columns > kMultilevelEffectsMax) {
    return refuse(ErrorCode::over_limit,
                  fmt::format("The model has {} effects; at most {} are fitted.", layout.columns,
                              kMultilevelEffectsMax));
  }
  for (const Grouping& grouping : answers.groupings) {
    CHECK(grouping.level.size() == cells);
    for (const std::uint32_t level : grouping.level)
      CHECK(level < grouping.levels);
  }
  return {};
}

}  // namespace

Result<MultilevelFit> fit_multilevel(const CellAnswers& answers, const MultilevelOptions& options) {
  const Layout layout(answers.groupings, answers.fixed.columns());
  TRY(check_answers(answers, layout));
  Mode mode(answers, layout);
  const auto sds_at = [](const std::vector<double>& at) {
    std::vector<double> out;
    // Below the smallest sd a grouping explains nothing; above the largest everything.
    for (const double log_sd : at)
      out.push_back(std::exp(std::clamp(log_sd, std::log(1e-3), std::log(20.0))));
    return out;
  };
  std::vector<double> start(answers.groupings.size(), std::log(0.4));
  std::vector<double> sd;
  if (!start.empty()) {
    const auto badness = [&](const std::vector<double>& at) {
      const auto tried = sds_at(at);
      double value = -mode.log_likelihood(tried);
      for (std::size_t g = 0; options.weak_prior && g < tried.size(); ++g)
        value -= std::log(tried[g]);
      return value;
    };
    const Minimum best = minimise(badness, start, 0.6, 400, 1e-11);
    sd = sds_at(best.at);
  }
  MultilevelFit out{.sd = sd};
  out.log_likelihood = mode.log_likelihood(sd);
  for (std::size_t g = 0; g < answers.groupings.size(); ++g) {
    const auto from = mode.theta().begin() + static_cast<std::ptrdiff_t>(layout.first[g]);
    out.effects.emplace_back(from, from + answers.groupings[g].levels);
  }
  out.fixed.assign(mode.theta().begin() + static_cast<std::ptrdiff_t>(layout.effects),
                   mode.theta().end());
  out.covariance = Cholesky(mode.curvature(), 1e-14).inverse();
  return out;
}

Result<std::vector<Estimate>> post_stratify_model(const MultilevelFit& fit,
                                                  const CellPeople& people, double level) {
  std::vector<Grouping> sizes(fit.effects.size());
  for (std::size_t g = 0; g < sizes.size(); ++g)
    sizes[g].levels = static_cast<std::uint32_t>(fit.effects[g].size());
  const Layout layout(sizes, fit.fixed.size());
  CHECK(people.groupings.size() == sizes.size());
  std::vector<double> theta;
  for (const auto& effects : fit.effects)
    theta.insert(theta.end(), effects.begin(), effects.end());
  theta.insert(theta.end(), fit.fixed.begin(), fit.fixed.end());
  Matrix gradient(people.areas, layout.columns);
  std::vector<double> yes(people.areas);
  std::vector<double> all(people.areas);
  for (std::size_t i = 0; i < people.people.size(); ++i) {
    const std::uint32_t area = people.area[i];
    CHECK(area < people.areas);
    for (std::size_t g = 0; g < sizes.size(); ++g) {
      if (people.groupings[g].level[i] >= sizes[g].levels) {
        return invalid(
            fmt::format("Cell {} of the population has a level of {} that the model does "
                        "not know.",
                        i + 1, people.groupings[g].name));
      }
    }
    const double u = linear_at(theta, layout, people.fixed, people.groupings, i);
    const double share = 1 / (1 + std::exp(-u));
    const double weight = people.people[i] * share * (1 - share);
    yes[area] += people.people[i] * share;
    all[area] += people.people[i];
    for (std::size_t g = 0; g < sizes.size(); ++g)
      gradient(area, layout.first[g] + people.groupings[g].level[i]) += weight;
    for (std::size_t c = 0; c < fit.fixed.size(); ++c)
      gradient(area, layout.effects + c) += weight * people.fixed(i, c);
  }
  const double z = normal_quantile(0.5 + level / 2);
  std::vector<Estimate> out(people.areas);
  for (std::uint32_t area = 0; area < people.areas; ++area) {
    if (!(all[area] > 0)) continue;
    Estimate& estimate = out[area];
    const double p = yes[area] / all[area];
    estimate.value = p;
    estimate.se =
        std::sqrt(quadratic(fit.covariance, gradient.row(area), gradient.row(area))) / all[area];
    // On the logit's scale, where the normal approximation is better and shares stay shares.
    const double half = z * estimate.se / (p * (1 - p));
    const double middle = std::log(p / (1 - p));
    estimate.lower = 1 / (1 + std::exp(half - middle));
    estimate.upper = 1 / (1 + std::exp(-half - middle));
  }
  return out;
}

}  // namespace hustings::statistics
