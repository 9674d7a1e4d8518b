#include "lists/draw.h"

#include <algorithm>

#include "base/rng.h"

namespace hustings::lists {
namespace {

// Two uses of one seed must not be the same random numbers.
constexpr std::uint64_t kForOrder = 0x6f72646572000000;
constexpr std::uint64_t kForArm = 0x61726d0000000000;

std::uint64_t hash(std::uint64_t seed, std::uint64_t use, std::int64_t id) {
  return mix64(mix64(seed ^ use) ^ static_cast<std::uint64_t>(id));
}

bool is_held_out(const DrawRule& rule, std::int64_t household) {
  const auto percent = static_cast<unsigned __int128>(rule.holdout_percent);
  return hash(rule.seed, kForArm, household) < static_cast<std::uint64_t>((percent << 64) / 100);
}

}  // namespace

std::vector<Drawn> draw(const std::vector<segments::Member>& members, const DrawRule& rule) {
  struct Place {
    std::uint64_t key;
    const segments::Member* member;
  };
  std::vector<Place> order;
  order.reserve(members.size());
  for (const segments::Member& member : members) {
    if (member.is_protected || member.is_suppressed) continue;
    order.push_back({hash(rule.seed, kForOrder, member.voter.value()), &member});
  }
  std::ranges::sort(order, [](const Place& a, const Place& b) {
    return a.key != b.key ? a.key < b.key : a.member->voter < b.member->voter;
  });
  if (rule.size_max && static_cast<std::size_t>(*rule.size_max) < order.size()) {
    order.resize(static_cast<std::size_t>(*rule.size_max));
  }
  std::vector<Drawn> drawn;
  drawn.reserve(order.size());
  for (const Place& place : order) {
    const segments::Member& member = *place.member;
    drawn.push_back({.voter = member.voter,
                     .household = member.household,
                     .has_phone = member.has_phone,
                     .arm = is_held_out(rule, member.household) ? Arm::holdout : Arm::treatment});
  }
  return drawn;
}

}  // namespace hustings::lists
