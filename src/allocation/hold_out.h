#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/rng.h"

namespace hustings::allocation {

/// Part of the markets, drawn at random, in which a plan spends nothing beyond what is committed:
/// without them nobody can say later what the money did. Markets are paired by size and one of each
/// drawn pair is held out, so that both sides are alike.
struct HoldOut {
  std::vector<std::uint32_t> held;      ///< markets without money
  std::vector<std::uint32_t> compared;  ///< of the same pairs, with money
};

struct Sized {
  std::string name;
  double size;
};
/// Draws pairs until the held markets have about `share` (0 to 0.5) of the whole size. The draw
/// depends on names, sizes and the seed, not on the markets' order.
HoldOut draw_hold_out(const std::vector<Sized>& markets, double share, std::uint64_t seed);

}  // namespace hustings::allocation
