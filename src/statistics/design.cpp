#include "statistics/design.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <unordered_map>
#include <utility>

#include <fmt/format.h>

namespace hustings::statistics {
namespace {

constexpr double kCensus = 1e-7;  ///< the share left out below which all were taken

Status check_weights(const std::vector<double>& weights) {
  double sum = 0;
  for (std::size_t i = 0; i < weights.size(); ++i) {
    if (!std::isfinite(weights[i]) || weights[i] < 0) {
      return invalid(fmt::format("The weight of row {} is {}; weights are numbers of 0 or more.",
                                 i + 1, weights[i]));
    }
    sum += weights[i];
  }
  if (weights.empty()) return invalid("There are no respondents.");
  if (sum <= 0) return invalid("All weights are 0, so nobody counts.");
  return {};
}

/// Each unit's population, from its rows.
Status read_populations(const Stage& stage, const std::vector<std::uint32_t>& strata, bool unequal,
                        Design::StageUnits& out) {
  const std::size_t rows = strata.size();
  std::vector<std::size_t> first_row(out.units_in.size(), rows);
  for (std::size_t i = 0; i < rows; ++i) {
    const std::uint32_t unit = out.unit[i];
    const double population = stage.population[i];
    if (std::isnan(population) || population <= 0)
      return invalid(fmt::format("Row {} has no population (or probability) above 0.", i + 1));
    std::size_t& first = first_row[strata[i]];
    first = std::min(first, i);
    const bool differs = stage.population[first] != population;
    const bool in_unit = !std::isnan(out.population[unit]) && out.population[unit] != population;
    if (in_unit || (differs && !unequal)) {
      return invalid(
          fmt::format("Rows {} and {} are of one stratum but give its population as {} "
                      "and {}; for unequal probabilities say so (Brewer).",
                      first + 1, i + 1, stage.population[first], population));
    }
    out.population[unit] = population;
  }
  for (std::size_t unit = 0; unit < out.population.size(); ++unit) {
    double& population = out.population[unit];
    const double taken = out.units_in[out.stratum_of_unit[unit]];
    if (population <= 1) population = taken / population;
    if (population < taken * (1 - 1e-12)) {
      return invalid(fmt::format("{} units were taken from a stratum that is said to hold {}.",
                                 taken, population));
    }
  }
  return {};
}

}  // namespace

Nested nest(std::span<const std::uint32_t> parents, std::span<const std::uint32_t> codes) {
  Nested out;
  out.code.resize(codes.size());
  const std::uint32_t largest = codes.empty() ? 0 : *std::max_element(codes.begin(), codes.end());
  if (parents.empty() && largest / 8 < codes.size()) {
    std::vector<std::uint32_t> place(std::size_t{largest} + 1, UINT32_MAX);
    for (std::size_t i = 0; i < codes.size(); ++i) {
      std::uint32_t& at = place[codes[i]];
      if (at == UINT32_MAX) at = out.count++;
      out.code[i] = at;
    }
    return out;
  }
  std::unordered_map<std::uint64_t, std::uint32_t> known;
  known.reserve(codes.size() / 4 + 16);
  for (std::size_t i = 0; i < codes.size(); ++i) {
    const std::uint64_t parent = parents.empty() ? 0 : parents[i];
    const auto found = known.try_emplace(parent << 32 | codes[i], out.count);
    if (found.second) ++out.count;
    out.code[i] = found.first->second;
  }
  return out;
}

Result<Design> Design::make(DesignColumns columns) {
  Design design;
  design.lonely_ = columns.lonely;
  if (columns.stages.empty()) columns.stages.emplace_back();
  if (!columns.weights.empty()) TRY(check_weights(columns.weights));
  design.weights_ = std::move(columns.weights);
  std::vector<std::uint32_t> parents;
  for (const Stage& stage : columns.stages) {
    // Drawn with replacement: what happens inside a unit is part of what lies between units.
    if (!design.stages_.empty() && columns.stages[design.stages_.size() - 1].population.empty())
      break;
    TRY(design.add_stage(stage, parents, columns));
    parents = design.stages_.back().unit;
  }
  TRY(design.check_lonely(columns));
  if (design.weights_.empty()) {
    design.weights_from_populations();
    TRY(check_weights(design.weights_));
  }
  return design;
}

Status Design::add_stage(const Stage& stage, const std::vector<std::uint32_t>& parents,
                         const DesignColumns& columns) {
  std::size_t rows = weights_.size();
  for (const std::size_t size :
       {stage.unit.size(), stage.stratum.size(), stage.population.size(), parents.size()}) {
    if (size > 0) rows = size;
  }
  if (rows == 0) return invalid("There are no respondents.");
  std::vector<std::uint32_t> own(rows);
  std::iota(own.begin(), own.end(), 0U);
  const std::vector<std::uint32_t> one(rows, 0);
  const Nested strata = nest(parents, stage.stratum.empty() ? one : stage.stratum);
  const Nested units = nest(strata.code, stage.unit.empty() ? own : stage.unit);
  StageUnits out;
  out.unit = units.code;
  out.stratum_of_unit.resize(units.count);
  out.units_in.resize(strata.count);
  out.population.assign(units.count, stage.population.empty() ? kInfinity : kMissing);
  out.before.assign(units.count, 1);
  std::vector<bool> seen(units.count);
  for (std::size_t i = 0; i < rows; ++i) {
    const std::uint32_t unit = units.code[i];
    const std::uint32_t stratum = strata.code[i];
    if (!seen[unit]) ++out.units_in[stratum];
    seen[unit] = true;
    out.stratum_of_unit[unit] = stratum;
  }
  if (!stage.population.empty())
    TRY(read_populations(stage, strata.code, columns.unequal_probabilities, out));
  if (!stages_.empty()) {
    const StageUnits& previous = stages_.back();
    for (std::size_t i = 0; i < rows; ++i) {
      const std::uint32_t parent = previous.unit[i];
      out.before[units.code[i]] = previous.before[parent] *
                                  previous.units_in[previous.stratum_of_unit[parent]] /
                                  previous.population[parent];
    }
  }
  stages_.push_back(std::move(out));
  return {};
}

Status Design::check_lonely(const DesignColumns& columns) const {
  for (std::size_t s = 0; s < stages_.size(); ++s) {
    const StageUnits& stage = stages_[s];
    if (s == 0 && stage.stratum_of_unit.size() < 2) {
      return invalid(
          "All rows are of one sampling unit (one cluster), so nothing can be said of "
          "how much another sample would differ.");
    }
    if (lonely_ != LonelyUnit::fail) continue;
    for (std::size_t unit = 0; unit < stage.stratum_of_unit.size(); ++unit) {
      const std::uint32_t stratum = stage.stratum_of_unit[unit];
      const bool census = stage.population[unit] - 1 < kCensus * stage.population[unit];
      if (stage.units_in[stratum] != 1 || census) continue;
      std::string name;
      const auto row = std::find(stage.unit.begin(), stage.unit.end(), unit) - stage.unit.begin();
      if (s == 0 && !columns.stages.front().stratum.empty()) {
        const std::uint32_t code = columns.stages.front().stratum[static_cast<std::size_t>(row)];
        if (code < columns.stratum_names.size())
          name = fmt::format(" \"{}\"", columns.stratum_names[code]);
      }
      return invalid(
          fmt::format("Stratum{} (row {}) has only one sampled unit at stage {}: merge "
                      "it with another, or choose what to assume of it (certainty, "
                      "adjust, average).",
                      name, row + 1, s + 1));
    }
  }
  return {};
}

void Design::weights_from_populations() {
  const std::size_t rows = stages_.front().unit.size();
  weights_.assign(rows, 1);
  for (const StageUnits& stage : stages_) {
    for (std::size_t i = 0; i < rows; ++i) {
      const std::uint32_t unit = stage.unit[i];
      const double population = stage.population[unit];
      if (std::isfinite(population))
        weights_[i] *= population / stage.units_in[stage.stratum_of_unit[unit]];
    }
  }
}

double Design::weight_sum() const { return std::accumulate(weights_.begin(), weights_.end(), 0.0); }

void Design::reweight(std::vector<double> weights, Projection projection) {
  CHECK(weights.size() == weights_.size());
  weights_ = std::move(weights);
  projections_.push_back(std::move(projection));
}

double Design::degrees_of_freedom(const std::vector<bool>& in) const {
  const StageUnits& stage = stages_.front();
  std::vector<bool> unit_seen(stage.stratum_of_unit.size());
  std::vector<bool> stratum_seen(stage.units_in.size());
  double df = 0;
  for (std::size_t i = 0; i < rows(); ++i) {
    const std::uint32_t unit = stage.unit[i];
    if (weights_[i] == 0 || (!in.empty() && !in[i]) || unit_seen[unit]) continue;
    unit_seen[unit] = true;
    ++df;
    const std::uint32_t stratum = stage.stratum_of_unit[unit];
    if (!stratum_seen[stratum]) --df;
    stratum_seen[stratum] = true;
  }
  return df;
}

Result<Matrix> Design::variance(Matrix scores) const {
  CHECK(scores.rows() == rows());
  for (const Projection& projection : projections_)
    projection(scores);
  Matrix out(scores.columns(), scores.columns());
  for (const StageUnits& stage : stages_)
    add_stage_variance(stage, scores, out);
  return out;
}

void Design::add_stage_variance(const StageUnits& stage, const Matrix& scores, Matrix& out) const {
  const std::size_t k = scores.columns();
  Matrix sums(stage.stratum_of_unit.size(), k);
  for (std::size_t i = 0; i < scores.rows(); ++i) {
    const auto from = scores.row(i);
    const auto to = sums.row(stage.unit[i]);
    for (std::size_t c = 0; c < k; ++c)
      to[c] += from[c];
  }
  Matrix means(stage.units_in.size(), k);
  for (std::size_t unit = 0; unit < sums.rows(); ++unit) {
    const std::uint32_t stratum = stage.stratum_of_unit[unit];
    for (std::size_t c = 0; c < k; ++c)
      means(stratum, c) += sums(unit, c) / stage.units_in[stratum];
  }
  Matrix found(k, k);
  double strata_used = 0;
  for (const std::uint32_t units : stage.units_in)
    strata_used += units > 1 || lonely_ != LonelyUnit::average ? 1 : 0;
  std::vector<double> centred(k);
  for (std::size_t unit = 0; unit < sums.rows(); ++unit) {
    const std::uint32_t stratum = stage.stratum_of_unit[unit];
    const double taken = stage.units_in[stratum];
    const double population = stage.population[unit];
    double scale = std::isfinite(population) ? (population - taken) / population : 1;
    if (scale < kCensus) continue;
    if (taken == 1 && lonely_ != LonelyUnit::adjust) continue;
    scale *= (taken > 1 ? taken / (taken - 1) : 1) * stage.before[unit];
    for (std::size_t c = 0; c < k; ++c)
      centred[c] = sums(unit, c) - (taken > 1 ? means(stratum, c) : 0);
    for (std::size_t a = 0; a < k; ++a) {
      for (std::size_t b = 0; b < k; ++b)
        found(a, b) += scale * centred[a] * centred[b];
    }
  }
  const double spread =
      strata_used > 0 ? static_cast<double>(stage.units_in.size()) / strata_used : 1;
  for (std::size_t a = 0; a < k; ++a) {
    for (std::size_t b = 0; b < k; ++b)
      out(a, b) += found(a, b) * spread;
  }
}

}  // namespace hustings::statistics
