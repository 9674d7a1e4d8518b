#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "base/error.h"
#include "statistics/replicates.h"

namespace hustings::statistics {

/// A fitted regression. A column that earlier ones explain is left out: its coefficient is 0, and
/// so are its rows and columns of `bread`.
struct Fit {
  std::vector<double> coefficients;
  std::vector<bool> kept;         ///< by column
  Matrix bread;                   ///< the inverse of X'WX
  std::vector<double> residuals;  ///< y less its mean under the model (logistic: working ones)
  std::vector<double> weights;    ///< of the rows; empty: all 1
  double residual_squares = 0;    ///< weighted
  std::size_t rows = 0;           ///< with a weight above 0
  std::vector<double> absorbed_leverage;  ///< by row; empty: nothing was taken out
  std::size_t absorbed = 0;               ///< effects taken out beforehand, for degrees of freedom
  int iterations = 0;

  std::size_t rank() const;
  /// Rows less everything that was estimated.
  double residual_df() const {
    return static_cast<double>(rows) - static_cast<double>(rank()) - static_cast<double>(absorbed);
  }
};

/// Least squares with weights (empty: 1). A row with weight 0 may hold anything finite.
/// invalid: fewer rows than columns, nothing to explain it with.
Result<Fit> fit_linear(const Matrix& x, std::span<const double> y,
                       std::span<const double> weights = {});

struct LogisticOptions {
  double ridge = 0;  ///< added to the curvature of all but the first column
  int iterations_max = 50;
  /// What a weight of 1 is at the start, which decides the last digits; 0: the mean of those above
  /// 0.
  double weight_scale = 0;
};
/// Logistic regression of zeros and ones (or shares between) by iterated least squares, with R's
/// start and R's end (deviance within 1e-8), so that errors agree with glm's: as there, they are
/// those of the last step's working weights. invalid: all outcomes equal, or no convergence because
/// a column separates them.
Result<Fit> fit_logistic(const Matrix& x, std::span<const double> y,
                         std::span<const double> weights = {}, const LogisticOptions& options = {});

/// The covariance of coefficients that were fitted with the sample's weights: linearised (Binder
/// 1983), or from replicates by fitting again.
Result<Matrix> design_covariance(const Sample& sample, const Matrix& x, const Fit& fit);

/// How the errors of an unweighted or weighted least squares fit are found.
enum class Errors : std::uint8_t {
  classic,     ///< one variance for all
  hc0,         ///< White 1980
  hc1,         ///< times n / (n - k)
  hc2,         ///< over 1 - leverage: unbiased for a difference in means (Neyman 1923)
  hc3,         ///< over its square
  cr0,         ///< by cluster (Liang and Zeger 1986)
  cr1,         ///< times G/(G-1) (n-1)/(n-k): what Stata prints
  cr1_groups,  ///< times G/(G-1) alone
  cr2,         ///< bias-reduced (Bell and McCaffrey 2002), with their degrees of freedom
};
constexpr bool is_clustered(Errors errors) { return errors >= Errors::cr0; }

struct Robust {
  Matrix covariance;
  std::vector<double> df;  ///< by coefficient
  std::size_t clusters = 0;
};
/// `clusters` by row, for the cluster-robust kinds: numbers below `cluster_count`.
/// invalid: one cluster alone.
Result<Robust> robust_covariance(const Matrix& x, const Fit& fit, Errors errors,
                                 std::span<const std::uint32_t> clusters = {});

/// Takes the weighted means of blocks out of each column (Frisch and Waugh 1933).
struct Absorbed {
  std::size_t blocks = 0;
  std::vector<double> leverage;  ///< by row: what its block's effect alone fits of it
};
Absorbed absorb(std::span<const std::uint32_t> blocks, std::span<const double> weights,
                std::vector<std::vector<double>*> columns);

}  // namespace hustings::statistics
