#include "statistics/minimise.h"

#include <algorithm>
#include <cmath>

namespace hustings::statistics {

Minimum minimise(const std::function<double(const std::vector<double>&)>& function,
                 std::vector<double> start, double step, int evaluations_max, double tolerance) {
  const std::size_t n = start.size();
  std::vector<Minimum> simplex{{.at = start, .value = function(start)}};
  for (std::size_t i = 0; i < n; ++i) {
    auto corner = start;
    corner[i] += step;
    const double value = function(corner);
    simplex.push_back({.at = std::move(corner), .value = value});
  }
  const auto by_value = [](const Minimum& a, const Minimum& b) { return a.value < b.value; };
  int evaluations = static_cast<int>(n) + 1;
  while (evaluations < evaluations_max) {
    std::sort(simplex.begin(), simplex.end(), by_value);
    double width = 0;
    for (std::size_t i = 0; i < n; ++i)
      width = std::max(width, std::abs(simplex.back().at[i] - simplex.front().at[i]));
    const double fall = simplex.back().value - simplex.front().value;
    if (fall <= tolerance * (1 + std::abs(simplex.front().value)) && width < 1e-4) break;
    std::vector<double> centre(n);
    for (std::size_t corner = 0; corner < n; ++corner) {
      for (std::size_t i = 0; i < n; ++i)
        centre[i] += simplex[corner].at[i] / static_cast<double>(n);
    }
    const auto along = [&](double by) {
      std::vector<double> at(n);
      for (std::size_t i = 0; i < n; ++i)
        at[i] = centre[i] + by * (simplex.back().at[i] - centre[i]);
      ++evaluations;
      const double value = function(at);
      return Minimum{.at = std::move(at), .value = value};
    };
    Minimum tried = along(-1);
    if (tried.value < simplex.front().value) {
      Minimum further = along(-2);
      simplex.back() = further.value < tried.value ? std::move(further) : std::move(tried);
    } else if (tried.value < simplex[n - 1].value) {
      simplex.back() = std::move(tried);
    } else {
      Minimum nearer = along(tried.value < simplex.back().value ? -0.5 : 0.5);
      if (nearer.value < std::min(simplex.back().value, tried.value)) {
        simplex.back() = std::move(nearer);
        continue;
      }
      for (std::size_t corner = 1; corner <= n; ++corner) {
        for (std::size_t i = 0; i < n; ++i)
          simplex[corner].at[i] = (simplex[corner].at[i] + simplex.front().at[i]) / 2;
        simplex[corner].value = function(simplex[corner].at);
        ++evaluations;
      }
    }
  }
  return *std::min_element(simplex.begin(), simplex.end(), by_value);
}

}  // namespace hustings::statistics
