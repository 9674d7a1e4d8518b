#include "following/membership.h"

#include <bit>
#include <limits>
#include <unordered_set>

#include "segments/plan.h"

namespace hustings::following {

using segments::BlockBits;
using segments::Electorate;
using segments::Field;
using segments::Filter;
using segments::kBlockRows;
using segments::kBlockWords;
using segments::Row;

namespace {

constexpr std::uint32_t kAnyCode = std::numeric_limits<std::uint32_t>::max();

template <class Use>
void for_each_row(const Electorate& electorate, const Filter& filter, const Use& use) {
  BlockBits bits;
  for (std::size_t block = 0; block < electorate.blocks(); ++block) {
    if (!filter.matches({}, electorate.rows(), block, bits)) continue;
    for (std::size_t word = 0; word < kBlockWords; ++word) {
      for (std::uint64_t left = bits[word]; left != 0; left &= left - 1) {
        use(static_cast<Row>(block * kBlockRows + word * 64 +
                             static_cast<std::size_t>(std::countr_zero(left))));
      }
    }
  }
}

Filter is_set(const Electorate& electorate, Field flag) {
  return Filter::range(electorate.flag(flag), 1, 1);
}

Filter barred(const Electorate& electorate) {
  return Filter::any(
      {is_set(electorate, Field::is_protected), is_set(electorate, Field::suppressed)});
}

}  // namespace

Bits bits_of(const Electorate& electorate, const Filter& filter) {
  Bits all(electorate.blocks() * kBlockWords);
  BlockBits bits;
  for (std::size_t block = 0; block < electorate.blocks(); ++block) {
    if (!filter.matches({}, electorate.rows(), block, bits)) continue;
    std::ranges::copy(bits, all.begin() + static_cast<std::ptrdiff_t>(block * kBlockWords));
  }
  return all;
}

std::vector<Row> added(const Bits& bits, const Bits& before) {
  std::vector<Row> rows;
  for (std::size_t word = 0; word < bits.size(); ++word) {
    std::uint64_t fresh = bits[word] & ~(word < before.size() ? before[word] : 0);
    for (; fresh != 0; fresh &= fresh - 1) {
      rows.push_back(
          static_cast<Row>(word * 64 + static_cast<std::size_t>(std::countr_zero(fresh))));
    }
  }
  return rows;
}

Membership::Membership(const Electorate& electorate, const segments::Rule& rule, ListId list,
                       Instant now)
    : electorate_(electorate),
      rule_(segments::Plan(rule, electorate, now).filter()),
      members_(electorate.history().members(list)) {}

Filter Membership::members_of(int arm) const {
  if (members_ == nullptr) return Filter::constant(false);
  const auto code = static_cast<std::uint32_t>(arm) + 1;
  return Filter::range(*members_, code, code);
}

Filter Membership::matching_filter() const {
  return Filter::all({rule_, Filter::negation(barred(electorate_))});
}

Filter Membership::unmatching_filter() const {
  return Filter::all({Filter::negation(rule_), Filter::negation(barred(electorate_))});
}

Bits Membership::matching() const { return bits_of(electorate_, matching_filter()); }

Bits Membership::unmatching() const { return bits_of(electorate_, unmatching_filter()); }

Bits Membership::staying(int arm) const {
  return bits_of(electorate_, Filter::all({members_of(arm), matching_filter()}));
}

Bits Membership::leaving(int arm) const {
  return bits_of(electorate_, Filter::all({members_of(arm), unmatching_filter()}));
}

segments::Members Membership::joining() const {
  std::vector<Filter> all = {rule_, is_set(electorate_, Field::has_phone),
                             Filter::negation(barred(electorate_))};
  if (members_ != nullptr) all.push_back(Filter::negation(Filter::range(*members_, 1, kAnyCode)));
  segments::Members found;
  for_each_row(electorate_, Filter::all(std::move(all)), [&](Row row) {
    found.members.push_back({.voter = electorate_.voter(row),
                             .household = electorate_.household(row),
                             .has_phone = true,
                             .is_protected = false,
                             .is_suppressed = false});
  });
  return found;
}

std::unordered_map<std::int64_t, std::uint8_t> Membership::arms_of(
    const segments::Members& members) const {
  std::unordered_map<std::int64_t, std::uint8_t> arms;
  if (members_ == nullptr) return arms;
  std::unordered_set<std::int64_t> wanted;
  for (const segments::Member& member : members.members)
    wanted.insert(member.household);
  for_each_row(electorate_, Filter::range(*members_, 1, kAnyCode), [&](Row row) {
    const std::int64_t household = electorate_.household(row);
    if (!wanted.contains(household)) return;
    const auto arm = static_cast<std::uint8_t>(members_->get(row) - 1);
    const auto [known, is_new] = arms.try_emplace(household, arm);
    if (!is_new) known->second = std::min(known->second, arm);  // the hold-out before all
  });
  return arms;
}

}  // namespace hustings::following
