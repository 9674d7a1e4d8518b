#include "cli/link/people_of.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "cli/link/birth_reading.h"
#include "linkage/person_parts.h"
#include "model/phone.h"
#include "normalise/address.h"
#include "normalise/fold.h"
#include "normalise/person_name.h"

namespace hustings::cli {
namespace {

using linkage::BirthDate;
using linkage::Generation;
using linkage::Person;

/// Capitals, with one blank or hyphen between words; apostrophes and points are left out.
void clean_words(std::string_view text, std::string& out) {
  std::string folded;
  normalise::fold_to(text, folded);
  out.clear();
  for (const char c : folded) {
    const bool is_word = (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    const bool is_gap = c == ' ' || c == '-' || c == ',' || c == '/' || c == '&';
    if (is_word) out += c;
    if (is_gap && !out.empty() && out.back() != ' ' && out.back() != '-')
      out += c == '-' ? '-' : ' ';
  }
  while (!out.empty() && (out.back() == ' ' || out.back() == '-'))
    out.pop_back();
}

Generation generation_of(std::string_view text) {
  return linkage::generation_of(normalise::generation_of(text));
}

/// A number of any country as its digits; nothing for fillers and for what is too short.
std::uint64_t phone_of(std::string_view text) {
  constexpr std::size_t kDigitsMin = 6;
  if (const auto number = parse_phone(text)) return static_cast<std::uint64_t>(*number);
  std::string digits;
  for (const char c : text) {
    if (c >= '0' && c <= '9') digits += c;
  }
  if (digits.size() < kDigitsMin || digits.size() > 15) return 0;
  if (digits.find_first_not_of(digits.front()) == std::string::npos) return 0;
  return static_cast<std::uint64_t>(parse_int(digits).value_or(0));
}

/// Takes the last word of a name if it is a suffix: SMITH JR.
void take_suffix(std::string& last, Generation& generation) {
  const std::size_t at = last.rfind(' ');
  if (at == std::string::npos || generation != Generation::none) return;
  generation = generation_of(std::string_view(last).substr(at + 1));
  if (generation != Generation::none) last.resize(at);
}

class RowReader {
 public:
  RowReader(const CsvTable& table, const ColumnRoles& roles, int this_year)
      : table_(table), this_year_(this_year) {
    for (std::size_t role = 0; role < columns_.size(); ++role)
      columns_[role] = roles.find(static_cast<Role>(role));
    if (const auto column = columns_[static_cast<std::size_t>(Role::birth_date)]) {
      std::vector<std::string_view> dates;
      for (std::size_t row = 0; row < table.rows(); ++row)
        dates.push_back(table.cell(row, *column));
      order_ = order_of(dates);
    }
  }

  /// The views stay good until the next call.
  Person read(std::size_t row) {
    row_ = row;
    Person person;
    person.generation = generation_of(cell(Role::suffix));
    read_name(person);
    person.sex = linkage::sex_of(cell(Role::sex));
    person.birth = birth();
    read_address(person);
    person.phone = phone_of(cell(Role::phone));
    email_ = to_upper(cell(Role::email));
    person.email = email_;
    return person;
  }

 private:
  std::string_view cell(Role role) const {
    const auto column = columns_[static_cast<std::size_t>(role)];
    if (!column) return {};
    const std::string_view text = table_.cell(row_, *column);
    return is_null(text) ? std::string_view() : text;
  }

  void read_name(Person& person) {
    std::string_view first = cell(Role::first);
    std::string_view middle = cell(Role::middle);
    std::string_view last = cell(Role::last);
    if (first.empty() && last.empty()) split_full_name(first, middle, last);
    if (middle.empty()) middle = cell(Role::second_first);
    clean_words(first, first_);
    clean_words(middle, middle_);
    clean_words(last, last_);
    take_suffix(last_, person.generation);
    if (const std::string_view second = cell(Role::second_last); !second.empty()) {
      std::string more;
      clean_words(second, more);
      if (!more.empty()) last_ += (last_.empty() ? "" : "-") + more;
    }
    person.first = first_;
    person.middle = middle_;
    person.last = last_;
  }

  /// "LAST, FIRST MIDDLE" or "FIRST MIDDLE LAST".
  void split_full_name(std::string_view& first, std::string_view& middle,
                       std::string_view& last) const {
    const std::string_view full = cell(Role::full_name);
    if (full.empty()) return;
    std::string_view given = full;
    if (const std::size_t comma = full.find(','); comma != std::string_view::npos) {
      last = trim(full.substr(0, comma));
      given = trim(full.substr(comma + 1));
    } else if (const std::size_t blank = full.rfind(' '); blank != std::string_view::npos) {
      std::size_t from = blank + 1;
      // JOHN SMITH JR: the suffix stays with the last name, which gives it up later.
      if (generation_of(full.substr(from)) != Generation::none) {
        const std::size_t before = full.rfind(' ', blank - 1);
        if (before != std::string_view::npos) from = before + 1;
      }
      last = full.substr(from);
      given = trim(full.substr(0, from));
    }
    const std::size_t blank = given.find(' ');
    first = given.substr(0, blank);
    if (blank != std::string_view::npos) middle = trim(given.substr(blank));
  }

  BirthDate birth() const {
    if (const std::string_view date = cell(Role::birth_date); !date.empty()) {
      return read_birth(date, order_, this_year_);
    }
    const auto part = [&](Role role) {
      const auto number = parse_double(cell(role));  // 7 as well as 7.0
      return number && *number > 0 && *number < 4096 ? static_cast<unsigned>(*number) : 0U;
    };
    const unsigned month = part(Role::birth_month);
    const unsigned day = part(Role::birth_day);
    return {.year = static_cast<std::uint16_t>(part(Role::birth_year)),
            .month = static_cast<std::uint8_t>(month <= 12 ? month : 0),
            .day = static_cast<std::uint8_t>(day <= 31 ? day : 0)};
  }

  void read_address(Person& person) {
    if (const std::string_view line = cell(Role::address); !line.empty()) {
      normalise::parse_address_to(line, cell(Role::unit), address_);
    } else {
      address_ = normalise::parse_address(
          {.house = cell(Role::house), .street = cell(Role::street), .unit = cell(Role::unit)});
    }
    linkage::street_to(address_, street_);
    person.house = linkage::house_of(address_);
    person.street = street_;
    person.unit = address_.unit;
    clean_words(cell(Role::zip), zip_);
    // The plus-four of a ZIP tells houses apart, not people.
    if (zip_.size() > 5 && parse_int(std::string_view(zip_).substr(0, 5))) zip_.resize(5);
    person.zip = zip_;
    clean_words(cell(Role::city), city_);
    person.city = city_;
  }

  const CsvTable& table_;
  const int this_year_;
  std::array<std::optional<std::size_t>, static_cast<std::size_t>(Role::text)> columns_;
  DateOrder order_ = DateOrder::month_first;
  std::size_t row_ = 0;
  std::string first_, middle_, last_, email_, street_, zip_, city_;
  normalise::Address address_;
};

linkage::ExtraKind kind_of(Role role) {
  if (role == Role::number) return linkage::ExtraKind::number;
  return role == Role::exact ? linkage::ExtraKind::exact : linkage::ExtraKind::text;
}

}  // namespace

ExtraColumns common_extras(const std::vector<const CsvTable*>& tables,
                           const std::vector<ColumnRoles>& roles) {
  ExtraColumns extras;
  extras.columns.resize(tables.size());
  for (const std::size_t column : roles.front().extras()) {
    const std::string& name = tables.front()->columns()[column];
    std::vector<std::size_t> places = {column};
    for (std::size_t file = 1; file < tables.size(); ++file) {
      const auto of_file = roles[file].extras();
      const auto same = std::find_if(of_file.begin(), of_file.end(), [&](std::size_t other) {
        return to_lower(tables[file]->columns()[other]) == to_lower(name);
      });
      if (same != of_file.end()) places.push_back(*same);
    }
    if (places.size() != tables.size()) continue;
    if (extras.names.size() == linkage::Records::kExtrasMax) {
      extras.left_out.push_back(name);
      continue;
    }
    extras.names.push_back(name);
    extras.kinds.push_back(kind_of(roles.front().roles[column]));
    for (std::size_t file = 0; file < tables.size(); ++file)
      extras.columns[file].push_back(places[file]);
  }
  return extras;
}

linkage::Records people_of(const CsvTable& table, const ColumnRoles& roles,
                           const ExtraColumns& extras, std::size_t file, linkage::Words& words,
                           int this_year) {
  linkage::Records records(words, extras.kinds);
  records.reserve(table.rows());
  RowReader reader(table, roles, this_year);
  std::vector<std::string> cells(extras.names.size());
  std::vector<std::string_view> views(extras.names.size());
  for (std::size_t row = 0; row < table.rows(); ++row) {
    Person person = reader.read(row);
    for (std::size_t i = 0; i < cells.size(); ++i) {
      const std::string_view cell = table.cell(row, extras.columns[file][i]);
      const bool is_number = extras.kinds[i] == linkage::ExtraKind::number;
      cells[i].clear();
      if (!is_null(cell)) {
        if (is_number) {
          cells[i] = cell;
        } else {
          clean_words(cell, cells[i]);
        }
      }
      views[i] = cells[i];
    }
    person.extras = views;
    records.append(person);
  }
  return records;
}

}  // namespace hustings::cli
