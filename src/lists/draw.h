#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "model/ids.h"
#include "segments/segment_service.h"

namespace hustings::lists {

/// A part of those who are contacted.
struct ArmShare {
  std::string name;
  int percent = 0;  ///< of the treated; all shares make 100
  friend bool operator==(const ArmShare&, const ArmShare&) = default;
};

/// How a list is drawn from the voters that match.
struct DrawRule {
  std::uint64_t seed = 0;
  int holdout_percent = 0;     ///< 0 to 90, of households
  std::vector<ArmShare> arms;  ///< none: one arm, "treatment"
  bool is_stratified = false;  ///< by Member::stratum: the shares hold within each stratum
  bool one_per_household = false;
  bool is_top = false;                   ///< the highest Member::score first, instead of at random
  std::optional<std::int64_t> size_max;  ///< the first so many; none: all
};

/// The number of a stratum or cluster that depends on its values alone, not on when it came up.
std::uint64_t key_of(const std::vector<std::string>& values);

inline constexpr std::uint8_t kHoldout = 0;  ///< the arm whom nobody contacts

struct Drawn {
  VoterId voter;
  std::int64_t household = 0;
  bool has_phone = false;
  std::uint8_t arm = 1;  ///< kHoldout, or 1 + the place in DrawRule::arms
};

/// The members of a list in its order. It depends on nothing but the seed, the ids and what the
/// rule names: the same seed and voters give the same list. A household is never split between the
/// arms. Who is protected or suppressed is left out.
///
/// At random without strata, a voter who is added or leaves moves nobody else. With strata, each
/// arm gets its share of the households of each stratum to within one, by systematic sampling from
/// a random start (Madow 1949), so that small strata are held out as often as large ones; a size is
/// divided among the strata in proportion. A household belongs to the stratum of its member with
/// the least id. One per household: its first with a phone number, else its first.
std::vector<Drawn> draw(const segments::Members& members, const DrawRule& rule);

/// Who comes to a list later is put into the arm of their household if it is there (`arms`), else
/// into one by the seed, each household by itself: with strata the shares then hold on average.
/// With one per household, nobody comes to one that is there. `rule.size_max` is not looked at.
std::vector<Drawn> draw_joining(const segments::Members& members, const DrawRule& rule,
                                const std::unordered_map<std::int64_t, std::uint8_t>& arms);

}  // namespace hustings::lists
