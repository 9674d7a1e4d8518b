#pragma once

#include <cstdint>
#include <vector>

#include "linkage/model.h"
#include "linkage/pair_scan.h"

namespace hustings::linkage {

/// The patterns of random pairs, about 2 million, or of all pairs where there are fewer: what
/// strangers have in common by chance. Deterministic from the seed.
std::vector<PatternCount> random_patterns(const Files& files, std::uint64_t seed, int threads);

/// How many of all pairs know which parts of the joint comparison: kJointGroups numbers.
std::vector<double> joint_group_pairs(const Files& files);

/// Fits a model without any labelled pair (EM, Dempster, Laird, Rubin 1977; Winkler 1988).
///
/// u among strangers comes from random pairs, never from the blocked ones, where EM with a free u
/// collapses. Inside households u is counted: blocking brings together every pair that shares a
/// house, a telephone or an e-mail address, so what is no match there is known. m and lambda are
/// fitted to the blocked pairs, with the priors of level_priors.h as pseudo-counts.
struct Training {
  const std::vector<PatternCount>& blocked;
  const std::vector<PatternCount>& random;
  const std::vector<double>& group_pairs;
  double all_pairs = 0;
  double lambda_start = 0;
  double matches_max = 0;  ///< more than these are not believed
};
Model train(const Training& training, std::size_t extras);

/// A model for asking whether one person is in `records`: what strangers and households have in
/// common is learned from the file, what matches have is as one would expect.
Result<Model> model_for_questions(const Records& records, int threads);

}  // namespace hustings::linkage
