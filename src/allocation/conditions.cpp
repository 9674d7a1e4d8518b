#include "allocation/conditions.h"

#include <algorithm>
#include <cmath>
#include <map>

#include <fmt/format.h>

#include "allocation/correlation.h"
#include "allocation/detail/lanes.h"
#include "allocation/normal.h"
#include "allocation/quadrature.h"
#include "base/rng.h"

namespace hustings::allocation {
namespace {

/// The least part of a contest's variance that stays its own: without any, the chances would be
/// steps, which no quadrature follows.
constexpr double kOwnShareMin = 0.005;

std::vector<std::vector<std::uint32_t>> group_by_region(const Race& race) {
  std::vector<std::vector<std::uint32_t>> regions;
  std::map<std::string, std::size_t> known;
  for (std::size_t i = 0; i < race.contests.size(); ++i) {
    const std::string& name = race.contests[i].region;
    const auto [at, is_new] = known.try_emplace(name, regions.size());
    if (is_new || name.empty()) {
      at->second = regions.size();
      regions.emplace_back();
    }
    regions[at->second].push_back(static_cast<std::uint32_t>(i));
  }
  return regions;
}

std::vector<std::uint32_t> all_contests(const Race& race) {
  std::vector<std::uint32_t> all(race.contests.size());
  for (std::size_t i = 0; i < all.size(); ++i)
    all[i] = static_cast<std::uint32_t>(i);
  return all;
}

/// The outer conditions: each scale of the mixture with each node of the national error.
std::vector<Conditions::Outer> outer_of(const Errors& errors, double national, int nodes) {
  const Quadrature rule = gauss_hermite(national > 0 ? nodes : 1);
  const std::size_t scales = std::max<std::size_t>(errors.scales.size(), 1);
  std::vector<Conditions::Outer> outer;
  for (std::size_t i = 0; i < scales; ++i) {
    const double scale = errors.scales.empty() ? 1 : errors.scales[i];
    const double chance = errors.scales.empty() ? 1 : errors.chances[i];
    for (std::size_t k = 0; k < rule.nodes.size(); ++k)
      outer.push_back({scale * national * rule.nodes[k], scale, chance * rule.weights[k]});
  }
  return outer;
}

void add_lanes(Conditions& conditions, double deviation, int nodes) {
  const Quadrature rule = gauss_hermite(deviation > 0 ? nodes : 1);
  std::vector<double> shift;
  for (const double node : rule.nodes)
    shift.push_back(deviation * node);
  conditions.shifts.push_back(std::move(shift));
  conditions.lane_weights = rule.weights;
}

void fill_up_lanes(Conditions& conditions) {
  while (conditions.lane_weights.size() % detail::kLanes != 0) {
    conditions.lane_weights.push_back(0);
    for (std::vector<double>& shift : conditions.shifts)
      shift.push_back(0);
  }
}

Conditions structured(const Race& race, const Resolution& resolution) {
  const Errors& errors = race.errors;
  Conditions conditions;
  conditions.deviation = errors.contest;
  conditions.shift_of.assign(race.contests.size(), 0);
  if (errors.regional > 0) {
    conditions.regions = group_by_region(race);
    conditions.outer = outer_of(errors, errors.national, resolution.national);
    add_lanes(conditions, errors.regional, resolution.regional);
  } else {
    // One region whose error is the national one.
    conditions.regions = {all_contests(race)};
    conditions.outer = outer_of(errors, 0, 1);
    add_lanes(conditions, errors.national, resolution.national);
  }
  fill_up_lanes(conditions);
  return conditions;
}

/// The correlations of the whole errors: national, regional, and the contests' own.
std::vector<double> whole_correlation(const Race& race) {
  const Errors& errors = race.errors;
  const std::size_t n = race.contests.size();
  std::vector<double> matrix(n * n);
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j < n; ++j) {
      double covariance = errors.national * errors.national +
                          errors.contest[i] * errors.contest[j] * errors.correlation[i * n + j];
      const std::string& region = race.contests[i].region;
      if (i == j || (!region.empty() && region == race.contests[j].region))
        covariance += errors.regional * errors.regional;
      matrix[i * n + j] = covariance / (total_deviation(race, i) * total_deviation(race, j));
    }
  }
  return matrix;
}

/// Square roots of primes: the directions of a Richtmyer lattice.
std::vector<double> lattice_directions(std::size_t dimensions) {
  std::vector<double> directions;
  for (int number = 2; directions.size() < dimensions; ++number) {
    bool prime = true;
    for (int d = 2; d * d <= number && prime; ++d)
      prime = number % d != 0;
    if (prime) directions.push_back(std::sqrt(static_cast<double>(number)));
  }
  return directions;
}

/// points x dimensions standard normal numbers: a lattice, shifted at random, folded at the middle
/// (the baker's transformation makes it periodic).
std::vector<double> lattice_normals(const Resolution& resolution, std::size_t dimensions) {
  const auto points = static_cast<std::size_t>(resolution.points);
  const std::vector<double> directions = lattice_directions(dimensions);
  Rng rng(mix64(resolution.seed));
  std::vector<double> normals(points * dimensions);
  for (std::size_t d = 0; d < dimensions; ++d) {
    const double start = rng.uniform();
    for (std::size_t i = 0; i < points; ++i) {
      const double at = start + static_cast<double>(i + 1) * directions[d];
      const double folded = 1 - std::abs(2 * (at - std::floor(at)) - 1);
      normals[i * dimensions + d] = normal_quantile(std::clamp(folded, 1e-12, 1 - 1e-12));
    }
  }
  return normals;
}

Conditions sampled(const Race& race, const Resolution& resolution) {
  const std::size_t n = race.contests.size();
  const Eigen eigen = eigen_of(whole_correlation(race), n);
  Conditions conditions;
  conditions.exact = false;
  conditions.regions = {all_contests(race)};
  conditions.outer = outer_of(race.errors, 0, 1);
  double own = eigen.values.front();
  double shrink = 1;
  if (own < kOwnShareMin) {
    shrink = (1 - kOwnShareMin) / (1 - std::min(own, 0.0));
    own = kOwnShareMin;
    conditions.note = fmt::format(
        "The errors' correlations leave contests no error of their own; "
        "{:.1f} % of the variance was taken as such.",
        100 * kOwnShareMin);
  } else {
    own *= 0.999;
  }
  const std::vector<double> normals = lattice_normals(resolution, n);
  const auto points = static_cast<std::size_t>(resolution.points);
  conditions.lane_weights.assign(points, 1.0 / static_cast<double>(points));
  for (std::size_t i = 0; i < n; ++i) {
    const double deviation = total_deviation(race, i);
    conditions.deviation.push_back(deviation * std::sqrt(own));
    conditions.shift_of.push_back(static_cast<std::uint32_t>(i));
    std::vector<double> shift(points);
    double shared = 0;
    for (std::size_t e = 0; e < n; ++e) {
      // The largest eigenvalues come first: the lattice is best in its first dimensions.
      const std::size_t rank = n - 1 - e;
      const double variance = std::max(0.0, shrink * eigen.values[rank] - (shrink < 1 ? 0 : own));
      const double loading = std::sqrt(variance) * eigen.vectors[rank * n + i];
      shared += loading * loading;
      for (std::size_t p = 0; loading != 0 && p < points; ++p)
        shift[p] += loading * normals[p * n + e];
    }
    // Whatever was clipped or shrunk, the contest's whole variance stays what it was.
    const double scale = shared > 0 ? deviation * std::sqrt((1 - own) / shared) : 0;
    for (double& value : shift)
      value *= scale;
    conditions.shifts.push_back(std::move(shift));
  }
  fill_up_lanes(conditions);
  return conditions;
}

}  // namespace

double total_deviation(const Race& race, std::size_t contest) {
  const Errors& errors = race.errors;
  return std::sqrt(errors.national * errors.national + errors.regional * errors.regional +
                   errors.contest[contest] * errors.contest[contest]);
}

Conditions conditions_of(const Race& race, const Resolution& resolution) {
  return race.errors.correlation.empty() ? structured(race, resolution) : sampled(race, resolution);
}

}  // namespace hustings::allocation
