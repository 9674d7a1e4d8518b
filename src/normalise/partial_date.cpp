#include "normalise/partial_date.h"

#include <algorithm>
#include <array>
#include <optional>

#include <fmt/format.h>

#include "base/text.h"

namespace hustings::normalise {
namespace {

constexpr int kOldestYears = 125;  // nobody on a voter roll is older

constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }
constexpr char upper(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; }
constexpr bool is_letter(char c) { return upper(c) >= 'A' && upper(c) <= 'Z'; }

/// 1 to 12 for "JAN", "January", "Sept"; 0 for anything else.
int month_of(std::string_view word) {
  if (word.size() < 3) return 0;
  constexpr std::array<std::string_view, 12> kWhole = {
      "JANUARY", "FEBRUARY", "MARCH",     "APRIL",   "MAY",      "JUNE",
      "JULY",    "AUGUST",   "SEPTEMBER", "OCTOBER", "NOVEMBER", "DECEMBER"};
  for (std::size_t i = 0; i < kWhole.size(); ++i) {
    if (word.size() <= kWhole[i].size() &&
        std::ranges::equal(word, kWhole[i].substr(0, word.size()),
                           [](char a, char b) { return upper(a) == b; })) {
      return static_cast<int>(i) + 1;
    }
  }
  return 0;
}

/// A run of digits or of letters in a date.
struct Piece {
  int number = -1;          ///< -1: letters
  std::size_t digits = 0;   ///< how many, with leading zeros
  int month = 0;            ///< of letters: the month they name
  bool is_unknown = false;  ///< XX, 00
};

struct Pieces {
  std::array<Piece, 3> list;
  std::size_t size = 0;
};

constexpr bool is_gap(char c) { return c == '/' || c == '-' || c == '.' || c == ' ' || c == ','; }

/// A time behind a date: "T00:00:00", " 0:00", " 12:00:00 AM".
std::string_view without_time(std::string_view text) {
  const std::size_t colon = text.find(':');
  if (colon == std::string_view::npos) return text;
  const std::size_t gap = text.find_last_of(" T", colon);
  if (gap == std::string_view::npos) return text;
  for (const char c : text.substr(gap + 1)) {
    constexpr std::string_view kTime = ":.+-Z AMPampz";
    if (!is_digit(c) && kTime.find(c) == std::string_view::npos) return text;
  }
  return trim(text.substr(0, gap));
}

std::optional<Pieces> cut(std::string_view text) {
  Pieces pieces;
  for (std::size_t i = 0; i < text.size();) {
    if (is_gap(text[i])) {
      ++i;
      continue;
    }
    if (pieces.size == pieces.list.size()) return std::nullopt;
    std::size_t end = i;
    Piece piece;
    if (is_digit(text[i])) {
      piece.number = 0;
      while (end < text.size() && is_digit(text[end])) {
        if (++piece.digits > 8) return std::nullopt;
        piece.number = piece.number * 10 + (text[end++] - '0');
      }
      piece.is_unknown = piece.number == 0;
    } else if (is_letter(text[i])) {
      while (end < text.size() && is_letter(text[end]))
        ++end;
      const std::string_view word = text.substr(i, end - i);
      piece.month = month_of(word);
      piece.is_unknown =
          word.size() <= 4 && std::ranges::all_of(word, [](char c) { return upper(c) == 'X'; });
      if (piece.month == 0 && !piece.is_unknown) return std::nullopt;
    } else {
      return std::nullopt;
    }
    pieces.list[pieces.size++] = piece;
    i = end;
  }
  return pieces;
}

/// Blank for our purpose: no date is meant.
bool is_empty(std::string_view text) {
  if (text.find_first_not_of("0/-. ") == std::string_view::npos) return true;
  return text == "N/A" || text == "n/a" || text == "NA" || text == "NULL" || text == "null";
}

bool is_masked(std::string_view text) {
  return text.find_first_not_of("#*Xx/-. ") == std::string_view::npos;
}

bool is_calendar_day(const PartialDate& date) {
  if (date.month > 12 || date.day > 31) return false;
  if (date.month == 0) return date.day == 0;
  if (date.day == 0) return true;
  return std::chrono::year_month_day(std::chrono::year(date.year), std::chrono::month(date.month),
                                     std::chrono::day(date.day))
      .ok();
}

class DateReader {
 public:
  explicit DateReader(std::chrono::year_month_day today) : today_(today) {}

  /// False where the text is not of the format.
  bool read(std::string_view text, DateFormat format) {
    const std::optional<Pieces> pieces = cut(without_time(text));
    if (!pieces || pieces->size == 0) return false;
    const auto& [one, two, three] = pieces->list;
    if (pieces->size == 1) return read_one(one, format);
    if (pieces->size == 2) return read_month(one, two, format);
    if (format == DateFormat::month || format == DateFormat::year) return false;
    if (one.month > 0) return put(three, one, two);  // June 2, 1980
    if (two.month > 0)
      return one.digits == 4 ? put(one, two, three)   // 1980-JUN-02
                             : put(three, two, one);  // 02-JUN-1980
    if (one.digits == 4) return may_be(format, DateFormat::ymd) && put(one, two, three);
    if (format == DateFormat::dmy) return put(three, two, one);
    return may_be(format, DateFormat::mdy) && put(three, one, two);
  }
  PartialDate date() const { return date_; }

 private:
  static bool may_be(DateFormat format, DateFormat wanted) {
    return format == wanted || format == DateFormat::any;
  }

  bool read_one(const Piece& piece, DateFormat format) {
    if (piece.digits == 8) {
      if (format == DateFormat::month || format == DateFormat::year) return false;
      const int value = piece.number;
      // MMDDYYYY and DDMMYYYY without signs between are read where the layout says so.
      if (format == DateFormat::mdy)
        return set(value % 10'000, value / 1'000'000, value / 10'000 % 100);
      if (format == DateFormat::dmy)
        return set(value % 10'000, value / 10'000 % 100, value / 1'000'000);
      return set(value / 10'000, value / 100 % 100, value % 100);
    }
    if (piece.digits == 6 && format == DateFormat::month) {
      return set(piece.number / 100, piece.number % 100, 0);
    }
    if (piece.digits != 4 || format == DateFormat::month) return false;
    return set(piece.number, 0, 0);
  }

  bool read_month(const Piece& one, const Piece& two, DateFormat format) {
    if (!may_be(format, DateFormat::month)) return false;
    if (one.digits == 4) return put(one, two, {.is_unknown = true});
    if (two.digits == 4) return put(two, one, {.is_unknown = true});
    return false;
  }

  bool put(const Piece& year, const Piece& month, const Piece& day) {
    if (year.digits != 4 && year.digits != 2) return false;
    if (month.digits > 2 || day.digits > 2) return false;
    if (day.number < 0 && !day.is_unknown) return false;
    const int month_number = month.month > 0 ? month.month : std::max(month.number, 0);
    if (month.month == 0 && month.number < 0 && !month.is_unknown) return false;
    return set(year.digits == 2 ? whole_year(year.number, month_number, day.number) : year.number,
               month_number, std::max(day.number, 0));
  }

  /// The latest year that ends so and does not put the day after today.
  int whole_year(int two_digits, int month, int day) const {
    const int now = static_cast<int>(today_.year());
    int year = now - now % 100 + two_digits;
    const auto this_month = static_cast<int>(static_cast<unsigned>(today_.month()));
    const auto this_day = static_cast<int>(static_cast<unsigned>(today_.day()));
    const bool is_later = month > this_month || (month == this_month && day > this_day);
    if (year > now || (year == now && is_later)) year -= 100;
    return year;
  }

  bool set(int year, int month, int day) {
    if (year < 1 || year > 9999 || month > 12 || day > 31) return false;
    date_ = {static_cast<std::int16_t>(year), static_cast<std::uint8_t>(month),
             static_cast<std::uint8_t>(day)};
    // A day of no month says nothing.
    if (month == 0) date_.day = 0;
    return is_calendar_day(date_);
  }

  std::chrono::year_month_day today_;
  PartialDate date_;
};

DateFault fault_of(const PartialDate& date, std::chrono::year_month_day today) {
  const bool is_new_year = date.month == 1 && date.day == 1;
  if (date.year == 1800 || (date.year == 1900 && is_new_year)) return DateFault::filler;
  if (date.year == 9999) return DateFault::filler;
  const int now = static_cast<int>(today.year());
  if (date.year < now - kOldestYears) return DateFault::too_old;
  const PartialDate limit{static_cast<std::int16_t>(now),
                          static_cast<std::uint8_t>(static_cast<unsigned>(today.month())),
                          static_cast<std::uint8_t>(static_cast<unsigned>(today.day()))};
  return date > limit ? DateFault::future : DateFault::none;
}

}  // namespace

std::string partial_date_text(const PartialDate& date) {
  if (!date.is_known()) return {};
  if (!date.has_month()) return fmt::format("{:04}", date.year);
  if (!date.has_day()) return fmt::format("{:04}-{:02}", date.year, date.month);
  return fmt::format("{:04}-{:02}-{:02}", date.year, date.month, date.day);
}

bool may_be_same(const PartialDate& one, const PartialDate& other) {
  const auto agree = [](int a, int b) { return a == 0 || b == 0 || a == b; };
  return agree(one.year, other.year) && agree(one.month, other.month) && agree(one.day, other.day);
}

std::string_view to_string(DateFault fault) {
  constexpr std::array<std::string_view, 6> kNames = {"none",   "empty",  "unreadable",
                                                      "filler", "future", "too_old"};
  return kNames[static_cast<std::size_t>(fault)];
}

ReadDate read_date(std::string_view text, DateFormat format, std::chrono::year_month_day today) {
  text = trim(text);
  if (is_empty(text)) return {.fault = DateFault::empty};
  if (is_masked(text)) return {.fault = DateFault::filler};
  DateReader reader(today);
  if (!reader.read(text, format)) return {.fault = DateFault::unreadable};
  const DateFault fault = fault_of(reader.date(), today);
  if (fault != DateFault::none) return {.fault = fault};
  return {.date = reader.date()};
}

}  // namespace hustings::normalise
