#include <algorithm>
#include <cmath>
#include <numeric>

#include "experiments/trial_of.h"
#include "statistics/special.h"

namespace hustings::experiments {
namespace {

constexpr std::size_t kGroupsMax = 12;
constexpr std::size_t kGroupLeast = 20;  ///< voters with an outcome; smaller ones count as others

std::optional<double> known(double value) {
  return std::isfinite(value) ? std::optional(value) : std::nullopt;
}

struct Grouping {
  std::vector<std::string> names;
  std::vector<std::uint32_t> code;  ///< by row of the pair
};

Grouping grouping_of(const Subjects& subjects, const Pair& pair, std::size_t trait) {
  const std::vector<std::string>& values = subjects.trait_values[trait];
  std::vector<std::size_t> counts(values.size());
  for (const std::size_t row : pair.rows)
    ++counts[subjects.members[row].traits[trait]];
  std::vector<std::size_t> order(values.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::sort(order, [&](std::size_t a, std::size_t b) {
    return counts[a] != counts[b] ? counts[a] > counts[b] : a < b;
  });
  Grouping out;
  std::vector<std::uint32_t> place(values.size());
  std::vector<bool> shown(values.size());
  for (const std::size_t value : order) {
    if (out.names.size() == kGroupsMax || counts[value] < kGroupLeast) break;
    place[value] = static_cast<std::uint32_t>(out.names.size());
    shown[value] = true;
    out.names.push_back(values[value]);
  }
  const auto others = static_cast<std::uint32_t>(out.names.size());
  bool has_others = false;
  for (const std::size_t row : pair.rows) {
    const std::size_t value = subjects.members[row].traits[trait];
    out.code.push_back(shown[value] ? place[value] : others);
    has_others = has_others || !shown[value];
  }
  if (has_others) out.names.emplace_back("other");
  return out;
}

/// The members of each group against control, without blocks and covariates.
std::vector<statistics::Trial> trials_of(const Pair& pair, const Grouping& grouping) {
  std::vector<statistics::Trial> trials(grouping.names.size());
  const bool clustered = !pair.trial.cluster.empty();
  for (std::size_t i = 0; i < pair.rows.size(); ++i) {
    statistics::Trial& trial = trials[grouping.code[i]];
    trial.outcome.push_back(pair.trial.outcome[i]);
    trial.arm.push_back(pair.trial.arm[i]);
    if (clustered) trial.cluster.push_back(pair.trial.cluster[i]);
  }
  return trials;
}

struct Means {
  std::optional<double> control;
  std::optional<double> treated;
};
Means means_of(const statistics::Trial& trial) {
  double sums[2] = {0, 0};
  double counts[2] = {0, 0};
  for (std::size_t i = 0; i < trial.rows(); ++i) {
    sums[trial.arm[i]] += trial.outcome[i];
    counts[trial.arm[i]] += 1;
  }
  Means means;
  if (counts[0] > 0) means.control = sums[0] / counts[0];
  if (counts[1] > 0) means.treated = sums[1] / counts[1];
  return means;
}

/// Wald's test of one effect for all groups.
std::optional<double> heterogeneity(const std::vector<Figure>& effects) {
  double weights = 0;
  double weighted = 0;
  double squares = 0;
  int groups = 0;
  for (const Figure& effect : effects) {
    if (!effect.se || !(*effect.se > 0)) continue;
    const double weight = 1 / (*effect.se * *effect.se);
    weights += weight;
    weighted += weight * effect.value;
    squares += weight * effect.value * effect.value;
    ++groups;
  }
  if (groups < 2) return std::nullopt;
  return known(statistics::chi_square_upper(squares - weighted * weighted / weights, groups - 1));
}

}  // namespace

void add_groups(const Subjects& subjects, const Pair& pair, Findings& findings) {
  std::vector<double> p;
  const std::size_t first = findings.groups.size();
  for (std::size_t trait = 0; trait < kTraits; ++trait) {
    const Grouping grouping = grouping_of(subjects, pair, trait);
    if (grouping.names.size() < 2) continue;
    const auto trials = trials_of(pair, grouping);
    std::vector<Figure> effects;
    for (std::size_t group = 0; group < trials.size(); ++group) {
      const Means means = means_of(trials[group]);
      if (!means.control || !means.treated) continue;
      Figure figure{.value = *means.treated - *means.control};
      const auto effect = statistics::intention_to_treat(trials[group], {.errors = pair.errors});
      if (effect) figure = figure_of(effect->front());
      effects.push_back(figure);
      p.push_back(figure.p.value_or(statistics::kMissing));
      findings.groups.push_back({.trait = std::string(kTraitNames[trait]),
                                 .value = grouping.names[group],
                                 .arm = subjects.arms[pair.arm],
                                 .n = static_cast<std::int64_t>(trials[group].rows()),
                                 .control_mean = means.control,
                                 .effect = figure,
                                 .holm = std::nullopt,
                                 .benjamini_hochberg = std::nullopt});
    }
    findings.group_tests.push_back({.trait = std::string(kTraitNames[trait]),
                                    .arm = subjects.arms[pair.arm],
                                    .p = heterogeneity(effects)});
  }
  // One correction for all groups of all traits that are looked at.
  const std::vector<double> holm = statistics::holm(p);
  const std::vector<double> hochberg = statistics::benjamini_hochberg(p);
  for (std::size_t i = 0; i < p.size(); ++i) {
    findings.groups[first + i].holm = known(holm[i]);
    findings.groups[first + i].benjamini_hochberg = known(hochberg[i]);
  }
}

}  // namespace hustings::experiments
