#include "statistics/power.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "statistics/design.h"
#include "statistics/special.h"

namespace hustings::statistics {
namespace {

/// The variance of the effect of contact, times the number of voters.
double unit_variance(const PowerPlan& plan) {
  const double clustering = 1 + (plan.cluster_size - 1) * plan.cluster_correlation;
  return plan.sd * plan.sd * (1 - plan.explained) * clustering /
         (plan.treated_share * (1 - plan.treated_share) * plan.contact * plan.contact);
}

Result<double> threshold(const PowerPlan& plan, double power) {
  if (!(power > 0 && power < 1))
    return invalid(fmt::format("Power lies between 0 and 1, not at {}.", power));
  return normal_quantile(1 - plan.alpha / 2) + normal_quantile(power);
}

}  // namespace

Status check_plan(const PowerPlan& plan) {
  const auto inside = [](double value) { return value > 0 && value < 1; };
  if (!(plan.sd > 0)) return invalid("The outcome's standard deviation must be above 0.");
  if (!inside(plan.treated_share)) return invalid("The treated share lies between 0 and 1.");
  if (!inside(plan.alpha)) return invalid("The error rate alpha lies between 0 and 1.");
  if (!(plan.explained >= 0 && plan.explained < 1))
    return invalid("What covariates explain (R2) is 0 or more and below 1.");
  if (!(plan.cluster_size >= 1)) return invalid("A cluster holds one voter or more.");
  if (!(plan.cluster_correlation >= 0 && plan.cluster_correlation <= 1))
    return invalid("The correlation within clusters lies between 0 and 1.");
  if (!(plan.contact > 0 && plan.contact <= 1))
    return invalid("The share reached is above 0 and at most 1.");
  return {};
}

Result<double> needed_voters(const PowerPlan& plan, double effect, double power) {
  TRY(check_plan(plan));
  const double t = TRY(threshold(plan, power));
  if (effect == 0) return invalid("No number of voters shows an effect of 0.");
  return t * t * unit_variance(plan) / (effect * effect);
}

Result<double> detectable_effect(const PowerPlan& plan, double voters, double power) {
  TRY(check_plan(plan));
  const double t = TRY(threshold(plan, power));
  if (!(voters > 0)) return invalid("There must be some voters.");
  return t * std::sqrt(unit_variance(plan) / voters);
}

Result<double> power_of(const PowerPlan& plan, double voters, double effect) {
  TRY(check_plan(plan));
  if (!(voters > 0)) return invalid("There must be some voters.");
  const double shift = std::abs(effect) / std::sqrt(unit_variance(plan) / voters);
  const double z = normal_quantile(1 - plan.alpha / 2);
  return normal_cdf(shift - z) + normal_cdf(-shift - z);
}

double answers_until_known(EffectSoFar so_far, double level) {
  const double z = normal_quantile(0.5 + level / 2);
  const double ratio = z * so_far.se / std::abs(so_far.effect);
  if (!std::isfinite(ratio)) return kInfinity;
  return std::max(0.0, so_far.answers * (ratio * ratio - 1));
}

CostPerVote cost_per_vote(double total_cost, double treated, EffectRange effect) {
  const auto each = [&](double value) {
    return value > 0 ? total_cost / (value * treated) : kInfinity;
  };
  return {.votes = effect.value * treated,
          .cost = each(effect.value),
          .lower = each(effect.upper),
          .upper = each(effect.lower)};
}

}  // namespace hustings::statistics
