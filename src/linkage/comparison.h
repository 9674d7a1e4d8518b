#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "linkage/records.h"

/// How two records compare, field by field, as small levels; a Pattern is all of them in one
/// number.
namespace hustings::linkage {

enum class FirstLevel : std::uint8_t {
  missing,
  exact,
  nickname,  ///< Bob and Robert
  slip,      ///< one edit apart, one of the two hardly exists otherwise
  typo,      ///< one edit apart, both are names
  close,     ///< Jaro-Winkler >= 0.92
  near,      ///< Jaro-Winkler >= 0.85
  swapped,   ///< first and last name in each other's place
  middle,    ///< one goes by the other's middle name
  different,
  initial_same,  ///< one is an initial, and it agrees
  initial_differs,
};
enum class LastLevel : std::uint8_t { missing, exact, slip, typo, close, part, near, different };
enum class AddressLevel : std::uint8_t {
  missing,
  same_unit,   ///< same house and unit
  same_house,  ///< same house, units differ or one is missing
  partly,      ///< two of house, street (one edit apart at most) and ZIP agree
  same_zip,
  different,
  only_zip_same,  ///< one of the two has no street
  only_zip_differs,
};
enum class PhoneLevel : std::uint8_t { missing, same, different };
enum class EmailLevel : std::uint8_t { missing, same, different };
enum class MiddleLevel : std::uint8_t {
  missing,
  exact,
  close,  ///< Jaro-Winkler >= 0.85, or a nickname
  different,
  initial_same,
  initial_differs,
};
enum class BirthLevel : std::uint8_t {
  missing,
  same,
  one_off,         ///< one digit differs, or two neighbours are swapped
  parts_swapped,   ///< month and day in each other's place
  other_year,      ///< same month and day
  two_parts_same,  ///< same year, and the month or the day
  same_year,
  different,         ///< less than 15 years apart
  generation_apart,  ///< 15 years or more
  month_same,        ///< year and month known on both sides: both agree
  month_off,         ///< the year alone agrees
  month_differs,
  year_same,  ///< the year alone known on one side: it agrees
  year_near,  ///< one year apart, or one digit differs
  year_differs,
};
enum class SuffixLevel : std::uint8_t { none, same, one_missing, conflict };
enum class SexLevel : std::uint8_t { missing, same, different };
enum class ExtraLevel : std::uint8_t { missing, exact, close, near, different };

constexpr std::size_t kFirstLevels = 12;
constexpr std::size_t kLastLevels = 8;
constexpr std::size_t kAddressLevels = 8;
constexpr std::size_t kPhoneLevels = 3;
constexpr std::size_t kEmailLevels = 3;
constexpr std::size_t kMiddleLevels = 6;
constexpr std::size_t kBirthLevels = 15;
constexpr std::size_t kSuffixLevels = 4;
constexpr std::size_t kSexLevels = 3;
constexpr std::size_t kExtraLevels = 5;

/// Last name x address x phone x e-mail: inside a household they are one piece of evidence.
constexpr std::size_t kJointLevels = kLastLevels * kAddressLevels * kPhoneLevels * kEmailLevels;

/// The levels of one pair in 64 bits, from the lowest: first 4, last 3, address 3, phone 2, e-mail
/// 2, middle 3, birth 4, suffix 2, sex 2, then 3 for each other column.
class Pattern {
 public:
  Pattern() = default;
  explicit Pattern(std::uint64_t bits) : bits_(bits) {}

  FirstLevel first() const { return static_cast<FirstLevel>(get(0, 4)); }
  LastLevel last() const { return static_cast<LastLevel>(get(4, 3)); }
  AddressLevel address() const { return static_cast<AddressLevel>(get(7, 3)); }
  PhoneLevel phone() const { return static_cast<PhoneLevel>(get(10, 2)); }
  EmailLevel email() const { return static_cast<EmailLevel>(get(12, 2)); }
  MiddleLevel middle() const { return static_cast<MiddleLevel>(get(14, 3)); }
  BirthLevel birth() const { return static_cast<BirthLevel>(get(17, 4)); }
  SuffixLevel suffix() const { return static_cast<SuffixLevel>(get(21, 2)); }
  SexLevel sex() const { return static_cast<SexLevel>(get(23, 2)); }
  ExtraLevel extra(std::size_t i) const { return static_cast<ExtraLevel>(get(25 + 3 * i, 3)); }
  /// The index of the joint comparison, below kJointLevels.
  std::size_t joint() const {
    return ((get(4, 3) * kAddressLevels + get(7, 3)) * kPhoneLevels + get(10, 2)) * kEmailLevels +
           get(12, 2);
  }
  /// They share a house, a telephone or an e-mail address, or a last name and nearly an address:
  /// what they then have in common is no longer chance.
  bool is_household() const {
    return address() == AddressLevel::same_unit || address() == AddressLevel::same_house ||
           phone() == PhoneLevel::same || email() == EmailLevel::same ||
           (address() == AddressLevel::partly && last() != LastLevel::missing &&
            last() <= LastLevel::part);
  }

  void set_first(FirstLevel level) { put(level, 0); }
  void set_last(LastLevel level) { put(level, 4); }
  void set_address(AddressLevel level) { put(level, 7); }
  void set_phone(PhoneLevel level) { put(level, 10); }
  void set_email(EmailLevel level) { put(level, 12); }
  void set_middle(MiddleLevel level) { put(level, 14); }
  void set_birth(BirthLevel level) { put(level, 17); }
  void set_suffix(SuffixLevel level) { put(level, 21); }
  void set_sex(SexLevel level) { put(level, 23); }
  void set_extra(std::size_t i, ExtraLevel level) { put(level, 25 + 3 * i); }

  std::uint64_t bits() const { return bits_; }
  friend auto operator<=>(Pattern, Pattern) = default;

 private:
  std::size_t get(std::size_t at, std::size_t width) const {
    return (bits_ >> at) & ((std::uint64_t{1} << width) - 1);
  }
  template <class Level>
  void put(Level level, std::size_t at) {
    bits_ |= static_cast<std::uint64_t>(level) << at;
  }
  std::uint64_t bits_ = 0;
};

/// Compares records of one Words. Similar pairs of words come from a memo of fixed size (1 MB), so
/// every thread needs a Comparer of its own.
class Comparer {
 public:
  /// The words and counts outlive the Comparer.
  Comparer(const Words& words, const WordCounts& counts, std::vector<ExtraKind> extras);
  /// For one question, which may hold words of its own; with a small memo.
  Comparer(const Words& words, const WordCounts& counts, std::vector<ExtraKind> extras,
           const ForeignWords& foreign);

  /// One side of a pair: its record, and its other columns.
  struct Side {
    const Record& record;
    std::span<const WordId> extras;
  };
  /// Symmetric: the same for (a, b) and (b, a).
  Pattern compare(Side a, Side b);

 private:
  class Memo {
   public:
    explicit Memo(std::size_t slots) : slots_(slots, ~std::uint64_t{0}) {}
    template <class Compute>
    std::uint8_t get(WordId a, WordId b, Compute compute);

   private:
    std::vector<std::uint64_t> slots_;
  };

  std::string_view text(WordId word) const {
    return word < foreign_from_ ? words_.text(word) : foreign_->texts[word - foreign_from_];
  }
  Comparer(const Words& words, const WordCounts& counts, std::vector<ExtraKind> extras,
           const ForeignWords* foreign, std::size_t memo_slots);
  /// Too many letters of one are not in the other to be near or one edit apart: most random pairs,
  /// told without looking at their texts' order.
  bool are_far(WordId a, WordId b) const;
  std::uint32_t letters(WordId word) const {
    return word < foreign_from_ ? words_.letters(word)
                                : letters_of(foreign_->texts[word - foreign_from_]);
  }
  FirstLevel first_level(const Record& a, const Record& b);
  FirstLevel compare_first(WordId a, WordId b) const;
  LastLevel last_level(WordId a, WordId b);
  LastLevel compare_last(WordId a, WordId b) const;
  MiddleLevel middle_level(WordId a, WordId b);
  AddressLevel address_level(const Record& a, const Record& b);
  ExtraLevel extra_level(std::size_t column, WordId a, WordId b);

  const Words& words_;
  const WordCounts& counts_;
  const std::vector<ExtraKind> extras_;
  const ForeignWords* foreign_;
  const WordId foreign_from_;
  Memo first_memo_;
  Memo last_memo_;
  Memo street_memo_;
  Memo extra_memo_;
};

/// How the dates compare; symmetric.
BirthLevel compare_birth(const Record& a, const Record& b);

/// "exact", "one edit apart", … as an explanation shows it.
std::string_view to_string(FirstLevel level);
std::string_view to_string(LastLevel level);
std::string_view to_string(AddressLevel level);
std::string_view to_string(PhoneLevel level);
std::string_view to_string(EmailLevel level);
std::string_view to_string(MiddleLevel level);
std::string_view to_string(BirthLevel level);
std::string_view to_string(SuffixLevel level);
std::string_view to_string(SexLevel level);
std::string_view to_string(ExtraLevel level);

}  // namespace hustings::linkage
