#pragma once

#include <chrono>
#include <cstdint>

/// Birth dates as 16-bit numbers in the order of time, so that an age rule is one range of numbers:
/// 373 numbers a year from 1880, the first of a year for "only the year is known".
namespace hustings::segments::birth {

inline constexpr std::uint16_t kUnknown = 0;
inline constexpr int kYearFirst = 1880;
inline constexpr int kYearLast = 2054;

constexpr std::uint16_t of_year(int year) {
  if (year < kYearFirst || year > kYearLast) return kUnknown;
  return static_cast<std::uint16_t>((year - kYearFirst) * 373 + 1);
}
constexpr std::uint16_t of_date(std::chrono::year_month_day date) {
  const std::uint16_t year = of_year(static_cast<int>(date.year()));
  if (year == kUnknown) return kUnknown;
  const unsigned day =
      (static_cast<unsigned>(date.month()) - 1) * 31 + static_cast<unsigned>(date.day());
  return static_cast<std::uint16_t>(year + day);
}

/// The births of those whose age on `today` is at least `least` and at most `most` years;
/// `is_empty` if there can be none. Nobody is younger than 0.
struct Range {
  std::uint16_t lo;
  std::uint16_t hi;
  bool is_empty() const { return lo > hi; }
};
Range of_ages(std::int64_t least, std::int64_t most, std::chrono::year_month_day today);

}  // namespace hustings::segments::birth
