#pragma once

#include <cstdint>
#include <initializer_list>
#include <span>
#include <string>
#include <vector>

#include "linkage/records.h"

/// Which pairs are compared at all: those that agree in one of several keys.
namespace hustings::linkage {

/// One thing that a key is made of.
enum class Atom : std::uint8_t {
  first,
  canonical_first,  ///< Bob as Robert
  first_sound,      ///< Soundex
  last,
  last_sound,
  name_pair,  ///< first and last name, whichever comes first
  middle,
  year,
  month_day,
  date,  ///< year, month and day
  zip,
  area,  ///< the ZIP's first three digits
  house,
  street,
  household,  ///< ZIP, street and house
  phone,
  email,
  everything,  ///< the same for all: every pair
  extra,       ///< the first other column; the second is extra + 1, and so on
};
Atom extra_atom(std::size_t column);

/// A rule of blocking: records that agree in all of its atoms, none missing, are compared. A block
/// with more than `pairs_max` pairs is skipped.
struct Rule {
  std::vector<Atom> atoms;
  std::uint64_t pairs_max = 2500;

  std::string name() const;  ///< "first_sound + last_sound + year"
};

/// Every pair that shares a house, a telephone or an e-mail address.
std::vector<Rule> household_rules();

/// What a voter file is blocked by: household, telephone, e-mail, and names with birth date or
/// place. The first three are what counts household evidence exactly, and have room for large
/// blocks.
std::vector<Rule> voter_rules();

/// A record's key under a rule; 0 if one of its atoms is missing.
std::uint64_t key_of(const Rule& rule, const Record& record, std::span<const WordId> extras);

/// The keys of one file under one rule: 8 bytes a record that has one, in partitions by the key's
/// upper bits, each sorted by the key's lower half and the row. Immutable; safe from any thread.
class KeyTable {
 public:
  /// `partition_bits` 0 to 24. Built by `threads` threads.
  KeyTable(const Records& records, const Rule& rule, int partition_bits, int threads);

  /// The key's lower half << 32 | row.
  using Entry = std::uint64_t;
  std::size_t partitions() const { return offsets_.size() - 1; }
  std::span<const Entry> partition(std::size_t index) const {
    return std::span(entries_).subspan(offsets_[index], offsets_[index + 1] - offsets_[index]);
  }
  /// The rows that may have this key: all that do, and one in 2^32 that does not.
  std::span<const Entry> find(std::uint64_t key) const;
  std::size_t size() const { return entries_.size(); }

  static std::uint32_t row_of(Entry entry) { return static_cast<std::uint32_t>(entry); }
  static std::uint32_t lower_of(Entry entry) { return static_cast<std::uint32_t>(entry >> 32); }

 private:
  int partition_bits_;
  std::vector<std::uint64_t> offsets_;
  std::vector<Entry> entries_;
};

/// How many partitions suit so many records: about a thousand in each.
int partition_bits_for(std::size_t records);

/// How many pairs a rule gives; blocks above its limit count as none. For dedupe `right` is null.
std::uint64_t count_pairs(const KeyTable& left, const KeyTable* right, std::uint64_t pairs_max);

/// Rules for files of any columns: those of voter_rules() that apply, then more of one atom and of
/// two that find what those miss, the most selective first, as long as all of them give no more
/// than the budget's pairs; in files of over 200,000 rows only keys of one other column are added.
/// Every pair, if there are few enough. Deterministic.
struct RuleBudget {
  std::uint64_t pairs = 0;       ///< of all rules together
  std::uint64_t every_pair = 0;  ///< compare all if there are no more than this
};
std::vector<Rule> choose_rules(const Records& left, const Records* right, RuleBudget budget,
                               int threads);

}  // namespace hustings::linkage
