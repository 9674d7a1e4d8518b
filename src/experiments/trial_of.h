#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "experiments/analysis.h"
#include "statistics/effects.h"

/// Parts of analyse(): members as the statistics take them.
namespace hustings::experiments {

/// One arm against the control group, those whose outcome is known.
struct Pair {
  std::uint8_t arm = 1;
  std::vector<std::size_t> rows;  ///< places in Subjects::members
  statistics::Trial trial;        ///< with blocks and covariates
  statistics::Errors errors = statistics::Errors::hc2;
  std::size_t clusters = 0;
};

enum class Whose : std::uint8_t { answered, everybody };
/// `everybody` has an outcome of 1 where one is known, else 0: for balance and response.
Pair pair_of(const Subjects& subjects, std::uint8_t arm, Whose whose);

Figure figure_of(const statistics::Effect& effect);
std::string_view name_of(statistics::Errors errors);

/// The effect as answers came in, by units that were drawn as one.
Track track_of(const Subjects& subjects, const Pair& pair);

/// Effects by the categories of each trait.
void add_groups(const Subjects& subjects, const Pair& pair, Findings& findings);

}  // namespace hustings::experiments
