#include "linkage/comparison.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>

#include "base/rng.h"
#include "base/text.h"
#include "linkage/similarity.h"

namespace hustings::linkage {
namespace {

constexpr double kClose = 0.92;
constexpr double kNear = 0.85;
constexpr int kGenerationYears = 15;
constexpr std::size_t kMemoSlots = 1U << 15;
constexpr std::size_t kQuestionMemoSlots = 1U << 7;
constexpr std::size_t kEditLettersMin = 3;  ///< below, one edit makes another name
/// A word that is this much rarer than its neighbour is taken for the neighbour misspelt.
constexpr std::uint32_t kSlipTimesRarer = 50;
constexpr std::uint32_t kSlipCountMax = 2;

/// Jaro-Winkler in one fixed order, so that it does not depend on which side comes first.
double alike(std::string_view a, std::string_view b) {
  const bool ordered = a.size() != b.size() ? a.size() < b.size() : a < b;
  return ordered ? jaro_winkler(a, b) : jaro_winkler(b, a);
}

bool is_slip(std::uint32_t one, std::uint32_t other) {
  const auto [less, more] = std::minmax(one, other);
  return less <= kSlipCountMax || less * std::uint64_t{kSlipTimesRarer} <= more;
}

/// The parts of a double name: SMITH-JONES, DE LA CRUZ.
bool shares_part(std::string_view a, std::string_view b) {
  constexpr std::size_t kPartLettersMin = 3;
  const auto is_between = [](char c) { return c == '-' || c == ' '; };
  if (a.size() > b.size()) std::swap(a, b);
  if (std::none_of(b.begin(), b.end(), is_between)) return false;
  std::size_t from = 0;
  while (from < a.size()) {
    std::size_t to = from;
    while (to < a.size() && !is_between(a[to]))
      ++to;
    const std::string_view part = a.substr(from, to - from);
    const std::size_t at = part.size() < kPartLettersMin ? std::string_view::npos : b.find(part);
    if (at != std::string_view::npos) {
      const std::size_t end = at + part.size();
      if ((at == 0 || is_between(b[at - 1])) && (end == b.size() || is_between(b[end])))
        return true;
    }
    from = to + 1;
  }
  return false;
}

std::array<char, 8> digits_of(const Record& record) {
  std::array<char, 8> digits;
  unsigned number = record.year * 10000U + record.month * 100U + record.day;
  for (std::size_t i = digits.size(); i > 0; --i, number /= 10)
    digits[i - 1] = static_cast<char>('0' + number % 10);
  return digits;
}

/// Equal lengths: one edit is one other digit, or a swap of neighbours.
bool one_edit_apart(std::string_view a, std::string_view b) { return osa_distance(a, b, 1) == 1; }

BirthLevel compare_years(const Record& a, const Record& b) {
  if (a.year == b.year) return BirthLevel::year_same;
  const auto of_a = digits_of(a);
  const auto of_b = digits_of(b);
  const bool near = std::abs(static_cast<int>(a.year) - static_cast<int>(b.year)) == 1 ||
                    one_edit_apart({of_a.data(), 4}, {of_b.data(), 4});
  return near ? BirthLevel::year_near : BirthLevel::year_differs;
}

SuffixLevel compare_suffix(const Record& a, const Record& b) {
  if (a.generation == b.generation) {
    return a.generation == 0 ? SuffixLevel::none : SuffixLevel::same;
  }
  if (a.generation == 0 || b.generation == 0) return SuffixLevel::one_missing;
  // A second is often written as a junior.
  const auto either = [&](Generation one) {
    return a.generation == static_cast<std::uint32_t>(one) ||
           b.generation == static_cast<std::uint32_t>(one);
  };
  return either(Generation::junior) && either(Generation::second) ? SuffixLevel::same
                                                                  : SuffixLevel::conflict;
}

SexLevel compare_sex(const Record& a, const Record& b) {
  if (a.sex == 0 || b.sex == 0) return SexLevel::missing;
  return a.sex == b.sex ? SexLevel::same : SexLevel::different;
}

template <class Level, class Value>
Level compare_key(Value a, Value b) {
  if (a == 0 || b == 0) return Level::missing;
  return a == b ? Level::same : Level::different;
}

ExtraLevel compare_numbers(std::string_view a, std::string_view b) {
  const auto x = parse_double(a);
  const auto y = parse_double(b);
  if (!x || !y) return alike(a, b) >= kNear ? ExtraLevel::near : ExtraLevel::different;
  const double apart = std::abs(*x - *y);
  const double size = std::max(std::abs(*x), std::abs(*y));
  if (apart == 0) return ExtraLevel::exact;
  if (apart <= 0.01 * size || osa_distance(a, b, 1) == 1) return ExtraLevel::close;
  return apart <= 0.1 * size ? ExtraLevel::near : ExtraLevel::different;
}

ExtraLevel compare_texts(std::string_view a, std::string_view b) {
  const double similarity = alike(a, b);
  if (similarity >= kClose || (a.size() > kEditLettersMin && osa_distance(a, b, 1) == 1)) {
    return ExtraLevel::close;
  }
  return similarity >= kNear || shares_part(a, b) ? ExtraLevel::near : ExtraLevel::different;
}

}  // namespace

BirthLevel compare_birth(const Record& a, const Record& b) {
  if (a.year == 0 || b.year == 0) return BirthLevel::missing;
  if (a.month == 0 || b.month == 0) return compare_years(a, b);
  if (a.day == 0 || b.day == 0) {
    if (a.year != b.year) return BirthLevel::month_differs;
    return a.month == b.month ? BirthLevel::month_same : BirthLevel::month_off;
  }
  const bool same_year = a.year == b.year;
  const bool same_month = a.month == b.month;
  const bool same_day = a.day == b.day;
  if (same_year && same_month && same_day) return BirthLevel::same;
  if (same_year && a.month == b.day && a.day == b.month) return BirthLevel::parts_swapped;
  const auto of_a = digits_of(a);
  const auto of_b = digits_of(b);
  if (one_edit_apart({of_a.data(), 8}, {of_b.data(), 8})) return BirthLevel::one_off;
  if (same_month && same_day) return BirthLevel::other_year;
  if (same_year) return same_month || same_day ? BirthLevel::two_parts_same : BirthLevel::same_year;
  const int years = std::abs(static_cast<int>(a.year) - static_cast<int>(b.year));
  return years >= kGenerationYears ? BirthLevel::generation_apart : BirthLevel::different;
}

template <class Compute>
std::uint8_t Comparer::Memo::get(WordId a, WordId b, Compute compute) {
  const std::uint64_t key = (std::uint64_t{std::min(a, b)} << 28) | std::max(a, b);
  std::uint64_t& slot = slots_[mix64(key) & (slots_.size() - 1)];
  if (slot >> 4 != key) slot = key << 4 | compute();
  return slot & 0xf;
}

Comparer::Comparer(const Words& words, const WordCounts& counts, std::vector<ExtraKind> extras,
                   const ForeignWords* foreign, std::size_t memo_slots)
    : words_(words),
      counts_(counts),
      extras_(std::move(extras)),
      foreign_(foreign),
      foreign_from_(foreign == nullptr ? Words::kWordsMax : foreign->first),
      first_memo_(memo_slots),
      last_memo_(memo_slots),
      street_memo_(memo_slots),
      extra_memo_(memo_slots) {}

Comparer::Comparer(const Words& words, const WordCounts& counts, std::vector<ExtraKind> extras)
    : Comparer(words, counts, std::move(extras), nullptr, kMemoSlots) {}

Comparer::Comparer(const Words& words, const WordCounts& counts, std::vector<ExtraKind> extras,
                   const ForeignWords& foreign)
    : Comparer(words, counts, std::move(extras), &foreign, kQuestionMemoSlots) {}

bool Comparer::are_far(WordId a, WordId b) const {
  const std::uint32_t of_a = letters(a);
  const std::uint32_t of_b = letters(b);
  const std::string_view one = text(a);
  const std::string_view other = text(b);
  const int without_a = std::popcount(of_a & ~of_b);
  const int without_b = std::popcount(of_b & ~of_a);
  if (without_a <= 1 && without_b <= 1) return false;
  // Each such letter has no partner: with m matches at most, jaro <= (m/|a| + m/|b| + 1) / 3.
  const auto size_a = static_cast<double>(one.size());
  const auto size_b = static_cast<double>(other.size());
  const double m = std::min(size_a - without_a, size_b - without_b);
  const double jaro = (m / size_a + m / size_b + 1) / 3;
  double same = 0;
  for (std::size_t i = 0; i < std::min({one.size(), other.size(), std::size_t{4}}); ++i) {
    if (one[i] != other[i]) break;
    ++same;
  }
  return jaro + same * 0.1 * (1 - jaro) < kNear;
}

FirstLevel Comparer::compare_first(WordId a, WordId b) const {
  const std::string_view one = text(a);
  const std::string_view other = text(b);
  if (Words::is_letter(a) || Words::is_letter(b)) {
    return one.front() == other.front() ? FirstLevel::initial_same : FirstLevel::initial_differs;
  }
  if (words_.are_nicknames(a, b)) return FirstLevel::nickname;
  if (are_far(a, b)) return shares_part(one, other) ? FirstLevel::near : FirstLevel::different;
  if (std::max(one.size(), other.size()) > kEditLettersMin && osa_distance(one, other, 1) == 1) {
    return is_slip(WordCounts::of(counts_.first, a), WordCounts::of(counts_.first, b))
               ? FirstLevel::slip
               : FirstLevel::typo;
  }
  const double similarity = alike(one, other);
  if (similarity >= kClose) return FirstLevel::close;
  return similarity >= kNear || shares_part(one, other) ? FirstLevel::near : FirstLevel::different;
}

FirstLevel Comparer::first_level(const Record& a, const Record& b) {
  if (a.first == 0 || b.first == 0) return FirstLevel::missing;
  if (a.first == b.first)
    return Words::is_letter(a.first) ? FirstLevel::initial_same : FirstLevel::exact;
  const auto level = static_cast<FirstLevel>(first_memo_.get(a.first, b.first, [&] {
    return static_cast<std::uint8_t>(compare_first(a.first, b.first));
  }));
  if (level == FirstLevel::different) {
    const bool by_middle = (a.first == b.middle && !Words::is_letter(a.first)) ||
                           (b.first == a.middle && !Words::is_letter(b.first));
    if (by_middle) return FirstLevel::middle;
  }
  return level;
}

LastLevel Comparer::compare_last(WordId a, WordId b) const {
  const std::string_view one = text(a);
  const std::string_view other = text(b);
  if (are_far(a, b)) return shares_part(one, other) ? LastLevel::part : LastLevel::different;
  if (std::max(one.size(), other.size()) > kEditLettersMin && osa_distance(one, other, 1) == 1) {
    return is_slip(WordCounts::of(counts_.last, a), WordCounts::of(counts_.last, b))
               ? LastLevel::slip
               : LastLevel::typo;
  }
  if (shares_part(one, other)) return LastLevel::part;
  const double similarity = alike(one, other);
  if (similarity >= kClose) return LastLevel::close;
  return similarity >= kNear ? LastLevel::near : LastLevel::different;
}

LastLevel Comparer::last_level(WordId a, WordId b) {
  if (a == 0 || b == 0) return LastLevel::missing;
  if (a == b) return LastLevel::exact;
  return static_cast<LastLevel>(
      last_memo_.get(a, b, [&] { return static_cast<std::uint8_t>(compare_last(a, b)); }));
}

MiddleLevel Comparer::middle_level(WordId a, WordId b) {
  if (a == 0 || b == 0) return MiddleLevel::missing;
  if (Words::is_letter(a) || Words::is_letter(b)) {
    return text(a).front() == text(b).front() ? MiddleLevel::initial_same
                                              : MiddleLevel::initial_differs;
  }
  if (a == b) return MiddleLevel::exact;
  const auto level = static_cast<FirstLevel>(
      first_memo_.get(a, b, [&] { return static_cast<std::uint8_t>(compare_first(a, b)); }));
  return level == FirstLevel::different ? MiddleLevel::different : MiddleLevel::close;
}

AddressLevel Comparer::address_level(const Record& a, const Record& b) {
  if (a.zip == 0 || b.zip == 0) {
    if (a.street == 0 || b.street == 0 || a.house == 0 || b.house == 0) {
      return AddressLevel::missing;
    }
  } else if (a.street == 0 || b.street == 0) {
    return a.zip == b.zip ? AddressLevel::only_zip_same : AddressLevel::only_zip_differs;
  }
  if (a.household != 0 && a.household == b.household) {
    return a.unit == b.unit ? AddressLevel::same_unit : AddressLevel::same_house;
  }
  const bool same_zip = a.zip == b.zip && a.zip != 0;
  const bool same_house = a.house == b.house && a.house != 0;
  if (same_zip || same_house) {
    const bool same_street = a.street == b.street || street_memo_.get(a.street, b.street, [&] {
      return static_cast<std::uint8_t>(alike(text(a.street), text(b.street)) >= kClose);
    }) != 0;
    if (same_street || (same_zip && same_house)) return AddressLevel::partly;
  }
  return same_zip ? AddressLevel::same_zip : AddressLevel::different;
}

ExtraLevel Comparer::extra_level(std::size_t column, WordId a, WordId b) {
  if (a == 0 || b == 0) return ExtraLevel::missing;
  if (a == b) return ExtraLevel::exact;
  switch (extras_[column]) {
    case ExtraKind::exact:
      return ExtraLevel::different;
    case ExtraKind::number:
      return compare_numbers(text(a), text(b));
    case ExtraKind::text:
      break;
  }
  return static_cast<ExtraLevel>(extra_memo_.get(
      a, b, [&] { return static_cast<std::uint8_t>(compare_texts(text(a), text(b))); }));
}

Pattern Comparer::compare(Side a, Side b) {
  const Record& x = a.record;
  const Record& y = b.record;
  Pattern pattern;
  FirstLevel first = first_level(x, y);
  LastLevel last = last_level(x.last, y.last);
  if (first >= FirstLevel::near && x.first == y.last && x.last == y.first && x.first != 0 &&
      x.last != 0 && x.first != x.last) {
    first = FirstLevel::swapped;
    last = LastLevel::exact;
  }
  pattern.set_first(first);
  pattern.set_last(last);
  pattern.set_address(address_level(x, y));
  pattern.set_phone(compare_key<PhoneLevel>(x.phone, y.phone));
  pattern.set_email(compare_key<EmailLevel>(x.email, y.email));
  pattern.set_middle(middle_level(x.middle, y.middle));
  pattern.set_birth(compare_birth(x, y));
  pattern.set_suffix(compare_suffix(x, y));
  pattern.set_sex(compare_sex(x, y));
  for (std::size_t i = 0; i < extras_.size(); ++i)
    pattern.set_extra(i, extra_level(i, a.extras[i], b.extras[i]));
  return pattern;
}

}  // namespace hustings::linkage
