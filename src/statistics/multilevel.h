#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "base/error.h"
#include "statistics/estimates.h"

namespace hustings::statistics {

/// One way to group respondents (state, age band, …): a level for each cell.
struct Grouping {
  std::string name;
  std::vector<std::uint32_t> level;  ///< by cell
  std::uint32_t levels = 0;
};

/// Respondents who agree in all that the model knows of them. Weights may make counts fractional.
struct CellAnswers {
  std::vector<double> asked;  ///< by cell
  std::vector<double> yes;    ///< of them
  Matrix fixed;               ///< cells x p, the constant included
  std::vector<Grouping> groupings;
};

/// A logistic regression with varying intercepts: logit P = fixed b + sum of u[level], u normal
/// with a standard deviation for each grouping.
///
/// b and u are the joint posterior mode; the standard deviations maximise Laplace's approximation
/// of the likelihood with b at that mode (what R's glmer does with nAGQ = 0). Their own uncertainty
/// is not carried on. The tests show the agreement with glmer.
struct MultilevelFit {
  std::vector<double> fixed;
  std::vector<std::vector<double>> effects;  ///< by grouping, then level
  std::vector<double> sd;                    ///< by grouping
  Matrix covariance;                         ///< of effects in order, then fixed
  double log_likelihood = 0;
};
struct MultilevelOptions {
  bool weak_prior = true;  ///< false: maximum likelihood alone, as glmer
};
/// invalid: no cells, more yes than asked, all answers equal; over_limit: more than
/// kMultilevelEffectsMax effects.
Result<MultilevelFit> fit_multilevel(const CellAnswers& answers,
                                     const MultilevelOptions& options = {});
inline constexpr std::size_t kMultilevelEffectsMax = 1500;

/// The population by cell: how many people, and the area (or segment) they are counted for. Levels
/// without respondents have an effect of 0 and the grouping's uncertainty.
struct CellPeople {
  std::vector<double> people;
  Matrix fixed;
  std::vector<Grouping> groupings;  ///< the same ones, in the same order
  std::vector<std::uint32_t> area;
  std::uint32_t areas = 1;
};
/// The share of yes in each area (post-stratification: Park, Gelman and Bafumi 2004), with
/// intervals from the normal approximation of the posterior. An area without people has no value.
Result<std::vector<Estimate>> post_stratify_model(const MultilevelFit& fit,
                                                  const CellPeople& people, double level = 0.95);

}  // namespace hustings::statistics
