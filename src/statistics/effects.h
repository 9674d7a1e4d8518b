#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/error.h"
#include "statistics/estimates.h"
#include "statistics/regression.h"

namespace hustings::statistics {

/// What happened in an experiment, by voter. Arm 0 is the control group.
struct Trial {
  std::vector<double> outcome;
  std::vector<std::uint32_t> arm;
  std::uint32_t arms = 2;
  std::vector<std::uint32_t> cluster;  ///< what was assigned as one; empty: each voter by itself
  std::vector<std::uint32_t> block;    ///< within what it was drawn; empty: one block
  std::vector<double> weights;         ///< empty: all 1
  std::vector<double> contacted;  ///< 0 or 1: the treatment reached the voter; empty: not known
  std::vector<std::vector<double>> covariates;

  std::size_t rows() const { return outcome.size(); }
  /// Some rows of it, in order.
  Trial subset(const std::vector<bool>& in) const;
};

/// invalid: no rows, an arm without voters, one cluster alone, outcomes that are all equal.
Status check_trial(const Trial& trial);

/// What an arm did: n, the sum and the mean of outcomes, in weights if there are some.
struct ArmCount {
  std::size_t n = 0;
  std::size_t clusters = 0;
  double sum = 0;
  double mean = kMissing;
  double contacted = 0;
};
std::vector<ArmCount> count_arms(const Trial& trial);

/// An effect with its two-sided p-value against none.
struct Effect {
  std::uint32_t arm = 1;
  Estimate estimate;
  double p = kMissing;
};

enum class Adjustment : std::uint8_t {
  none,      ///< arm against control, one regression on all arms
  additive,  ///< with covariates beside the arms
  lin,       ///< covariates centred and interacted with the arm (Lin 2013), arm by arm
};

struct EffectOptions {
  Adjustment adjustment = Adjustment::none;
  Errors errors = Errors::hc2;
  double level = 0.95;
  bool blocks = true;  ///< one effect for each block, where the trial has blocks
};

/// What assignment changed (intention to treat), for each arm against control. Blocks count as
/// effects of their own (taken out of all columns).
/// invalid: what check_trial refuses; Lin's adjustment with blocks.
Result<std::vector<Effect>> intention_to_treat(const Trial& trial, const EffectOptions& options);

/// CUPED (Deng, Xu, Kohavi and Walker 2013): the outcome less what covariates from before the
/// experiment foretell, then a difference in means.
struct Cuped {
  Effect effect;
  std::vector<double> theta;      ///< of each covariate
  double variance_reduction = 0;  ///< of the outcome's variance: the squared correlation
};
Result<Cuped> cuped(const Trial& trial, std::uint32_t arm, Errors errors, double level = 0.95);

/// What contact changed for those whom assignment brought it (CACE): assignment as the instrument
/// of contact (Angrist, Imbens and Rubin 1996; Gerber and Green 2000).
struct ContactEffect {
  Effect assigned;  ///< on the outcome
  Effect reached;   ///< on contact: the share that assignment reached
  Effect contact;   ///< their ratio
  double first_stage_f = kMissing;
};
struct ContactOptions {
  bool adjusted = false;  ///< with the trial's covariates
  Errors errors = Errors::hc2;
  double level = 0.95;
  bool crossover = false;  ///< controls may have been contacted too
};
/// invalid: contact is not known, controls were contacted, nobody was reached, errors of the kind
/// cr2, which are not made for an instrument.
Result<ContactEffect> contact_effect(const Trial& trial, std::uint32_t arm,
                                     const ContactOptions& options);

/// With a placebo arm: those who answered in one arm against those who answered in the other
/// (Broockman, Kalla and Sekhon 2017). `arm` 0 of the trial must be the placebo.
Result<Effect> placebo_effect(const Trial& trial, std::uint32_t arm, const EffectOptions& options);

/// Effects within groups, with p-values that hold for all of them together, and whether groups
/// differ at all (Wald test of one effect for all).
struct GroupEffects {
  std::vector<Effect> effects;    ///< by group; se missing where a group is too small
  std::vector<ArmCount> control;  ///< by group
  std::vector<double> holm;
  std::vector<double> benjamini_hochberg;
  double heterogeneity_p = kMissing;
};
Result<GroupEffects> group_effects(const Trial& trial, std::uint32_t arm,
                                   std::span<const std::uint32_t> groups, std::uint32_t count,
                                   const EffectOptions& options);

/// p-values adjusted for their number: Holm 1979 (any error at all), Benjamini and Hochberg 1995
/// (share of errors). Missing ones stay missing and do not count.
std::vector<double> holm(std::span<const double> p);
std::vector<double> benjamini_hochberg(std::span<const double> p);

/// Were the arms alike before? Means by arm, standardised differences, and a joint test of all
/// covariates for each arm (regression of arm on covariates, robust).
struct Balance {
  std::vector<std::vector<double>> means;        ///< by covariate, then arm
  std::vector<std::vector<double>> differences;  ///< in standard deviations of control
  std::vector<double> joint_p;                   ///< by arm from 1
};
Result<Balance> balance(const Trial& trial, Errors errors);

/// The two-sided p-value against 0.
double p_of(const Estimate& estimate);

}  // namespace hustings::statistics
