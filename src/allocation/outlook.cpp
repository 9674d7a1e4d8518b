#include <algorithm>
#include <cmath>

#include "allocation/normal.h"
#include "allocation/win_probability.h"

namespace hustings::allocation {
namespace {

/// Half as many nodes again at least take the error to its power of 1.2 (in fact of 1.3 and more):
/// what changes by this much at the last refinement is right to 2e-11.
constexpr double kStandsStill = 1e-9;
constexpr double kErrorPower = 1.2;
constexpr int kLatticeRepeats = 8;

std::vector<double> means_of(const Race& race) {
  std::vector<double> means;
  for (const Contest& contest : race.contests)
    means.push_back(contest.mean);
  return means;
}

/// Refines the grid until two resolutions agree. The finer one of the last pair is the answer.
Result<Settled> settle_grid(const Race& race) {
  const std::vector<double> means = means_of(race);
  Resolution resolution{.national = 32, .regional = 16};
  double before = TRY(WinProbability::make(race, resolution)).value(means);
  for (;;) {
    Resolution finer = resolution;
    finer.national = std::min(resolution.national * 3 / 2, 256);
    finer.regional = std::min(resolution.regional * 3 / 2, 256);
    const double value = TRY(WinProbability::make(race, finer)).value(means);
    const double change = std::abs(value - before);
    if (change <= kStandsStill) return Settled{finer, value, std::pow(change, kErrorPower)};
    if (finer.regional >= 120) return Settled{finer, value, change};
    resolution = finer;
    before = value;
  }
}

/// The standard error of the lattice, from shifts drawn anew.
Result<double> lattice_error(const Race& race) {
  const std::vector<double> means = means_of(race);
  double sum = 0;
  double squares = 0;
  for (int i = 0; i < kLatticeRepeats; ++i) {
    const Resolution drawn{.points = 1024, .seed = 100 + static_cast<std::uint64_t>(i)};
    const double value = TRY(WinProbability::make(race, drawn)).value(means);
    sum += value;
    squares += value * value;
  }
  const double mean = sum / kLatticeRepeats;
  const double variance = std::max(0.0, squares / kLatticeRepeats - mean * mean);
  // Of one lattice of 1,024 points; the four times larger one in use is at least twice as good.
  return std::sqrt(variance * kLatticeRepeats / (kLatticeRepeats - 1)) / 2;
}

template <class Function>
double over_scales(const Errors& errors, Function function) {
  if (errors.scales.empty()) return function(1.0);
  double sum = 0;
  for (std::size_t i = 0; i < errors.scales.size(); ++i)
    sum += errors.chances[i] * function(errors.scales[i]);
  return sum;
}

}  // namespace

double chance_at(const Race& race, std::size_t contest, double mean) {
  const double deviation = total_deviation(race, contest);
  return over_scales(race.errors,
                     [&](double scale) { return normal_cdf(mean / (scale * deviation)); });
}

double chance_slope_at(const Race& race, std::size_t contest, double mean) {
  const double deviation = total_deviation(race, contest);
  return over_scales(race.errors, [&](double scale) {
    return normal_density(mean / (scale * deviation)) / (scale * deviation);
  });
}

Result<Settled> settle(const Race& race) {
  TRY(WinProbability::make(race, {.national = 1, .regional = 1, .points = 1}));
  if (race.errors.correlation.empty()) return settle_grid(race);
  const double error = TRY(lattice_error(race));
  WinProbability engine = TRY(WinProbability::make(race));
  return Settled{{}, engine.value(means_of(race)), error};
}

Result<Outlook> outlook_of(const Race& race) {
  Outlook outlook;
  const Settled settled = TRY(settle(race));
  outlook.win_error = settled.error;
  WinProbability engine = TRY(WinProbability::make(race, settled.resolution));
  const std::vector<double> means = means_of(race);
  outlook.exact = engine.exact();
  outlook.note = engine.note();
  outlook.slopes.resize(means.size());
  outlook.win = engine.value_and_slopes(means, outlook.slopes);
  outlook.distribution = engine.distribution(means);
  for (std::size_t i = 0; i < means.size(); ++i) {
    outlook.chances.push_back(chance_at(race, i, means[i]));
    outlook.expected_weight += outlook.chances.back() * race.contests[i].weight;
  }
  const auto total = static_cast<std::size_t>(race.total_weight());
  const auto needed = static_cast<std::size_t>(race.threshold());
  // Neither side has what it needs: from total - needed + 1 to needed - 1.
  for (std::size_t k = total - needed + 1; k < needed; ++k)
    outlook.tie += outlook.distribution[k];
  return outlook;
}

}  // namespace hustings::allocation
