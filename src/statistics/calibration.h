#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/error.h"
#include "statistics/replicates.h"

namespace hustings::statistics {

/// One margin of the population: a category for each respondent, and how many people each has.
struct Margin {
  std::string name;
  std::vector<std::string> categories;
  std::vector<std::uint32_t> category;  ///< by row
  std::vector<double> totals;           ///< by category
};

struct RakingOptions {
  int iterations_max = 1000;
  /// Ends when no cell of the table of all margins changes by this much in one round (Deming and
  /// Stephan 1940). From 1 on in people (R's survey stops at 1), below 1 as a share of the weights'
  /// sum.
  double epsilon = 1e-12;
};

struct RakingOutcome {
  int iterations = 0;
  double worst_gap = 0;  ///< the largest difference left, over its margin's total
  std::string worst_margin;
};

/// Weights a sample so that each margin's categories have the population's totals, in turn until
/// all fit. Replicates are raked with it.
///
/// invalid: a margin's totals do not add up to the first one's (`name: 1000 against 990`), a
/// category without respondents that the population has, or respondents in one that it has not, a
/// missing category, no convergence (with the worst margin).
Result<RakingOutcome> rake(Sample& sample, const std::vector<Margin>& margins,
                           const RakingOptions& options = {});

/// The same with one margin, exactly: post-stratification (Holt and Smith 1979).
Status post_stratify(Sample& sample, const Margin& margin);

/// How far a weight may go from its start: Deville and Särndal 1992. Linear is the regression
/// estimator (GREG); raking keeps weights above 0; logit keeps g = new / old within bounds.
enum class Distance : std::uint8_t { linear, raking, logit };

struct CalibrationOptions {
  Distance distance = Distance::linear;
  double lower = -kInfinity;  ///< of g
  double upper = kInfinity;
  int iterations_max = 50;
  double epsilon = 1e-7;  ///< |total - wanted| / (1 + |wanted|)
};

struct CalibrationOutcome {
  int iterations = 0;
  double g_smallest = 1;
  double g_largest = 1;
};

/// Weights a sample so that the weighted sums of `columns` (rows x k) are `totals`.
/// invalid: bounds that are none (logit needs both, with 1 between), columns of which one follows
/// from the others with a contradicting total, no convergence (with the worst column's name).
Result<CalibrationOutcome> calibrate(Sample& sample, const Matrix& columns,
                                     const std::vector<double>& totals,
                                     const std::vector<std::string>& names,
                                     const CalibrationOptions& options);

struct TrimOptions {
  double lower = -kInfinity;
  double upper = kInfinity;
  bool strict = false;  ///< repeat until no weight is outside
};

/// Moves weights to the bounds and spreads what was taken or given evenly over those within (Potter
/// 1990; as survey's trimWeights). Returns how many were moved. invalid: nobody is within.
Result<std::size_t> trim_weights(Sample& sample, const TrimOptions& options);

/// Kish 1965: 1 + the squared coefficient of variation of the weights, and n over it.
double kish_design_effect(std::span<const double> weights);

}  // namespace hustings::statistics
