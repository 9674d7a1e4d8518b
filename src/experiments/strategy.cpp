#include "experiments/strategy.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "statistics/special.h"

namespace hustings::experiments {
namespace {

constexpr double kReach = 8;  ///< standard errors: what lies beyond is below 1e-14
constexpr int kSteps = 4000;

double density(const Belief& belief, double x) {
  const double z = (x - belief.value) / belief.se;
  return std::exp(-z * z / 2) / (belief.se * std::sqrt(2 * std::numbers::pi));
}
double below(const Belief& belief, double x) {
  return statistics::normal_cdf((x - belief.value) / belief.se);
}

}  // namespace

Standing standing(std::span<const Belief> beliefs) {
  Standing out;
  for (const Belief& belief : beliefs)
    out.nothing *= below(belief, 0);
  for (std::size_t i = 0; i < beliefs.size(); ++i) {
    // Over the strategy's own range, above 0: P(it is x and the others are below x).
    const Belief& own = beliefs[i];
    const double from = std::max(0.0, own.value - kReach * own.se);
    const double to = own.value + kReach * own.se;
    double sum = 0;
    if (to > from) {
      const double step = (to - from) / kSteps;
      for (int k = 0; k < kSteps; ++k) {
        const double x = from + (k + 0.5) * step;
        double each = density(own, x) * step;
        for (std::size_t j = 0; j < beliefs.size(); ++j)
          each *= j == i ? 1 : below(beliefs[j], x);
        sum += each;
      }
    }
    out.best.push_back(sum);
  }
  return out;
}

double chance_better_than_nothing(const Belief& belief) { return 1 - below(belief, 0); }

std::optional<Beside> beside_best_other(std::span<const Belief> beliefs, std::size_t place) {
  std::optional<std::size_t> best;
  for (std::size_t i = 0; i < beliefs.size(); ++i) {
    if (i != place && (!best || beliefs[i].value > beliefs[*best].value)) best = i;
  }
  if (!best) return std::nullopt;
  const double z = statistics::normal_quantile(0.975);
  const double half = z * std::hypot(beliefs[place].se, beliefs[*best].se);
  Beside out{.other = *best, .difference = beliefs[place].value - beliefs[*best].value};
  out.lower = out.difference - half;
  out.upper = out.difference + half;
  if (out.difference != 0) out.answers_times = half * half / (out.difference * out.difference);
  return out;
}

}  // namespace hustings::experiments
