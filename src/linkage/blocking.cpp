#include "linkage/blocking.h"

#include <algorithm>
#include <array>
#include <bit>

#include "base/error.h"
#include "base/rng.h"
#include "base/text.h"
#include "linkage/parallel.h"

namespace hustings::linkage {
namespace {

constexpr std::size_t kNamedAtoms = static_cast<std::size_t>(Atom::extra);
constexpr std::array<std::string_view, kNamedAtoms> kAtomNames = {
    "first",     "canonical_first", "first_sound", "last",      "last_sound", "name_pair", "middle",
    "year",      "month_day",       "date",        "zip",       "area",       "house",     "street",
    "household", "phone",           "email",       "everything"};
constexpr std::uint64_t kHouseholdPairsMax = 40'000;
constexpr int kPartitionBitsMax = 24;

std::uint64_t pair_value(const Record& record) {
  if (record.first == 0 || record.last == 0) return 0;
  const auto [low, high] = std::minmax(record.first, record.last);
  return std::uint64_t{high} << 32 | low;
}

std::uint64_t month_day(const Record& record) {
  return record.month == 0 || record.day == 0 ? 0 : record.month * 32U + record.day;
}

std::uint64_t value_of(Atom atom, const Record& record, std::span<const WordId> extras) {
  switch (atom) {
    case Atom::first:
      return record.first;
    case Atom::canonical_first:
      return record.canonical_first;
    case Atom::first_sound:
      return record.first_soundex;
    case Atom::last:
      return record.last;
    case Atom::last_sound:
      return record.last_soundex;
    case Atom::name_pair:
      return pair_value(record);
    case Atom::middle:
      return record.middle;
    case Atom::year:
      return record.year;
    case Atom::month_day:
      return month_day(record);
    case Atom::date:
      return record.has_full_date() ? record.year * 512U + month_day(record) : 0;
    case Atom::zip:
      return record.zip;
    case Atom::area:
      return record.area;
    case Atom::house:
      return record.house;
    case Atom::street:
      return record.street;
    case Atom::household:
      return record.household;
    case Atom::phone:
      return record.phone;
    case Atom::email:
      return record.email;
    case Atom::everything:
      return 1;
    default:
      return extras[static_cast<std::size_t>(atom) - kNamedAtoms];
  }
}

/// The rows of one task of KeyTable's building.
constexpr std::size_t kSliceRows = 1U << 16;

}  // namespace

Atom extra_atom(std::size_t column) { return static_cast<Atom>(kNamedAtoms + column); }

std::string Rule::name() const {
  std::vector<std::string> names;
  for (const Atom atom : atoms) {
    const auto index = static_cast<std::size_t>(atom);
    names.push_back(index < kNamedAtoms ? std::string(kAtomNames[index])
                                        : "other" + std::to_string(index - kNamedAtoms + 1));
  }
  return join(names, " + ");
}

std::vector<Rule> household_rules() {
  return {{{Atom::household}, kHouseholdPairsMax},
          {{Atom::phone}, kHouseholdPairsMax},
          {{Atom::email}, kHouseholdPairsMax}};
}

std::vector<Rule> voter_rules() {
  using enum Atom;
  std::vector<Rule> rules = household_rules();
  const std::vector<Rule> more = {{{date, canonical_first}},
                                  {{date, last_sound}},
                                  {{first_sound, last_sound, year}, 600},
                                  {{canonical_first, last, zip}},
                                  {{first, last, area}},
                                  {{last_sound, house, zip}},
                                  {{name_pair, year}},
                                  {{name_pair, zip}},
                                  {{date, zip}},
                                  {{name_pair}, 100},
                                  {{canonical_first, last, middle}, 100}};
  rules.insert(rules.end(), more.begin(), more.end());
  return rules;
}

std::uint64_t key_of(const Rule& rule, const Record& record, std::span<const WordId> extras) {
  std::uint64_t key = rule.atoms.size();
  for (const Atom atom : rule.atoms) {
    const std::uint64_t value = value_of(atom, record, extras);
    if (value == 0) return 0;
    key = mix64(key ^ value);
  }
  return key | 1;  // never the key that stands for none
}

int partition_bits_for(std::size_t records) {
  return std::clamp(static_cast<int>(std::bit_width(records >> 10)), 0, 12);
}

KeyTable::KeyTable(const Records& records, const Rule& rule, int partition_bits, int threads)
    : partition_bits_(partition_bits), offsets_((std::size_t{1} << partition_bits) + 1) {
  CHECK(partition_bits >= 0 && partition_bits <= kPartitionBitsMax);
  const std::size_t slices = (records.size() + kSliceRows - 1) / kSliceRows;
  // Threads share a few counters each, not one for each slice, so that memory stays flat.
  const std::size_t groups = std::min<std::size_t>(slices, static_cast<std::size_t>(threads));
  const std::size_t count = partitions();
  std::vector<std::vector<std::uint32_t>> places(groups, std::vector<std::uint32_t>(count));
  const auto partition_of = [&](std::uint64_t key) {
    return partition_bits_ == 0 ? 0 : key >> (64 - partition_bits_);
  };
  const auto walk = [&](std::size_t group, const auto& take) {
    const std::size_t from = records.size() * group / groups;
    const std::size_t to = records.size() * (group + 1) / groups;
    for (std::size_t row = from; row < to; ++row) {
      const std::uint64_t key = key_of(rule, records[row], records.extras(row));
      if (key != 0) take(key, row);
    }
  };
  for_each_task(threads, groups, [&](int, std::size_t group) {
    walk(group, [&](std::uint64_t key, std::size_t) { ++places[group][partition_of(key)]; });
  });
  std::uint64_t total = 0;
  for (std::size_t p = 0; p < count; ++p) {
    offsets_[p] = total;
    for (auto& group : places) {
      const std::uint32_t here = group[p];
      group[p] = static_cast<std::uint32_t>(total - offsets_[p]);
      total += here;
    }
  }
  offsets_[count] = total;
  entries_.resize(total);
  for_each_task(threads, groups, [&](int, std::size_t group) {
    walk(group, [&](std::uint64_t key, std::size_t row) {
      const std::size_t p = partition_of(key);
      entries_[offsets_[p] + places[group][p]++] = key << 32 | row;
    });
  });
  for_each_task(threads, count, [&](int, std::size_t p) {
    std::sort(entries_.begin() + static_cast<std::ptrdiff_t>(offsets_[p]),
              entries_.begin() + static_cast<std::ptrdiff_t>(offsets_[p + 1]));
  });
}

std::span<const KeyTable::Entry> KeyTable::find(std::uint64_t key) const {
  const auto all = partition(partition_bits_ == 0 ? 0 : key >> (64 - partition_bits_));
  const Entry from = key << 32;
  const auto begin = std::lower_bound(all.begin(), all.end(), from);
  const auto end = std::upper_bound(begin, all.end(), from | 0xffffffffU);
  return {begin, end};
}

}  // namespace hustings::linkage
