#include "statistics/replicates.h"

#include <cmath>

#include <fmt/format.h>

#include "base/rng.h"

namespace hustings::statistics {
namespace {

/// By stratum: its units.
std::vector<std::vector<std::uint32_t>> units_by_stratum(const Design::StageUnits& stage) {
  std::vector<std::vector<std::uint32_t>> out(stage.units_in.size());
  for (std::uint32_t unit = 0; unit < stage.stratum_of_unit.size(); ++unit)
    out[stage.stratum_of_unit[unit]].push_back(unit);
  return out;
}

double left_share(double population, double taken) {
  return std::isfinite(population) ? (population - taken) / population : 1;
}

std::vector<double> weights_by_unit(const Design& design, const std::vector<double>& factors) {
  const auto& unit = design.first_stage().unit;
  std::vector<double> out(design.rows());
  for (std::size_t i = 0; i < out.size(); ++i)
    out[i] = design.weights()[i] * factors[unit[i]];
  return out;
}

void add_jackknife(const Design& design, Replicates& out) {
  const Design::StageUnits& stage = design.first_stage();
  std::vector<double> factors(stage.stratum_of_unit.size(), 1);
  for (const auto& units : units_by_stratum(stage)) {
    const auto taken = static_cast<double>(units.size());
    const double left = left_share(stage.population[units.front()], taken);
    if (units.size() < 2) continue;
    for (const std::uint32_t unit : units)
      factors[unit] = taken / (taken - 1);
    for (const std::uint32_t unit : units) {
      factors[unit] = 0;
      out.weights.push_back(weights_by_unit(design, factors));
      out.scales.push_back(left * (taken - 1) / taken);
      factors[unit] = taken / (taken - 1);
    }
    for (const std::uint32_t unit : units)
      factors[unit] = 1;
  }
}

void add_bootstrap(const Design& design, const ReplicateOptions& options, Replicates& out) {
  const Design::StageUnits& stage = design.first_stage();
  const auto strata = units_by_stratum(stage);
  Rng rng(options.seed);
  for (std::uint32_t r = 0; r < options.count; ++r) {
    std::vector<double> factors(stage.stratum_of_unit.size(), 1);
    for (const auto& units : strata) {
      const auto taken = static_cast<double>(units.size());
      if (units.size() < 2) continue;
      const double shrink = std::sqrt(left_share(stage.population[units.front()], taken));
      for (const std::uint32_t unit : units)
        factors[unit] = 1 - shrink;
      for (std::size_t draw = 0; draw + 1 < units.size(); ++draw)
        factors[units[rng.below(units.size())]] += shrink * taken / (taken - 1);
    }
    out.weights.push_back(weights_by_unit(design, factors));
    out.scales.push_back(1.0 / (options.count - 1));
  }
}

}  // namespace

Result<Replicates> make_replicates(const Design& design, const ReplicateOptions& options) {
  if (options.kind == ReplicateKind::jk1 && design.stratified()) {
    return invalid(
        "JK1 leaves one unit out of all, which does not fit a stratified sample; take "
        "jkn or bootstrap.");
  }
  if (options.kind == ReplicateKind::bootstrap && options.count < 2)
    return invalid("A bootstrap needs at least 2 replicates.");
  const std::size_t count = options.kind == ReplicateKind::bootstrap
                                ? options.count
                                : design.first_stage().stratum_of_unit.size();
  if (count > kReplicateWeightsMax / design.rows()) {
    return refuse(ErrorCode::over_limit,
                  fmt::format("{} replicates of {} respondents are more than the {} weights that "
                              "are held at once; take a bootstrap of fewer replicates.",
                              count, design.rows(), kReplicateWeightsMax));
  }
  Replicates out;
  out.about_estimate = options.about_estimate;
  if (options.kind == ReplicateKind::bootstrap) {
    add_bootstrap(design, options, out);
  } else {
    add_jackknife(design, out);
  }
  out.df = design.degrees_of_freedom();
  return out;
}

Matrix Replicates::variance(
    std::span<const double> whole,
    const std::function<std::vector<double>(std::span<const double>)>& compute) const {
  const std::size_t k = whole.size();
  std::vector<std::vector<double>> found;
  std::vector<double> centre(whole.begin(), whole.end());
  found.reserve(weights.size());
  for (const auto& replicate : weights)
    found.push_back(compute(replicate));
  if (!about_estimate) {
    for (std::size_t c = 0; c < k; ++c) {
      centre[c] = 0;
      for (const auto& values : found)
        centre[c] += values[c] / static_cast<double>(found.size());
    }
  }
  Matrix out(k, k);
  for (std::size_t r = 0; r < found.size(); ++r) {
    for (std::size_t a = 0; a < k; ++a) {
      for (std::size_t b = 0; b < k; ++b)
        out(a, b) += scales[r] * (found[r][a] - centre[a]) * (found[r][b] - centre[b]);
    }
  }
  return out;
}

}  // namespace hustings::statistics
