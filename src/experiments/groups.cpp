#include <algorithm>
#include <cmath>
#include <numeric>

#include "experiments/trial_of.h"

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

}  // namespace

void add_groups(const Subjects& subjects, const Pair& pair, Findings& findings) {
  std::vector<double> p;
  const std::size_t first = findings.groups.size();
  for (std::size_t trait = 0; trait < kTraits; ++trait) {
    const Grouping grouping = grouping_of(subjects, pair, trait);
    if (grouping.names.size() < 2) continue;
    statistics::Trial trial = pair.trial;
    trial.block.clear();
    trial.covariates.clear();
    const auto effects = statistics::group_effects(
        trial, 1, grouping.code, static_cast<std::uint32_t>(grouping.names.size()),
        {.errors = pair.errors});
    if (!effects) continue;
    for (std::size_t group = 0; group < grouping.names.size(); ++group) {
      const statistics::Effect& effect = effects->effects[group];
      GroupRow row{.trait = std::string(kTraitNames[trait]),
                   .value = grouping.names[group],
                   .arm = subjects.arms[pair.arm],
                   .n = static_cast<std::int64_t>(effect.estimate.n),
                   .control_mean = known(effects->control[group].mean),
                   .effect = figure_of(effect),
                   .holm = std::nullopt,
                   .benjamini_hochberg = std::nullopt};
      if (!std::isfinite(row.effect.value)) continue;
      p.push_back(row.effect.p.value_or(statistics::kMissing));
      findings.groups.push_back(std::move(row));
    }
    findings.group_tests.push_back({.trait = std::string(kTraitNames[trait]),
                                    .arm = subjects.arms[pair.arm],
                                    .p = known(effects->heterogeneity_p)});
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
