#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "model/ids.h"
#include "segments/segment_service.h"

namespace hustings::lists {

/// How a list is drawn from the voters that match.
struct DrawRule {
  std::uint64_t seed = 0;
  int holdout_percent = 0;               ///< 0 to 90, of households
  std::optional<std::int64_t> size_max;  ///< the first so many of the random order; none: all
};

enum class Arm : std::uint8_t { holdout = 0, treatment = 1 };

struct Drawn {
  VoterId voter;
  std::int64_t household = 0;
  bool has_phone = false;
  Arm arm = Arm::treatment;
};

/// The members of a list in its order. The order and the arms depend on nothing but the seed and
/// the ids: the same seed and voters give the same list, and a voter who is added or leaves moves
/// nobody else. A household is never split between the arms. Who is protected or suppressed is left
/// out.
std::vector<Drawn> draw(const std::vector<segments::Member>& members, const DrawRule& rule);

}  // namespace hustings::lists
