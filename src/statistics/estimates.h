#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "base/error.h"
#include "statistics/replicates.h"

namespace hustings::statistics {

/// One number with its uncertainty.
struct Estimate {
  double value = kMissing;
  double se = kMissing;
  double lower = kMissing;
  double upper = kMissing;
  double df = kInfinity;
  double deff = kMissing;  ///< variance over that of a simple sample of the same size
  std::size_t n = 0;       ///< respondents in it
  /// n over deff: so many of a simple random sample would say as much.
  double effective_n() const { return static_cast<double>(n) / deff; }
};

struct EstimateOptions {
  double level = 0.95;
  /// The design effect is against sampling with replacement.
  bool deff_with_replacement = false;
  /// Degrees of freedom of the t intervals; none: the design's.
  std::optional<double> df;
};

/// Whose values count: all rows, or those of a domain. A missing value (NaN) leaves its row out, as
/// if it were outside the domain.
using Domain = std::vector<bool>;

/// The mean of a column, as a ratio of two weighted sums (Särndal et al. 1992, 5.7).
/// invalid: nobody is in the domain, or one unit alone.
Result<Estimate> mean(const Sample& sample, std::span<const double> values,
                      const Domain& domain = {}, const EstimateOptions& options = {});
Result<Estimate> total(const Sample& sample, std::span<const double> values,
                       const Domain& domain = {}, const EstimateOptions& options = {});
/// A sum over a sum. invalid: the denominator's total is 0.
struct RatioColumns {
  std::span<const double> numerator;
  std::span<const double> denominator;
};
Result<Estimate> ratio(const Sample& sample, RatioColumns columns, const Domain& domain = {},
                       const EstimateOptions& options = {});

/// The smallest value that at least the share `p` of the weight does not exceed, with Woodruff's
/// interval (1952). `se` is the interval's half length over t.
Result<Estimate> quantile(const Sample& sample, std::span<const double> values, double p,
                          const Domain& domain = {}, const EstimateOptions& options = {});

/// How a proportion's interval is made: Wald on the logit scale, Clopper and Pearson's with the
/// effective n (Korn and Graubard 1998), or Wald on the scale of the proportion.
enum class ProportionInterval : std::uint8_t { logit, beta, wald };

/// The share of ones in a column of zeros and ones.
Result<Estimate> proportion(const Sample& sample, std::span<const double> values,
                            ProportionInterval interval, const Domain& domain = {},
                            const EstimateOptions& options = {});

/// Are two classifications independent? Pearson's chi-square with the second-order correction of
/// Rao and Scott 1984. Codes are below the counts; UINT32_MAX is missing.
struct Classification {
  std::span<const std::uint32_t> code;
  std::uint32_t count;
};
struct IndependenceTest {
  double f = kMissing;
  double df1 = kMissing;
  double df2 = kMissing;
  double p = kMissing;
};
Result<IndependenceTest> independence(const Sample& sample, Classification rows,
                                      Classification columns);

}  // namespace hustings::statistics
