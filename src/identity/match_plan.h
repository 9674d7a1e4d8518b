#pragma once

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "identity/identities.h"
#include "linkage/linkage.h"

/// What follows from the pairs that the linker has found: who is joined, and who is asked about.
/// Pure; no database.
namespace hustings::identity {

/// From here on two identities of different sources are joined without asking.
inline constexpr double kJoinAt = 0.99;
/// From here on a person is asked.
inline constexpr double kAskAt = 0.5;

/// Two persons whom somebody has said to be different people.
struct Apart {
  VoterId one;
  VoterId other;
};

/// A pair of identities, by their places among all that were loaded.
struct PlannedPair {
  std::uint32_t one = 0;
  std::uint32_t other = 0;
  linkage::Match match;      ///< the evidence
  bool same_source = false;  ///< the source itself holds the two apart
};

struct MatchPlan {
  /// `one` is of the person that stays, `other` of one that joins it. No person joins twice, none
  /// that stays joins.
  std::vector<PlannedPair> joins;
  /// For the review: each pair of persons once, with the likeliest of its pairs of identities.
  std::vector<PlannedPair> asks;
  double estimated_matches = 0;  ///< between sources, those already joined included
  /// Persons of several identities after the joins: how many have 2, 3, … of them.
  std::vector<std::pair<std::size_t, std::size_t>> sizes;
};

/// Decides by these rules:
/// - Within a pair of sources nobody has two partners: probabilities are lowered for competitors,
///   of pairs that share an identity the best is kept (linkage::assign_one_to_one).
/// - Pairs of one source are never joined, only asked about; nor does a join give a person two
///   identities of one source, that would be the same by a detour. Such pairs are asked about.
/// - Two persons who are apart never come together, by whatever chain, and are never asked about.
/// - The person stays that has an identity of an official roll, of several the one with the lowest
///   id: the fewest rows move, and the older id stays.
/// The rows of `matches` are places in `identities`. The same result for any order of `matches`.
MatchPlan make_match_plan(std::span<const Identity> identities, std::vector<linkage::Match> matches,
                          std::span<const Apart> apart);

}  // namespace hustings::identity
