#include <algorithm>
#include <cmath>

#include "allocation/normal.h"
#include "allocation/win_probability.h"

namespace hustings::allocation {
namespace {

constexpr double kStandsStill = 1e-11;
constexpr int kLatticeRepeats = 8;

std::vector<double> means_of(const Race& race) {
  std::vector<double> means;
  for (const Contest& contest : race.contests)
    means.push_back(contest.mean);
  return means;
}

struct Settled {
  Resolution resolution;
  double error;
};

/// Refines the grid until two resolutions agree. The finer one of the last pair is the answer.
Result<Settled> settle(const Race& race) {
  const std::vector<double> means = means_of(race);
  Resolution resolution{.national = 32, .regional = 16};
  double before = TRY(WinProbability::make(race, resolution)).value(means);
  for (;;) {
    Resolution finer = resolution;
    finer.national = std::min(resolution.national * 3 / 2, 256);
    finer.regional = std::min(resolution.regional * 3 / 2, 256);
    const double value = TRY(WinProbability::make(race, finer)).value(means);
    const double error = std::abs(value - before);
    if (error <= kStandsStill || finer.regional >= 120) return Settled{finer, error};
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

Result<Resolution> resolution_for(const Race& race) {
  if (!race.errors.correlation.empty()) return Resolution{};
  return TRY(settle(race)).resolution;
}

Result<Outlook> outlook_of(const Race& race) {
  Outlook outlook;
  Resolution resolution;
  TRY(WinProbability::make(race, {.national = 1, .regional = 1, .points = 1}));
  if (race.errors.correlation.empty()) {
    const Settled settled = TRY(settle(race));
    resolution = settled.resolution;
    outlook.win_error = settled.error;
  } else {
    outlook.win_error = TRY(lattice_error(race));
  }
  WinProbability engine = TRY(WinProbability::make(race, resolution));
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
