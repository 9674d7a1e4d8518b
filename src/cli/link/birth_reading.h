#pragma once

#include <string_view>
#include <vector>

#include "linkage/records.h"

namespace hustings::cli {

/// Which of a date's first two numbers is the day, where both could be.
enum class DateOrder : std::uint8_t { month_first, day_first };

/// By the dates of a column: day first only if some first number is above 12, and no second one.
DateOrder order_of(const std::vector<std::string_view>& dates);

/// Reads 1980-06-02, 19800602, 6/2/1980, 02.06.80, 2 Jun 1980, June 2, 1980, 1980-06, 1980. Parts
/// that are zero, missing or no month or day of a year are unknown; a date without a year is. A
/// year of two digits is the latest that lies before `this_year`.
linkage::BirthDate read_birth(std::string_view text, DateOrder order, int this_year);

}  // namespace hustings::cli
