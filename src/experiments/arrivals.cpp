#include <algorithm>
#include <cmath>
#include <span>

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
  std::uint64_t lot = 0;
  std::uint32_t place = 0;  ///< of its sums of covariates
  bool treated = false;
  double sum = 0;
  double answers = 0;
};

/// Units in the order in which they answered first, and their covariates' sums, unit by unit.
struct Arrivals {
  std::vector<Arrived> units;
  std::size_t columns = 0;
  std::vector<double> covariates;

  std::span<double> of(const Arrived& unit) {
    return {covariates.data() + unit.place * columns, columns};
  }
};

constexpr std::uint32_t kNowhere = UINT32_MAX;

Arrivals arrivals(const Subjects& subjects, const Pair& pair, bool with_sizes) {
  Arrivals out;
  const std::size_t given = pair.trial.covariates.size();
  out.columns = given + (with_sizes ? 1 : 0);
  std::vector<std::uint32_t> places(subjects.members.size(), kNowhere);  // clusters are fewer
  for (std::size_t i = 0; i < pair.rows.size(); ++i) {
    const Member& member = subjects.members[pair.rows[i]];
    std::uint32_t& place = places[member.cluster];
    if (place == kNowhere) {
      place = static_cast<std::uint32_t>(out.units.size());
      out.units.push_back(
          {.at = member.at, .lot = member.lot, .place = place, .treated = member.arm != 0});
      out.covariates.resize(out.covariates.size() + out.columns);
    }
    Arrived& unit = out.units[place];
    unit.at = std::min(unit.at, member.at);
    unit.sum += member.value;
    unit.answers += 1;
    const auto sums = out.of(unit);
    for (std::size_t c = 0; c < given; ++c)
      sums[c] += pair.trial.covariates[c][i];
    if (with_sizes) sums[given] += 1;
  }
  std::ranges::sort(out.units, [](const Arrived& a, const Arrived& b) {
    return a.at != b.at ? a.at < b.at : a.lot < b.lot;
  });
  return out;
}

/// Covariates on one scale, so that the ridge treats them alike.
void standardise(Arrivals& arrivals) {
  const std::size_t k = arrivals.columns;
  const auto n = static_cast<double>(arrivals.units.size());
  for (std::size_t c = 0; c < k; ++c) {
    double mean = 0;
    double squares = 0;
    for (std::size_t i = c; i < arrivals.covariates.size(); i += k)
      mean += arrivals.covariates[i] / n;
    for (std::size_t i = c; i < arrivals.covariates.size(); i += k)
      squares += (arrivals.covariates[i] - mean) * (arrivals.covariates[i] - mean) / n;
    const double sd = squares > 0 ? std::sqrt(squares) : 1;
    for (std::size_t i = c; i < arrivals.covariates.size(); i += k)
      arrivals.covariates[i] = (arrivals.covariates[i] - mean) / sd;
  }
}

/// The share of the drawn units that were treated, answered or not: what chance had to give.
double treated_share(const Subjects& subjects, std::uint8_t arm) {
  std::vector<bool> seen(subjects.members.size());
  double treated = 0;
  double all = 0;
  for (const Member& member : subjects.members) {
    if ((member.arm != 0 && member.arm != arm) || seen[member.cluster]) continue;
    seen[member.cluster] = true;
    treated += member.arm != 0 ? 1 : 0;
    all += 1;
  }
  return treated / all;
}

}  // namespace

Track track_of(const Subjects& subjects, const Pair& pair) {
  Track track{.arm = subjects.arms[pair.arm]};
  Arrivals arrived = arrivals(subjects, pair, pair.clusters < pair.rows.size());
  const std::vector<Arrived>& units = arrived.units;
  const double share = treated_share(subjects, pair.arm);
  if (units.size() < kUnitsLeast || !(share > 0 && share < 1)) return track;
  // Sums over the mean size make the mean over units the effect by voter.
  const double size = static_cast<double>(pair.rows.size()) / static_cast<double>(units.size());
  standardise(arrived);
  statistics::CrossFitSequence sequence({.probability = share, .covariates = arrived.columns});
  const double rho = statistics::sequence_rho(
      std::max(subjects.planned_units, static_cast<double>(kUnitsLeast)), kAlpha);
  const std::size_t step = std::max<std::size_t>(1, units.size() / kTrackPoints);
  const std::size_t look = std::min(step, kLookEvery);
  for (std::size_t i = 0; i < units.size(); ++i) {
    const Arrived& unit = units[i];
    sequence.add({.treated = unit.treated, .outcome = unit.sum / size}, arrived.of(unit),
                 mix64(unit.lot + 1) & 1);
    const std::uint64_t count = i + 1;
    const std::uint64_t left = units.size() - count;
    const bool is_point = left % step == 0;
    if (count < kUnitsLeast || (left % look != 0 && !is_point) || !sequence.is_ready()) continue;
    const statistics::SequenceInterval always = sequence.interval(kAlpha, rho);
    if (!track.known_at_units && (always.lower > 0 || always.upper < 0)) {
      track.known_at_units = static_cast<std::int64_t>(count);
      track.known_at = unit.at;
    }
    if (!is_point) continue;
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
