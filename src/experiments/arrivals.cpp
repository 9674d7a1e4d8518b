#include <algorithm>
#include <cmath>
#include <unordered_map>

#include "base/rng.h"
#include "experiments/trial_of.h"
#include "statistics/cross_fit_sequence.h"

namespace hustings::experiments {
namespace {

/// The sequence is asymptotic: it says nothing before some dozens of units.
constexpr std::uint64_t kUnitsLeast = 40;
/// Whether the band has left 0 out is looked at so often, or more seldom with more points.
constexpr std::size_t kLookEvery = 10;

/// What was drawn as one, as it answered.
struct Arrived {
  Instant at;
  std::uint64_t order = 0;
  bool treated = false;
  double sum = 0;
  double answers = 0;
  std::vector<double> covariates;  ///< sums
};

std::vector<Arrived> arrivals(const Subjects& subjects, const Pair& pair) {
  std::unordered_map<std::int64_t, std::size_t> places;
  std::vector<Arrived> out;
  const std::size_t k = pair.trial.covariates.size();
  for (std::size_t i = 0; i < pair.rows.size(); ++i) {
    const Member& member = subjects.members[pair.rows[i]];
    const auto [place, is_new] = places.try_emplace(member.cluster, out.size());
    if (is_new) {
      out.push_back({.at = member.at,
                     .order = mix64(static_cast<std::uint64_t>(member.cluster)),
                     .treated = member.arm != 0,
                     .covariates = std::vector<double>(k)});
    }
    Arrived& unit = out[place->second];
    unit.at = std::min(unit.at, member.at);
    unit.sum += member.value;
    unit.answers += 1;
    for (std::size_t c = 0; c < k; ++c)
      unit.covariates[c] += pair.trial.covariates[c][i];
  }
  std::ranges::sort(out, [](const Arrived& a, const Arrived& b) {
    return a.at != b.at ? a.at < b.at : a.order < b.order;
  });
  return out;
}

/// Covariates on one scale, so that the ridge treats them alike.
void standardise(std::vector<Arrived>& units) {
  const std::size_t k = units.front().covariates.size();
  const auto n = static_cast<double>(units.size());
  for (std::size_t c = 0; c < k; ++c) {
    double mean = 0;
    double squares = 0;
    for (const Arrived& unit : units)
      mean += unit.covariates[c] / n;
    for (const Arrived& unit : units)
      squares += (unit.covariates[c] - mean) * (unit.covariates[c] - mean) / n;
    const double sd = squares > 0 ? std::sqrt(squares) : 1;
    for (Arrived& unit : units)
      unit.covariates[c] = (unit.covariates[c] - mean) / sd;
  }
}

/// The share of the drawn units that were treated, answered or not: what chance had to give.
double treated_share(const Subjects& subjects, std::uint8_t arm) {
  std::unordered_map<std::int64_t, bool> units;
  for (const Member& member : subjects.members) {
    if (member.arm == 0 || member.arm == arm) units.emplace(member.cluster, member.arm != 0);
  }
  const auto treated = static_cast<double>(
      std::ranges::count_if(units, [](const auto& unit) { return unit.second; }));
  return treated / static_cast<double>(units.size());
}

}  // namespace

Track track_of(const Subjects& subjects, const Pair& pair) {
  Track track{.arm = subjects.arms[pair.arm]};
  std::vector<Arrived> units = arrivals(subjects, pair);
  const double share = treated_share(subjects, pair.arm);
  if (units.size() < kUnitsLeast || !(share > 0 && share < 1)) return track;
  // Sums over the mean size make the mean over units the effect by voter.
  const double size = static_cast<double>(pair.rows.size()) / static_cast<double>(units.size());
  if (size > 1) {
    for (Arrived& unit : units)
      unit.covariates.push_back(unit.answers);
  }
  standardise(units);
  statistics::CrossFitSequence sequence(
      {.probability = share, .covariates = units.front().covariates.size()});
  const double rho = statistics::sequence_rho(
      std::max(subjects.planned_units, static_cast<double>(kUnitsLeast)), kAlpha);
  const std::size_t step = std::max<std::size_t>(1, units.size() / kTrackPoints);
  const std::size_t look = std::min(step, kLookEvery);
  for (std::size_t i = 0; i < units.size(); ++i) {
    const Arrived& unit = units[i];
    sequence.add({.treated = unit.treated, .outcome = unit.sum / size}, unit.covariates,
                 unit.order & 1);
    const std::uint64_t count = i + 1;
    const std::uint64_t left = units.size() - count;
    if (count < kUnitsLeast || left % look != 0 || !sequence.is_ready()) continue;
    const statistics::SequenceInterval always = sequence.interval(kAlpha, rho);
    if (!track.known_at_units && (always.lower > 0 || always.upper < 0)) {
      track.known_at_units = static_cast<std::int64_t>(count);
      track.known_at = unit.at;
    }
    if (left % step != 0) continue;
    const statistics::SequenceInterval fixed = sequence.fixed_interval(kAlpha);
    track.points.push_back({.at = unit.at,
                            .units = static_cast<std::int64_t>(count),
                            .value = always.value,
                            .lower = always.lower,
                            .upper = always.upper,
                            .fixed_lower = fixed.lower,
                            .fixed_upper = fixed.upper});
  }
  return track;
}

}  // namespace hustings::experiments
