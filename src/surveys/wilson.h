#pragma once

#include <cstdint>

namespace hustings::surveys {

struct Interval {
  double low = 0;
  double high = 1;
};

/// The score interval of a share (Wilson 1927) at 95 %: keeps its promise for few answers and for
/// shares near 0 and 1, where the usual one fails. The whole of [0, 1] for n = 0.
Interval wilson_interval(std::int64_t count, std::int64_t n);

}  // namespace hustings::surveys
