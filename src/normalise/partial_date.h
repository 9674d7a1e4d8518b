#pragma once

#include <chrono>
#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

namespace hustings::normalise {

/// A date of which perhaps only the year, or year and month, are known. 0 stands for not known.
struct PartialDate {
  std::int16_t year = 0;
  std::uint8_t month = 0;
  std::uint8_t day = 0;

  bool is_known() const { return year != 0; }
  bool has_month() const { return month != 0; }
  bool has_day() const { return day != 0; }
  friend auto operator<=>(const PartialDate&, const PartialDate&) = default;
};
/// "1980-06-02", "1980-06", "1980", "".
std::string partial_date_text(const PartialDate& date);
/// Whether both can be the same day: no part that both know differs.
bool may_be_same(const PartialDate& one, const PartialDate& other);

/// Why there is no date in a text that should hold one.
enum class DateFault : std::uint8_t {
  none,
  empty,       ///< blank, or only zeros, "-", "N/A"
  unreadable,  ///< not of the format, or no day of the calendar
  filler,      ///< 1900-01-01, 1800-01-01, ##/##/####, XX-XX-XXXX, *
  future,      ///< after `today`
  too_old,     ///< over 125 years before `today` (1812)
};
std::string_view to_string(DateFault fault);

enum class DateFormat : std::uint8_t {
  any,    ///< whichever of these it is; numbers between slashes are month, day, year
  mdy,    ///< MM/DD/YYYY, M/D/YY; "/", "-" or "." between
  ymd,    ///< YYYY-MM-DD, perhaps with a time behind it; YYYYMMDD
  dmy,    ///< DD/MM/YYYY
  month,  ///< MM/YYYY, YYYY-MM, YYYYMM
  year,   ///< YYYY
};

struct ReadDate {
  PartialDate date;  ///< unknown unless fault is none
  DateFault fault = DateFault::none;
  friend bool operator==(const ReadDate&, const ReadDate&) = default;
};

/// Reads a date of the past. DD-MON-YYYY and "June 2, 1980" are read in every format but `month`
/// and `year`. Parts written as zeros or XX are not known ("19800600", "00/00/1980"). A year of two
/// digits is the latest one that is not after `today`. Pure; any thread.
ReadDate read_date(std::string_view text, DateFormat format, std::chrono::year_month_day today);

}  // namespace hustings::normalise
