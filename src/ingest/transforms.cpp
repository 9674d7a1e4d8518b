#include "ingest/transforms.h"

#include <algorithm>
#include <array>
#include <chrono>

#include "base/text.h"
#include "normalise/partial_date.h"
#include "registry/person_name.h"

namespace hustings::ingest {
namespace {

constexpr bool is_blank(char c) { return c == ' ' || c == '\t'; }
constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool all_digits(std::string_view text) {
  for (const char c : text) {
    if (!is_digit(c)) return false;
  }
  return !text.empty();
}

/// Reads up to `most` digits from the front of `text`; -1 if there are none.
int take_number(std::string_view& text, std::size_t most) {
  int value = 0;
  std::size_t count = 0;
  while (count < most && count < text.size() && is_digit(text[count])) {
    value = value * 10 + (text[count++] - '0');
  }
  text.remove_prefix(count);
  return count == 0 ? -1 : value;
}

bool take(std::string_view& text, char c) {
  if (text.empty() || text.front() != c) return false;
  text.remove_prefix(1);
  return true;
}

}  // namespace

std::string_view clean(std::string_view text, Arena& arena) {
  while (!text.empty() && is_blank(text.back()))
    text.remove_suffix(1);
  while (!text.empty() && is_blank(text.front()))
    text.remove_prefix(1);
  bool blank = false;
  std::size_t at = 0;
  for (; at < text.size(); ++at) {
    const bool now = is_blank(text[at]);
    if (now && blank) break;
    blank = now;
  }
  if (at == text.size()) return text;
  char* out = arena.take(text.size());
  std::memcpy(out, text.data(), at);
  std::size_t size = at;
  for (; at < text.size(); ++at) {
    const bool now = is_blank(text[at]);
    if (now && blank) continue;
    out[size++] = now ? ' ' : text[at];
    blank = now;
  }
  arena.give_back(text.size() - size);
  return {out, size};
}

std::string_view upper(std::string_view text, Arena& arena) {
  bool is_upper = true;
  for (const char c : text)
    is_upper = is_upper && c >= 0 && (c < 'a' || c > 'z');
  if (is_upper) return text;
  char* out = arena.take(text.size());
  registry::upper_name_to(text, out);
  return {out, text.size()};
}

bool is_wide_date_format(std::string_view format) {
  return std::find(kWideDateFormats.begin(), kWideDateFormats.end(), format) !=
         kWideDateFormats.end();
}

bool is_date_format(std::string_view format) {
  return is_wide_date_format(format) ||
         std::find(kDateFormats.begin(), kDateFormats.end(), format) != kDateFormats.end();
}

bool read_wide_date(std::string_view text, const WideDate& as, std::optional<WrittenDate>& out) {
  using normalise::DateFault;
  const auto format = as.format == "any" ? normalise::DateFormat::any : normalise::DateFormat::dmy;
  const auto read = normalise::read_date(text, format, std::chrono::year_month_day(as.today));
  if (read.fault == DateFault::unreadable) return false;
  out.reset();
  if (read.fault == DateFault::none) out = {read.date.year, read.date.month, read.date.day};
  return true;
}

std::optional<WrittenDate> read_date(std::string_view text, std::string_view format) {
  if (format.size() < text.size()) text = text.substr(0, text.find(' '));
  WrittenDate out;
  bool whole = true;
  for (std::size_t at = 0; at < format.size();) {
    const std::size_t end = std::min(format.find_first_not_of(format[at], at), format.size());
    const std::size_t width = end - at;
    if (format[at] == '/' || format[at] == '-') {
      whole = whole && take(text, format[at]);
    } else {
      const std::size_t before = text.size();
      const int number = take_number(text, width);
      const bool exact = before - text.size() == width;
      const bool is_year = format[at] == 'Y';
      const bool separated = format.find_first_of("/-") != std::string_view::npos;
      whole = whole && number >= 0 && (exact || (separated && !is_year));
      (is_year ? out.year : format[at] == 'M' ? out.month : out.day) = number;
    }
    at = end;
  }
  if (!whole || !text.empty() || out.year < 1000 || out.month > 12) return std::nullopt;
  if (out.month == 0) return out.day == 0 ? std::optional(out) : std::nullopt;
  const std::chrono::year_month_day date(
      std::chrono::year(out.year), std::chrono::month(static_cast<unsigned>(out.month)),
      std::chrono::day(static_cast<unsigned>(out.day == 0 ? 1 : out.day)));
  return date.ok() ? std::optional(out) : std::nullopt;
}

std::int32_t days_of(const WrittenDate& date) {
  const std::chrono::year_month_day day(std::chrono::year(date.year),
                                        std::chrono::month(static_cast<unsigned>(date.month)),
                                        std::chrono::day(static_cast<unsigned>(date.day)));
  return static_cast<std::int32_t>(std::chrono::sys_days(day).time_since_epoch().count());
}

std::optional<std::int32_t> parse_date(std::string_view text, std::string_view format) {
  const auto read = read_date(text, format);
  if (!read || read->month == 0 || read->day == 0) return std::nullopt;
  return days_of(*read);
}

namespace {

/// The text without the characters that `drop` names.
template <class Drop>
std::string_view without(std::string_view text, Arena& arena, const Drop& drop) {
  char* const begin = arena.take(text.size());
  char* const end = std::remove_copy_if(text.begin(), text.end(), begin, drop);
  return {begin, static_cast<std::size_t>(end - begin)};
}

}  // namespace

std::string_view taken(Take take, std::string_view text, Arena& arena) {
  const auto comma = text.find(',');
  const auto first_blank = text.find(' ');
  const auto last_blank = text.rfind(' ');
  switch (take) {
    case Take::whole:
      return text;
    case Take::before_comma:
      return trim(text.substr(0, comma));
    case Take::after_comma:
      return comma == std::string_view::npos ? "" : trim(text.substr(comma + 1));
    case Take::first_word:
      return text.substr(0, first_blank);
    case Take::last_word:
      return last_blank == std::string_view::npos ? text : text.substr(last_blank + 1);
    case Take::without_digits:
      return clean(without(text, arena, is_digit), arena);
    case Take::digits:
      return without(text, arena, [](char c) { return !is_digit(c); });
    case Take::without_leading_zeros: {
      const auto begin = text.find_first_not_of('0');
      return begin == std::string_view::npos ? text.substr(0, text.empty() ? 0 : 1)
                                             : text.substr(begin);
    }
  }
  return text;
}

std::optional<Zip> parse_zip(std::string_view text) {
  Zip out;
  if (text.size() == 10 && text[5] == '-') {
    out = {text.substr(0, 5), text.substr(6)};
  } else if (text.size() == 9) {
    out = {text.substr(0, 5), text.substr(5)};
  } else if (text.size() == 5) {
    out = {text, ""};
  } else {
    return std::nullopt;
  }
  if (!all_digits(out.five) || out.five == "00000" || out.five == "99999") return std::nullopt;
  if (!out.four.empty() && !all_digits(out.four)) return std::nullopt;
  if (out.four == "0000") out.four = "";
  return out;
}

SplitName split_suffix(std::string_view last_name) {
  constexpr std::array<std::string_view, 7> kSuffixes = {"JR", "SR",  "II", "III",
                                                         "IV", "JR.", "SR."};
  const auto blank = last_name.rfind(' ');
  if (blank == std::string_view::npos || last_name.size() - blank > 4) return {last_name, ""};
  const std::string_view end = last_name.substr(blank + 1);
  for (const std::string_view suffix : kSuffixes) {
    if (end != suffix) continue;
    std::string_view name = last_name.substr(0, blank);
    if (name.ends_with(',')) name.remove_suffix(1);
    return {name, end.ends_with('.') ? end.substr(0, end.size() - 1) : end};
  }
  return {last_name, ""};
}

}  // namespace hustings::ingest
