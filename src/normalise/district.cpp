#include "normalise/district.h"

#include <algorithm>
#include <array>

#include "normalise/detail/county_table.h"
#include "normalise/detail/word_index.h"
#include "normalise/fold.h"

namespace hustings::normalise {
namespace {

constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }
constexpr bool is_letter(char c) { return c >= 'A' && c <= 'Z'; }
constexpr char lower(char c) { return is_letter(c) ? static_cast<char>(c + 32) : c; }

template <std::size_t Size>
constexpr bool is_in(const std::array<std::string_view, Size>& list, std::string_view word) {
  return std::ranges::find(list, word) != list.end();
}

/// One seat in the House: the district is the state. Since the apportionment of 2020.
constexpr std::array<std::string_view, 12> kOneSeat = {"AK", "DE", "ND", "SD", "VT", "WY",
                                                       "DC", "AS", "GU", "MP", "PR", "VI"};
constexpr std::array<std::string_view, 5> kTerritories = {"AS", "GU", "MP", "PR", "VI"};
/// Their legislative districts have names ("1st Suffolk", "Addison-1", "Belknap 3").
constexpr std::array<std::string_view, 3> kNamed = {"MA", "NH", "VT"};
/// What stands around a district's number or name and is no part of it.
constexpr std::array<std::string_view, 21> kAround = {
    "ASSEMBLY", "CD",           "CONG",           "CONGRESS",    "CONGRESSIONAL",
    "COUNTY",   "COMMISSIONER", "COUNCIL",        "DIST",        "DISTRICT",
    "HD",       "HOUSE",        "JUDICIAL",       "LEGISLATIVE", "PCT",
    "PRECINCT", "REP",          "REPRESENTATIVE", "SENATE",      "STATE",
    "WARD"};

/// Lower case; full stops dropped, blanks as "_", hyphens kept, anything else "~".
void append_slug(std::string_view folded_name, std::string& out) {
  const std::size_t begin = out.size();
  for (const char c : folded_name) {
    if (is_letter(c) || is_digit(c) || c == '-') {
      out += lower(c);
    } else if (c == ' ' || c == '_') {
      if (out.size() > begin && out.back() != '_') out += '_';
    } else if (c != '.') {
      out += '~';
    }
  }
  while (out.size() > begin && out.back() == '_')
    out.pop_back();
}

/// Letters only, SAINT as ST; the same as countyKey in tools/embed_normalise.mjs.
std::string county_key(std::string_view state, std::string_view folded_name) {
  std::string key(state);
  for (const char c : folded_name) {
    if (is_letter(c)) key += c;
  }
  if (std::string_view(key).substr(2).starts_with("SAINT")) key.erase(3, 3);
  return key;
}

const detail::CountyRow* find_county(std::string_view state, std::string_view folded_name) {
  const auto find = [](std::string_view key) {
    return detail::find_row(detail::county_slots(), detail::county_rows(), key);
  };
  std::string key = county_key(state, folded_name);
  if (key.size() == 2) return nullptr;
  if (const auto* row = find(key)) return row;
  for (const std::string_view end :
       {"COUNTY", "PARISH", "CITYANDBOROUGH", "BOROUGH", "CENSUSAREA", "MUNICIPALITY"}) {
    if (!key.ends_with(end)) continue;
    key.erase(key.size() - end.size());
    return find(key);
  }
  return nullptr;
}

/// "county:wake", "parish:orleans", "place:baltimore"; empty without a name.
void append_county(std::string_view state, std::string_view county, std::string& out) {
  std::string name = folded(county);
  if (const auto* row = find_county(state, name)) {
    ((out += row->type) += ':') += row->slug;
    return;
  }
  constexpr std::string_view kWord = " COUNTY";
  if (name.ends_with(kWord)) name.erase(name.size() - kWord.size());
  std::string slug;
  append_slug(name, slug);
  if (slug.empty()) return;
  const std::string_view type = state == "LA" ? "parish:" : state == "AK" ? "borough:" : "county:";
  (out += type) += slug;
}

/// Words of letters and digits.
template <class Take>
void each_word(std::string_view text, const Take& take) {
  for (std::size_t i = 0; i < text.size();) {
    std::size_t end = i;
    while (end < text.size() && (is_letter(text[end]) || is_digit(text[end])))
      ++end;
    if (end > i) take(text.substr(i, end - i));
    i = std::max(end, i + 1);
  }
}

/// "034" is "34", "2ND" "2", "HD27B" "27b"; empty where the word has no number but zero.
std::string number_in(std::string_view word) {
  const std::size_t digits = std::min(word.find_first_of("0123456789"), word.size());
  std::string_view rest = word.substr(digits);
  const std::size_t end = std::min(rest.find_first_not_of("0123456789"), rest.size());
  const std::string_view tail = rest.substr(end);
  const bool is_ordinal = tail == "ST" || tail == "ND" || tail == "RD" || tail == "TH";
  const std::size_t zeros = std::min(rest.find_first_not_of('0'), end);
  if (zeros == end) return {};
  std::string number(rest.substr(zeros, end - zeros));
  if (!is_ordinal) {
    for (const char c : tail)
      number += lower(c);
  }
  return number;
}

/// The words that are neither blank nor around a district's name, as a slug: "1st_suffolk".
std::string named_code(std::string_view folded_code) {
  std::string kept;
  each_word(folded_code, [&](std::string_view word) {
    if (is_in(kAround, word) || state_code(word) == word) return;
    if (!kept.empty()) kept += ' ';
    kept += word;
  });
  std::string slug;
  append_slug(kept, slug);
  return slug;
}

bool has_letters(std::string_view text) { return std::ranges::any_of(text, is_letter); }

void append_legislative(std::string_view state, std::string_view type, std::string_view code,
                        std::string& out) {
  const std::string folded_code = folded(code);
  std::string number = district_code(code);
  if (is_in(kNamed, state)) {
    const std::string name = named_code(folded_code);
    if (has_letters(folded_code) && name.find_first_not_of("0123456789") != std::string::npos) {
      number = name;
    }
  }
  if (!number.empty()) (((out += '/') += type) += ':') += number;
}

/// "01-01", "B", "H.02": as it is, without the words around it.
std::string plain_code(std::string_view code) {
  const std::string text = folded(code);
  std::string_view rest = text;
  while (rest.starts_with(' '))
    rest.remove_prefix(1);
  for (const std::string_view word : {"WARD ", "PRECINCT ", "PCT ", "DISTRICT ", "DIST "}) {
    if (rest.starts_with(word)) rest.remove_prefix(word.size());
  }
  std::string slug;
  append_slug(rest, slug);
  return slug;
}

/// Adds "/type:code"; false, and nothing, where there is no code.
bool append_part(std::string_view type, std::string_view code, std::string& out) {
  if (code.empty()) return false;
  (((out += '/') += type) += ':') += code;
  return true;
}

/// Adds the county or place that a division lies in; false where it is not known.
bool append_parent(const DistrictPlace& where, std::string_view state, bool in_place,
                   std::string& out) {
  if (in_place) return append_part("place", place_slug(where.place), out);
  const std::size_t before = out.size();
  out += '/';
  append_county(state, where.county, out);
  return out.size() > before + 1;
}

bool append_kind(const DistrictPlace& where, std::string_view state, DistrictKind kind,
                 std::string_view code, std::string& out) {
  const std::size_t before = out.size();
  switch (kind) {
    case DistrictKind::state:
      return true;
    case DistrictKind::county:
      return append_parent({.state = where.state, .county = code.empty() ? where.county : code},
                           state, false, out);
    case DistrictKind::congressional:
      if (is_in(kOneSeat, state)) return code.find_first_not_of(" \t") != std::string_view::npos;
      return append_part("cd", district_code(code), out);
    case DistrictKind::state_senate:
    case DistrictKind::state_house: {
      const bool is_upper = kind == DistrictKind::state_senate || state == "NE";
      append_legislative(state, is_upper ? "sldu" : "sldl", code, out);
      return out.size() > before;
    }
    case DistrictKind::place:
      return append_part("place", place_slug(code.empty() ? where.place : code), out);
    case DistrictKind::school:
      return append_part("school_district", place_slug(code), out);
    case DistrictKind::county_commission:
      return append_parent(where, state, false, out) &&
             append_part("council_district", district_code(code), out);
    case DistrictKind::ward:
      return append_parent(where, state, true, out) && append_part("ward", plain_code(code), out);
    case DistrictKind::precinct:
      return append_parent(where, state, false, out) &&
             append_part("precinct", plain_code(code), out);
    case DistrictKind::judicial:
      return append_part("judicial_district", district_code(code), out);
  }
  return false;
}

}  // namespace

std::string district_code(std::string_view code) {
  const std::string text = folded(code);
  std::string found;
  each_word(text, [&](std::string_view word) {
    if (found.empty()) found = number_in(word);
  });
  if (!found.empty()) return found;
  const bool has_digits = std::ranges::any_of(text, is_digit);
  return has_digits ? std::string() : named_code(text);
}

std::string county_slug(std::string_view state, std::string_view county) {
  std::string out;
  append_county(state_code(state), county, out);
  return out.empty() ? out : out.substr(out.find(':') + 1);
}

std::string place_slug(std::string_view place) {
  const std::string name = folded(place);
  std::string_view rest = name;
  while (rest.starts_with(' '))
    rest.remove_prefix(1);
  for (const std::string_view word :
       {"CITY OF ", "TOWN OF ", "VILLAGE OF ", "BOROUGH OF ", "TOWNSHIP OF "}) {
    if (rest.starts_with(word)) {
      rest.remove_prefix(word.size());
      break;
    }
  }
  std::string slug;
  append_slug(rest, slug);
  return slug;
}

void ocd_division_to(const DistrictPlace& where, DistrictKind kind, std::string_view code,
                     std::string& out) {
  out.clear();
  const std::string_view state = state_code(where.state);
  if (state.empty()) return;
  out = "ocd-division/country:us/";
  out += state == "DC" ? "district:" : is_in(kTerritories, state) ? "territory:" : "state:";
  out += lower(state[0]);
  out += lower(state[1]);
  if (!append_kind(where, state, kind, code, out)) out.clear();
}

std::string ocd_division(const DistrictPlace& where, DistrictKind kind, std::string_view code) {
  std::string out;
  ocd_division_to(where, kind, code, out);
  return out;
}

}  // namespace hustings::normalise
