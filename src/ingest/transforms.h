#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>

#include "ingest/arena.h"
#include "ingest/layout.h"

/// How the texts of a file become values. Nothing here allocates, save in the arena.
namespace hustings::ingest {

/// Without blanks around it, and with single blanks inside.
std::string_view clean(std::string_view text, Arena& arena);

/// Upper case, as names are kept.
std::string_view upper(std::string_view text, Arena& arena);

/// The forms of dates that layouts may name. One digit for a day or month is taken too where
/// slashes or dashes stand between; a time of day behind a blank is left out.
inline constexpr std::array<std::string_view, 7> kDateFormats = {
    "MM/DD/YYYY", "YYYY-MM-DD", "YYYYMMDD", "MMDDYYYY", "MM/YYYY", "YYYY-MM", "YYYY"};
/// Forms that are read by normalise/partial_date.h: days before months, and whichever form it is.
inline constexpr std::array<std::string_view, 2> kWideDateFormats = {"DD/MM/YYYY", "any"};
bool is_wide_date_format(std::string_view format);
/// Either.
bool is_date_format(std::string_view format);

/// A date of which perhaps only the year, or year and month, are known: 0 for what is not.
struct WrittenDate {
  int year = 0;
  int month = 0;
  int day = 0;
  friend bool operator==(const WrittenDate&, const WrittenDate&) = default;
};
/// Nothing if the text is no such date. Zeros in place of a day, or of month and day, mean that
/// they are not known; a month 13 or a February 30 are no date.
std::optional<WrittenDate> read_date(std::string_view text, std::string_view format);
/// How a date of a wide form is read: two digits of a year need to know what day it is.
struct WideDate {
  std::string_view format;
  std::chrono::sys_days today;
};
/// False if the text is no such date. A filler, or a date that cannot be true, is true and no date.
bool read_wide_date(std::string_view text, const WideDate& as, std::optional<WrittenDate>& out);
/// Days since 1970-01-01 of a date whose day is known.
std::int32_t days_of(const WrittenDate& date);
/// Days since 1970-01-01; nothing if the text is no such date, or not a whole one.
std::optional<std::int32_t> parse_date(std::string_view text, std::string_view format);

/// The part of a clean text that is asked for; empty if the text has none.
std::string_view taken(Take take, std::string_view text, Arena& arena);

struct Zip {
  std::string_view five;
  std::string_view four;  ///< empty: not known
};
/// "27601", "276011234", "27601-1234"; nothing for anything else, 00000 and 99999 included.
std::optional<Zip> parse_zip(std::string_view text);

/// A last name that ends in JR, SR, II, III or IV: both parts.
struct SplitName {
  std::string_view name;
  std::string_view suffix;  ///< empty: there is none inside the name
};
SplitName split_suffix(std::string_view last_name);

}  // namespace hustings::ingest
