#include "allocation/hold_out.h"

#include <algorithm>
#include <numeric>

#include "base/error.h"

namespace hustings::allocation {

HoldOut draw_hold_out(const std::vector<Sized>& markets, double share, std::uint64_t seed) {
  CHECK(share >= 0 && share <= 0.5);
  std::vector<std::uint32_t> order(markets.size());
  std::iota(order.begin(), order.end(), 0U);
  std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
    return std::pair(-markets[a].size, markets[a].name) <
           std::pair(-markets[b].size, markets[b].name);
  });
  double whole = 0;
  for (const std::uint32_t market : order)
    whole += markets[market].size;
  std::vector<std::size_t> pairs(markets.size() / 2);
  std::iota(pairs.begin(), pairs.end(), 0U);
  Rng rng(mix64(seed));
  for (std::size_t i = pairs.size(); i > 1; --i)
    std::swap(pairs[i - 1], pairs[rng.below(i)]);
  HoldOut drawn;
  double held = 0;
  for (const std::size_t pair : pairs) {
    const bool first = rng.chance(0.5);
    const std::uint32_t out = order[2 * pair + (first ? 0 : 1)];
    // A pair that would go further past the share than it now falls short is passed over.
    const double after = held + markets[out].size;
    if (after - share * whole > share * whole - held) continue;
    held = after;
    drawn.held.push_back(out);
    drawn.compared.push_back(order[2 * pair + (first ? 1 : 0)]);
  }
  std::sort(drawn.held.begin(), drawn.held.end());
  std::sort(drawn.compared.begin(), drawn.compared.end());
  return drawn;
}

}  // namespace hustings::allocation
