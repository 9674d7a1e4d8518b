#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "base/error.h"
#include "statistics/design.h"

namespace hustings::statistics {

/// Weights under which an estimate is made again and again; how much the results differ is its
/// variance. JK1 and JKn leave one unit out (of all; of each stratum in turn); the bootstrap draws
/// n - 1 of n units of each stratum with replacement and rescales (Rao and Wu 1988, with the finite
/// population correction of Rao, Wu and Yue 1992).
enum class ReplicateKind : std::uint8_t { jk1, jkn, bootstrap };

struct Replicates {
  std::vector<std::vector<double>> weights;  ///< by replicate, then by row
  std::vector<double> scales;                ///< by replicate
  bool about_estimate = false;  ///< squares about the whole sample's estimate, not about the mean
  double df = 0;

  /// The covariance of what `compute` gives under each replicate's weights.
  Matrix variance(std::span<const double> whole,
                  const std::function<std::vector<double>(std::span<const double>)>& compute) const;
};

struct ReplicateOptions {
  ReplicateKind kind = ReplicateKind::jk1;
  std::uint32_t count = 200;  ///< of the bootstrap
  std::uint64_t seed = 1;
  bool about_estimate = false;
};

/// By the first stage of the design. invalid: JK1 of a stratified sample; over_limit: more than
/// kReplicateWeightsMax weights in all.
Result<Replicates> make_replicates(const Design& design, const ReplicateOptions& options);
inline constexpr std::size_t kReplicateWeightsMax = 400'000'000;

/// A sample with its way to a variance: linearised, or by replicates where there are some.
struct Sample {
  Design design;
  std::optional<Replicates> replicates;

  std::size_t rows() const { return design.rows(); }
  std::span<const double> weights() const { return design.weights(); }
};

}  // namespace hustings::statistics
