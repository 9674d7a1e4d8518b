#include "cli/link/birth_reading.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace hustings::cli {
namespace {

using linkage::BirthDate;

constexpr int kYearMin = 1000;
constexpr int kYearMax = 3000;

/// The numbers of a date as they stand, and the place of a month that is written out.
struct Parts {
  std::vector<std::string_view> numbers;
  int named_month = 0;
};

int month_of(std::string_view word) {
  constexpr std::string_view kMonths = "JANFEBMARAPRMAYJUNJULAUGSEPOCTNOVDEC";
  if (word.size() < 3) return 0;
  const std::string upper = to_upper(word.substr(0, 3));
  const std::size_t at = kMonths.find(upper);
  return at == std::string_view::npos || at % 3 != 0 ? 0 : static_cast<int>(at / 3) + 1;
}

Parts parts_of(std::string_view text) {
  Parts parts;
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  const auto is_letter = [](char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); };
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t from = i;
    if (is_digit(text[i])) {
      while (i < text.size() && is_digit(text[i]))
        ++i;
      parts.numbers.push_back(text.substr(from, i - from));
      if (parts.numbers.size() == 3) break;  // a time may follow
    } else if (is_letter(text[i])) {
      while (i < text.size() && is_letter(text[i]))
        ++i;
      const int month = month_of(text.substr(from, i - from));
      if (month != 0) parts.named_month = month;
    } else {
      ++i;
    }
  }
  return parts;
}

int number(std::string_view digits) {
  return digits.size() > 8 ? 0 : static_cast<int>(parse_int(digits).value_or(0));
}

BirthDate date_of(int year, int month, int day) {
  if (year < kYearMin || year > kYearMax) return {};
  BirthDate date{.year = static_cast<std::uint16_t>(year)};
  if (month >= 1 && month <= 12) date.month = static_cast<std::uint8_t>(month);
  if (date.month != 0 && day >= 1 && day <= 31) date.day = static_cast<std::uint8_t>(day);
  return date;
}

int full_year(std::string_view digits, int this_year) {
  const int year = number(digits);
  if (digits.size() > 2) return year;
  const int century = this_year / 100 * 100;
  return year + (year + century < this_year ? century : century - 100);
}

BirthDate date_of_digits(std::string_view digits, int this_year) {
  const auto piece = [&](std::size_t from, std::size_t count) {
    return number(digits.substr(from, count));
  };
  if (digits.size() == 8) {
    const int year = piece(0, 4);
    const bool is_year_first = year >= kYearMin + 500 && year <= this_year + 100;
    return is_year_first ? date_of(year, piece(4, 2), piece(6, 2))
                         : date_of(piece(4, 4), piece(0, 2), piece(2, 2));
  }
  if (digits.size() == 6) return date_of(piece(0, 4), piece(4, 2), 0);
  return digits.size() == 4 ? date_of(piece(0, 4), 0, 0) : BirthDate{};
}

}  // namespace

DateOrder order_of(const std::vector<std::string_view>& dates) {
  std::size_t first_above = 0;
  std::size_t second_above = 0;
  for (const std::string_view date : dates) {
    const Parts parts = parts_of(date);
    if (parts.numbers.size() != 3 || parts.numbers[0].size() > 2) continue;
    if (number(parts.numbers[0]) > 12) ++first_above;
    if (number(parts.numbers[1]) > 12) ++second_above;
  }
  return first_above > second_above ? DateOrder::day_first : DateOrder::month_first;
}

BirthDate read_birth(std::string_view text, DateOrder order, int this_year) {
  const Parts parts = parts_of(text);
  const auto& numbers = parts.numbers;
  if (parts.named_month != 0) {
    if (numbers.size() < 2) {
      return numbers.empty() ? BirthDate{}
                             : date_of(full_year(numbers[0], this_year), parts.named_month, 0);
    }
    const bool year_first = numbers[0].size() == 4;
    return date_of(full_year(numbers[year_first ? 0 : 1], this_year), parts.named_month,
                   number(numbers[year_first ? 1 : 0]));
  }
  if (numbers.size() == 1) return date_of_digits(numbers[0], this_year);
  if (numbers.size() == 2) {
    const bool year_first = numbers[0].size() == 4;
    return date_of(full_year(numbers[year_first ? 0 : 1], this_year),
                   number(numbers[year_first ? 1 : 0]), 0);
  }
  if (numbers.size() != 3) return {};
  if (numbers[0].size() == 4) {
    return date_of(number(numbers[0]), number(numbers[1]), number(numbers[2]));
  }
  const int first = number(numbers[0]);
  const int second = number(numbers[1]);
  // One that cannot be a month is the day, whatever the rest of the column says.
  const bool day_first = second > 12 ? false : first > 12 || order == DateOrder::day_first;
  return date_of(full_year(numbers[2], this_year), day_first ? second : first,
                 day_first ? first : second);
}

}  // namespace hustings::cli
