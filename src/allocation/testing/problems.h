// Allocation problems for the module's tests and its benchmark.
#pragma once

#include <cmath>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "allocation/campaign.h"
#include "allocation/testing/reference.h"
#include "base/rng.h"

namespace hustings::allocation::testing {

inline double sum_of(const std::vector<double>& values) {
  double sum = 0;
  for (const double value : values)
    sum += value;
  return sum;
}

inline Problem problem_a() {
  const boost::json::object file = reference("alloc_A.json");
  const std::vector<double> v = numbers(file.at("v"));
  const std::vector<double> s = numbers(file.at("s"));
  const std::vector<double> lo = numbers(file.at("lo"));
  const std::vector<double> hi = numbers(file.at("hi"));
  Problem problem;
  problem.budget = file.at("budget").to_number<double>();
  for (std::size_t i = 0; i < v.size(); ++i) {
    problem.cells.push_back(
        {.curve = {CurveKind::saturating, v[i], s[i]}, .low = lo[i], .high = hi[i], .key = i});
  }
  return problem;
}

/// Problem B: 208 markets x 10 channels x 20 weeks, with or without caps by channel and week.
inline Problem problem_b(bool limits) {
  const boost::json::object file = reference("alloc_B.json");
  const std::vector<double> n = numbers(file.at("n"));
  const std::vector<double> v = numbers(file.at("v"));
  const std::vector<double> a = numbers(file.at("a"));
  const std::vector<double> kappa = numbers(file.at("kappa"));
  const double decay = file.at("decay").to_number<double>();
  Problem problem;
  problem.budget = file.at("budget").to_number<double>();
  for (std::size_t c = 0; limits && c < 10; ++c) {
    problem.limits.push_back(
        {fmt::format("channel {}", c + 1), 0, file.at("channel_cap").to_number<double>(), {}});
  }
  for (std::size_t w = 0; limits && w < 20; ++w) {
    problem.limits.push_back(
        {fmt::format("week {}", w + 1), 0, file.at("week_cap").to_number<double>(), {}});
  }
  for (std::size_t d = 0; d < n.size(); ++d) {
    for (std::size_t c = 0; c < 10; ++c) {
      for (std::size_t w = 0; w < 20; ++w) {
        const double scale = kappa[c] * n[d] / 20;
        const auto index = static_cast<std::uint32_t>(problem.cells.size());
        const double size = v[d] * a[c] * std::pow(decay, 19 - static_cast<int>(w));
        problem.cells.push_back(
            {.curve = {CurveKind::saturating, size, scale}, .high = 4 * scale, .key = index});
        if (!limits) continue;
        problem.limits[c].cells.push_back(index);
        problem.limits[10 + w].cells.push_back(index);
      }
    }
  }
  return problem;
}

/// Problem C: the win probability of 2012, 208 markets x 4 channels, markets that reach over
/// states.
inline Campaign problem_c() {
  const boost::json::object file = reference("alloc_C.json");
  const std::vector<double> n = numbers(file.at("n"));
  const std::vector<double> a = numbers(file.at("a"));
  const std::vector<double> kappa = numbers(file.at("kappa"));
  Campaign campaign;
  campaign.race = race_2012();
  campaign.markets = n.size();
  campaign.problem.budget = file.at("budget").to_number<double>();
  for (std::size_t d = 0; d < n.size(); ++d) {
    for (std::size_t c = 0; c < a.size(); ++c) {
      const double scale = kappa[c] * n[d];
      campaign.problem.cells.push_back({.curve = {CurveKind::saturating, a[c], scale},
                                        .high = file.at("hi_mult").to_number<double>() * scale,
                                        .key = campaign.problem.cells.size()});
      campaign.market_of.push_back(static_cast<std::uint32_t>(d));
    }
  }
  for (const boost::json::value& pair : file.at("pairs").as_array()) {
    const std::vector<double> values = numbers(pair);
    campaign.reaches.push_back(
        {static_cast<std::uint32_t>(values[0]), static_cast<std::uint32_t>(values[1]), values[2]});
  }
  return campaign;
}

/// Cells with Hill curves of one shape and made-up sizes and scales.
inline Problem hill_cells(int count, double budget, double shape) {
  Problem problem;
  problem.budget = budget;
  Rng rng(static_cast<std::uint64_t>(count) * 1000 + 7);
  for (int i = 0; i < count; ++i) {
    const Curve curve{CurveKind::hill, 1 + 4 * rng.uniform(), 20 + 60 * rng.uniform(), shape};
    problem.cells.push_back({.curve = curve, .high = 150, .key = static_cast<std::uint64_t>(i)});
  }
  return problem;
}

}  // namespace hustings::allocation::testing
