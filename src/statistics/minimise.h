#pragma once

#include <functional>
#include <vector>

namespace hustings::statistics {

/// The least value of a smooth function of a few variables, without derivatives (Nelder and Mead
/// 1965), from `start` with first steps of `step`.
struct Minimum {
  std::vector<double> at;
  double value;
};
Minimum minimise(const std::function<double(const std::vector<double>&)>& function,
                 std::vector<double> start, double step, int evaluations_max = 400,
                 double tolerance = 1e-9);

}  // namespace hustings::statistics
