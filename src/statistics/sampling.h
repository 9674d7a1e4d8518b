#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "base/error.h"

/// Who is drawn and who is assigned. Each unit's chance comes from the seed and its own key, so
/// that the same seed draws the same people in whatever order they stand, and again in a longer
/// file.
namespace hustings::statistics {

struct Drawn {
  std::size_t row;
  double probability;  ///< of being drawn; its design weight is one over it
};

/// `wanted` of all, each set equally likely. invalid: more than there are.
Result<std::vector<Drawn>> draw_simple(std::span<const std::uint64_t> keys, std::size_t wanted,
                                       std::uint64_t seed);

/// `wanted[s]` of each stratum.
Result<std::vector<Drawn>> draw_stratified(std::span<const std::uint64_t> keys,
                                           std::span<const std::uint32_t> strata,
                                           std::span<const std::size_t> wanted, std::uint64_t seed);
/// How many of each stratum, so that they add up to `wanted`: in proportion to `sizes`, by largest
/// remainders, no more than each has.
std::vector<std::size_t> proportional(std::span<const std::size_t> sizes, std::size_t wanted);

/// Everybody of `wanted` clusters. `clusters` are keys too: equal ones belong together.
Result<std::vector<Drawn>> draw_clusters(std::span<const std::uint64_t> clusters,
                                         std::size_t wanted, std::uint64_t seed);

/// With probability proportional to size, systematically from a random order (Madow 1949; Hartley
/// and Rao 1962). Whoever's share would be above 1 is taken for certain. invalid: a size that is no
/// number above 0, more wanted than there are.
Result<std::vector<Drawn>> draw_by_size(std::span<const std::uint64_t> keys,
                                        std::span<const double> sizes, std::size_t wanted,
                                        std::uint64_t seed);

/// Arms for voters: whole clusters go to one arm, and within each block the arms have their shares
/// as exactly as whole clusters allow.
struct AssignmentPlan {
  std::vector<std::uint64_t> clusters;  ///< by voter: a key of what is assigned as one
  std::vector<std::uint32_t> blocks;    ///< by voter; empty: one block
  std::vector<double> shares;           ///< by arm, adding up to 1
  std::uint64_t seed = 1;
};
/// invalid: shares that do not add up to 1, a cluster in two blocks.
Result<std::vector<std::uint32_t>> assign_arms(const AssignmentPlan& plan);

}  // namespace hustings::statistics
