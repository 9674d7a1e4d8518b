#include "segments/birth.h"

#include <algorithm>

namespace hustings::segments::birth {
namespace {

/// The number of the day `years` before today, without the limits of 16 bits.
std::int64_t days_back(std::int64_t years, std::chrono::year_month_day today) {
  const std::int64_t year = static_cast<int>(today.year()) - years - kYearFirst;
  const unsigned day =
      (static_cast<unsigned>(today.month()) - 1) * 31 + static_cast<unsigned>(today.day());
  return year * 373 + 1 + day;
}

}  // namespace

Range of_ages(std::int64_t least, std::int64_t most, std::chrono::year_month_day today) {
  const std::int64_t lo = std::max<std::int64_t>(days_back(most + 1, today) + 1, 1);
  const std::int64_t hi =
      std::min<std::int64_t>(days_back(std::max<std::int64_t>(least, 0), today), 0xffff);
  if (hi < 1 || lo > hi) return {1, 0};
  return {static_cast<std::uint16_t>(lo), static_cast<std::uint16_t>(hi)};
}

}  // namespace hustings::segments::birth
