#pragma once

#include "base/error.h"

namespace hustings::statistics {

/// A comparison that is being planned: two arms, two-sided test.
struct PowerPlan {
  double sd = 1;  ///< of the outcome
  double treated_share = 0.5;
  double alpha = 0.05;
  double explained = 0;     ///< R2 of covariates (a baseline survey, past votes)
  double cluster_size = 1;  ///< voters assigned as one
  double cluster_correlation = 0;
  /// The share of the treated whom the treatment reaches; 1 with a placebo, where only those who
  /// answer are compared.
  double contact = 1;
};

/// invalid: a share, correlation or error rate outside its range, an sd that is not above 0.
Status check_plan(const PowerPlan& plan);
/// Voters in both arms together for the effect (of contact) to be seen with this power.
Result<double> needed_voters(const PowerPlan& plan, double effect, double power);
/// The smallest effect (of contact) that so many voters show with this power.
Result<double> detectable_effect(const PowerPlan& plan, double voters, double power);
Result<double> power_of(const PowerPlan& plan, double voters, double effect);

/// How many more answers until an interval of this level leaves 0 out, should the effect be as it
/// now seems; 0 if it does already, infinite for an effect of 0.
struct EffectSoFar {
  double effect;
  double se;
  double answers;
};
double answers_until_known(EffectSoFar so_far, double level);

/// Money for one more vote: cost over effect x treated. The interval ends at infinity where the
/// effect's interval reaches 0.
struct CostPerVote {
  double votes;
  double cost;  ///< per vote; infinite if the effect is not above 0
  double lower;
  double upper;
};
struct EffectRange {
  double value;
  double lower;
  double upper;
};
CostPerVote cost_per_vote(double total_cost, double treated, EffectRange effect);

}  // namespace hustings::statistics
