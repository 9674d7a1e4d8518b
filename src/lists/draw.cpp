#include "lists/draw.h"

#include <algorithm>
#include <map>
#include <unordered_map>
#include <unordered_set>

#include "base/rng.h"

namespace hustings::lists {
namespace {

using segments::Member;

// Each use of one seed has random numbers of its own.
constexpr std::uint64_t kForOrder = 0x6f72646572000000;
constexpr std::uint64_t kForArm = 0x61726d0000000000;
constexpr std::uint64_t kForTreatment = 0x7472656174000000;
constexpr std::uint64_t kForSample = 0x73616d706c650000;

struct Place {
  std::uint64_t key;
  const Member* member;
};

std::uint64_t hash(std::uint64_t seed, std::uint64_t use, std::int64_t id) {
  return mix64(mix64(seed ^ use) ^ static_cast<std::uint64_t>(id));
}

/// From 0 up to 1.
double unit(std::uint64_t hash) { return static_cast<double>(hash >> 11) * 0x1p-53; }

class Drawing {
 public:
  Drawing(const segments::Members& members, const DrawRule& rule) : rule_(rule) {
    for (const auto& values : members.strata)
      strata_.push_back(key_of(values));
    order_.reserve(members.members.size());
    for (const Member& member : members.members) {
      if (member.is_protected || member.is_suppressed) continue;
      order_.push_back({hash(rule.seed, kForOrder, member.voter.value()), &member});
    }
  }

  std::vector<Drawn> draw() {
    std::ranges::sort(order_, [this](const Place& a, const Place& b) { return comes_first(a, b); });
    if (rule_.one_per_household) keep_one_per_household();
    keep_size();
    if (rule_.is_stratified) assign_in_strata();
    std::vector<Drawn> drawn;
    drawn.reserve(order_.size());
    for (const Place& place : order_) {
      const Member& member = *place.member;
      drawn.push_back(
          {.voter = member.voter,
           .household = member.household,
           .has_phone = member.has_phone,
           .arm = rule_.is_stratified ? arms_.at(member.household) : arm_alone(member.household)});
    }
    return drawn;
  }

 private:
  bool comes_first(const Place& a, const Place& b) const {
    if (rule_.is_top) {
      const int score_a = a.member->score.value_or(-1);
      const int score_b = b.member->score.value_or(-1);
      if (score_a != score_b) return score_a > score_b;
    }
    return a.key != b.key ? a.key < b.key : a.member->voter < b.member->voter;
  }

  void keep_one_per_household() {
    std::unordered_set<std::int64_t> with_phone;
    for (const Place& place : order_) {
      if (place.member->has_phone) with_phone.insert(place.member->household);
    }
    std::unordered_set<std::int64_t> seen;
    std::erase_if(order_, [&](const Place& place) {
      const Member& member = *place.member;
      if (!member.has_phone && with_phone.contains(member.household)) return true;
      return !seen.insert(member.household).second;
    });
  }

  void keep_size() {
    if (!rule_.size_max || static_cast<std::size_t>(*rule_.size_max) >= order_.size()) return;
    const auto size = static_cast<std::size_t>(*rule_.size_max);
    if (!rule_.is_stratified || rule_.is_top) {
      order_.resize(size);
      return;
    }
    // The strata beside each other, each in its own order: a systematic sample over all of them.
    std::map<std::uint64_t, std::vector<std::size_t>> by_stratum;
    for (std::size_t i = 0; i < order_.size(); ++i)
      by_stratum[stratum(*order_[i].member)].push_back(i);
    const auto total = static_cast<double>(order_.size());
    const double start = unit(hash(rule_.seed, kForSample, 0));
    std::vector<bool> is_kept(order_.size());
    std::size_t before = 0;
    for (const auto& [stratum, places] : by_stratum) {
      const auto taken_until = [&](std::size_t n) {
        return static_cast<std::size_t>(static_cast<double>(n) * static_cast<double>(size) / total +
                                        start);
      };
      const std::size_t quota =
          std::min(taken_until(before + places.size()) - taken_until(before), places.size());
      before += places.size();
      for (std::size_t i = 0; i < quota; ++i)
        is_kept[places[i]] = true;
    }
    std::vector<Place> kept;
    for (std::size_t i = 0; i < order_.size(); ++i) {
      if (is_kept[i]) kept.push_back(order_[i]);
    }
    order_ = std::move(kept);
  }

  /// The arm at a point from 0 to 1 of all households.
  std::uint8_t arm_at(double point) const {
    const double holdout = rule_.holdout_percent / 100.0;
    if (point < holdout) return kHoldout;
    return treatment_at((point - holdout) / (1 - holdout));
  }
  /// The arm at a point from 0 to 1 of the treated.
  std::uint8_t treatment_at(double point) const {
    int until = 0;
    for (std::size_t i = 0; i + 1 < rule_.arms.size(); ++i) {
      until += rule_.arms[i].percent;
      if (point < until / 100.0) return static_cast<std::uint8_t>(i + 1);
    }
    return static_cast<std::uint8_t>(std::max<std::size_t>(rule_.arms.size(), 1));
  }

  std::uint8_t arm_alone(std::int64_t household) const {
    const auto percent = static_cast<unsigned __int128>(rule_.holdout_percent);
    const bool is_held_out =
        hash(rule_.seed, kForArm, household) < static_cast<std::uint64_t>((percent << 64) / 100);
    if (is_held_out) return kHoldout;
    return treatment_at(unit(hash(rule_.seed, kForTreatment, household)));
  }

  std::uint64_t stratum(const Member& member) const {
    return member.stratum < strata_.size() ? strata_[member.stratum] : 0;
  }

  void assign_in_strata() {
    struct Home {
      VoterId first;
      std::uint64_t stratum;
    };
    std::unordered_map<std::int64_t, Home> homes;
    for (const Place& place : order_) {
      const Member& member = *place.member;
      const auto [home, is_new] =
          homes.try_emplace(member.household, Home{member.voter, stratum(member)});
      if (!is_new && member.voter < home->second.first)
        home->second = {member.voter, stratum(member)};
    }
    std::map<std::uint64_t, std::vector<std::pair<std::uint64_t, std::int64_t>>> by_stratum;
    for (const auto& [household, home] : homes) {
      by_stratum[home.stratum].emplace_back(hash(rule_.seed, kForArm, household), household);
    }
    for (auto& [stratum, households] : by_stratum) {
      std::ranges::sort(households);
      const double start =
          unit(hash(rule_.seed, kForTreatment, static_cast<std::int64_t>(stratum)));
      const auto count = static_cast<double>(households.size());
      for (std::size_t i = 0; i < households.size(); ++i) {
        arms_[households[i].second] = arm_at((static_cast<double>(i) + start) / count);
      }
    }
  }

  const DrawRule& rule_;
  std::vector<std::uint64_t> strata_;  ///< by number: what names it in every draw
  std::vector<Place> order_;
  std::unordered_map<std::int64_t, std::uint8_t> arms_;  ///< by household, with strata
};

}  // namespace

std::uint64_t key_of(const std::vector<std::string>& values) {
  std::uint64_t hash = 0;
  for (const std::string& value : values) {
    for (const char c : value)
      hash = mix64(hash ^ static_cast<unsigned char>(c));
    hash = mix64(hash ^ 0x100);  // an end that no byte has
  }
  return hash;
}

std::vector<Drawn> draw(const segments::Members& members, const DrawRule& rule) {
  return Drawing(members, rule).draw();
}

std::vector<Drawn> draw_joining(const segments::Members& members, const DrawRule& rule,
                                const std::unordered_map<std::int64_t, std::uint8_t>& arms) {
  DrawRule alone = rule;
  alone.is_stratified = false;
  alone.is_top = false;
  alone.size_max.reset();
  std::vector<Drawn> drawn = draw(members, alone);
  if (rule.one_per_household) {
    std::erase_if(drawn, [&](const Drawn& one) { return arms.contains(one.household); });
  }
  for (Drawn& one : drawn) {
    if (const auto arm = arms.find(one.household); arm != arms.end()) one.arm = arm->second;
  }
  return drawn;
}

}  // namespace hustings::lists
