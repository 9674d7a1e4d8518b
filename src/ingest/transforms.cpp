#include "ingest/transforms.h"

#include <array>
#include <chrono>

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

std::optional<std::int32_t> parse_date(std::string_view text, std::string_view format) {
  int year = -1;
  int month = -1;
  int day = -1;
  bool whole = false;
  if (format == "YYYY-MM-DD") {
    year = text.size() == 10 ? take_number(text, 4) : -1;
    whole = take(text, '-');
    month = take_number(text, 2);
    whole = whole && take(text, '-');
    day = take_number(text, 2);
  } else {
    month = take_number(text, 2);
    whole = take(text, '/');
    day = take_number(text, 2);
    whole = whole && take(text, '/');
    year = text.size() == 4 ? take_number(text, 4) : -1;
  }
  if (!whole || !text.empty() || year < 1000 || month < 1 || day < 1) return std::nullopt;
  const std::chrono::year_month_day date(std::chrono::year(year),
                                         std::chrono::month(static_cast<unsigned>(month)),
                                         std::chrono::day(static_cast<unsigned>(day)));
  if (!date.ok()) return std::nullopt;
  return static_cast<std::int32_t>(std::chrono::sys_days(date).time_since_epoch().count());
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
