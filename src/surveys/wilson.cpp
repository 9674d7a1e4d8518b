#include "surveys/wilson.h"

#include <algorithm>
#include <cmath>

namespace hustings::surveys {

Interval wilson_interval(std::int64_t count, std::int64_t n) {
  if (n <= 0) return {};
  constexpr double kZ = 1.959963984540054;  // the normal distribution's 97.5 % point
  const auto size = static_cast<double>(n);
  const double share = static_cast<double>(count) / size;
  const double weight = kZ * kZ / size;
  const double middle = (share + weight / 2) / (1 + weight);
  const double half =
      kZ * std::sqrt(share * (1 - share) / size + weight / (4 * size)) / (1 + weight);
  return {std::max(0.0, middle - half), std::min(1.0, middle + half)};
}

}  // namespace hustings::surveys
