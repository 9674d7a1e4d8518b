#pragma once

#include <cstdint>
#include <functional>
#include <limits>
#include <span>
#include <string>
#include <vector>

#include "base/error.h"
#include "statistics/matrix.h"

namespace hustings::statistics {

inline constexpr double kInfinity = std::numeric_limits<double>::infinity();
inline constexpr double kMissing = std::numeric_limits<double>::quiet_NaN();

/// What to do where a stratum holds one sampled unit, so that nothing can be said of its variance:
/// refuse; count it as taken with certainty (no variance); centre it at the mean of all (too much
/// rather than too little); give it the mean variance of the other strata.
enum class LonelyUnit : std::uint8_t { fail, certainty, adjust, average };

/// One stage of sampling, by respondent.
struct Stage {
  std::vector<std::uint32_t> unit;     ///< empty: the respondents themselves
  std::vector<std::uint32_t> stratum;  ///< empty: one stratum
  /// Of the units: how many the stratum holds (above 1), or the share or probability of being taken
  /// (at most 1). Empty: with replacement; later stages then add nothing.
  std::vector<double> population;
};

struct DesignColumns {
  std::vector<double> weights;  ///< empty: from the stages' populations
  std::vector<Stage> stages;    ///< empty: each respondent is a unit of its own
  LonelyUnit lonely = LonelyUnit::fail;
  /// Units of a stratum may have different probabilities (Brewer's approximation of the variance).
  bool unequal_probabilities = false;
  std::vector<std::string> stratum_names;  ///< of the first stage, for sentences; may be empty
};

/// How a sample came about: weights, strata, clusters, stages. Strata and units are nested in the
/// units of the stage before, whatever their numbers.
///
/// The variance of a total is that of Cochran 1977 and of Särndal, Swensson and Wretman 1992, 4.3:
/// between units within strata at each stage, later stages times the sampling fractions before.
class Design {
 public:
  /// invalid: a weight that is negative or no number, all weights 0, fewer in a stratum than were
  /// taken, a population that differs within a stratum, one unit alone in a stratum.
  static Result<Design> make(DesignColumns columns);

  std::size_t rows() const { return weights_.size(); }
  std::span<const double> weights() const { return weights_; }
  double weight_sum() const;

  /// The covariance of the columns' sums; `scores` (rows x k) carry the weights. Respondents
  /// outside a domain have scores of 0 and stay in the design.
  Result<Matrix> variance(Matrix scores) const;

  /// Units less strata, of the rows whose `in` is true (empty: all) and whose weight is not 0.
  double degrees_of_freedom(const std::vector<bool>& in = {}) const;

  /// After weighting to margins: the new weights, and what takes out of scores all that the margins
  /// explain.
  using Projection = std::function<void(Matrix& scores)>;
  void reweight(std::vector<double> weights, Projection projection);

  struct StageUnits {
    std::vector<std::uint32_t> unit;             ///< by row
    std::vector<std::uint32_t> stratum_of_unit;  ///< by unit
    std::vector<std::uint32_t> units_in;         ///< by stratum
    std::vector<double> population;              ///< by unit; infinite: with replacement
    std::vector<double> before;  ///< by unit: the product of sampling fractions of earlier stages
  };
  const StageUnits& first_stage() const { return stages_.front(); }
  bool stratified() const { return stages_.front().units_in.size() > 1; }

 private:
  Status add_stage(const Stage& stage, const std::vector<std::uint32_t>& parents,
                   const DesignColumns& columns);
  Status check_lonely(const DesignColumns& columns) const;
  void weights_from_populations();
  void add_stage_variance(const StageUnits& stage, const Matrix& scores, Matrix& out) const;

  std::vector<double> weights_;
  std::vector<StageUnits> stages_;
  std::vector<Projection> projections_;
  LonelyUnit lonely_ = LonelyUnit::fail;
};

/// Numbers from 0 in the order of first appearance, one for each pair (parent, code).
struct Nested {
  std::vector<std::uint32_t> code;  ///< by row
  std::uint32_t count = 0;
};
Nested nest(std::span<const std::uint32_t> parents, std::span<const std::uint32_t> codes);

}  // namespace hustings::statistics
