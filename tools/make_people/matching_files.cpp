#include "make_people/matching_files.h"

#include <algorithm>
#include <array>
#include <numeric>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

namespace hustings::people {
namespace {

// Of all people: the share that is in each file, and the share that is in both.
constexpr double kInBoth = 0.70 / 1.30;
constexpr double kInOne = 0.30 / 1.30;
constexpr double kPeoplePerHousehold = 2.06;
constexpr std::uint32_t kHouseholdsPerZip = 5000;
constexpr std::uint32_t kStreetsPerZip = 220;
constexpr int kPeopleMax = 6;  // of a household
constexpr int kYoungest = 2008;

constexpr std::array<std::pair<std::string_view, std::string_view>, 40> kShortForms = {
    {{"ROBERT", "BOB"},        {"WILLIAM", "BILL"},   {"RICHARD", "DICK"},   {"JAMES", "JIM"},
     {"MICHAEL", "MIKE"},      {"THOMAS", "TOM"},     {"JOSEPH", "JOE"},     {"CHARLES", "CHUCK"},
     {"EDWARD", "ED"},         {"DANIEL", "DAN"},     {"DAVID", "DAVE"},     {"STEVEN", "STEVE"},
     {"KENNETH", "KEN"},       {"RONALD", "RON"},     {"DONALD", "DON"},     {"TIMOTHY", "TIM"},
     {"MATTHEW", "MATT"},      {"ANTHONY", "TONY"},   {"GREGORY", "GREG"},   {"JEFFREY", "JEFF"},
     {"BENJAMIN", "BEN"},      {"SAMUEL", "SAM"},     {"ANDREW", "ANDY"},    {"NICHOLAS", "NICK"},
     {"CHRISTOPHER", "CHRIS"}, {"ELIZABETH", "BETH"}, {"MARGARET", "PEGGY"}, {"KATHERINE", "KATE"},
     {"PATRICIA", "PATTY"},    {"DEBORAH", "DEBBIE"}, {"BARBARA", "BARB"},   {"JENNIFER", "JENNY"},
     {"SUSAN", "SUE"},         {"REBECCA", "BECKY"},  {"KIMBERLY", "KIM"},   {"PAMELA", "PAM"},
     {"CYNTHIA", "CINDY"},     {"DOROTHY", "DOT"},    {"JUDITH", "JUDY"},    {"JESSICA", "JESS"}}};

void set_birthday(MatchingRow& row, int year, Rng& rng) {
  row.year = year;
  row.month = rng.between(1, 12);
  row.day = rng.between(1, 28 + static_cast<int>(rng.below(3)));
  if (row.month == 2) row.day = std::min(row.day, 28);
}

void mistype(std::string& text, Rng& rng, char from, char to) {
  if (text.size() < 2) return;
  const auto letter = [&] { return static_cast<char>(rng.between(from, to)); };
  const std::size_t at = rng.below(static_cast<std::uint32_t>(text.size()));
  switch (rng.below(4)) {
    case 0:
      text[at] = letter();
      break;
    case 1:
      text.erase(at, 1);
      break;
    case 2:
      text.insert(at, 1, letter());
      break;
    default:
      if (at + 1 < text.size()) std::swap(text[at], text[at + 1]);
  }
}

void mistype_name(std::string& text, Rng& rng) { mistype(text, rng, 'A', 'Z'); }

void mistype_digits(std::string& text, Rng& rng) {
  if (text.empty()) return;
  const std::size_t at = rng.below(static_cast<std::uint32_t>(text.size()));
  text[at] = static_cast<char>('0' + rng.below(10));
}

void mistype_date(MatchingRow& row, Rng& rng) {
  switch (rng.below(5)) {
    case 0:
      row.year += rng.chance(0.5) ? 1 : -1;
      break;
    case 1:
      row.month = rng.between(1, 12);
      break;
    case 2:
      row.day = rng.between(1, 28);
      break;
    case 3:
      if (row.day <= 12) std::swap(row.month, row.day);
      break;
    default:
      row.year += rng.chance(0.5) ? 10 : -10;
  }
}

void shorten(std::string& first) {
  for (const auto& [full, short_form] : kShortForms) {
    if (first == full) {
      first = short_form;
      return;
    }
  }
}

std::string phone_owner_email(const MatchingRow& row, std::uint64_t person) {
  return fmt::format("{}.{}{}@example.org", row.first.substr(0, 1), row.last, person % 9973);
}

}  // namespace

struct MatchingFiles::Home {
  std::string house, street, unit, zip, city;
  std::uint64_t phone = 0;

  void move_in(MatchingRow& row) const {
    row.house = house;
    row.street = street;
    row.unit = unit;
    row.zip = zip;
    row.city = city;
  }
};

struct MatchingFiles::Family {
  Home home;
  Ancestry ancestry = Ancestry::white;
  std::vector<MatchingRow> people;
};

MatchingFiles::MatchingFiles(const MatchingSpec& spec)
    : spec_(spec),
      households_(static_cast<std::uint64_t>(static_cast<double>(spec.rows) / (kInBoth + kInOne) /
                                             kPeoplePerHousehold)),
      zips_(static_cast<std::uint32_t>(households_ / kHouseholdsPerZip + 1)) {}

MatchingFiles::Home MatchingFiles::home(Rng& rng) const {
  Home home;
  const std::uint32_t zip = rng.below(zips_);
  home.zip = fmt::format("{:05}", 27000 + zip * 7 % 70000);
  home.city = fmt::format("{}TOWN", static_cast<char>('A' + zip % 26));
  Address street;
  names_.append_street(mix(zip + 1), rng.below(kStreetsPerZip), street);
  home.street = std::string(street.view());
  const bool apartment = rng.chance(0.22);
  home.house = std::to_string(apartment ? rng.between(1, 4) * 100 : rng.between(1, 2400));
  if (apartment) home.unit = fmt::format("{}{}", rng.between(1, 40), rng.chance(0.5) ? "A" : "B");
  home.phone =
      (200 + rng.below(700)) * 10000000ULL + (220 + rng.below(690)) * 10000ULL + rng.below(10000);
  return home;
}

void MatchingFiles::add_children(Family& family, Rng& rng) const {
  constexpr std::array<double, 4> kChildren = {0.55, 0.27, 0.14, 0.04};
  const MatchingRow head = family.people.front();
  if (head.year > kYoungest - 20) return;
  const std::size_t children = rng.pick(kChildren);
  const bool twins = children >= 2 && rng.chance(0.04);
  int year = head.year + rng.between(20, 34);
  for (std::size_t i = 0; i < children && year <= kYoungest; ++i) {
    MatchingRow child;
    const bool is_twin = twins && i == 1;
    child.sex = rng.chance(0.5) ? 'F' : 'M';
    set_birthday(child, year, rng);
    if (is_twin) {
      const MatchingRow& other = family.people.back();
      child.month = other.month;
      child.day = other.day;
      if (rng.chance(0.66)) child.sex = other.sex;
    }
    const Sex sex = child.sex == 'F' ? Sex::woman : Sex::man;
    child.first = names_.first_name(rng, sex, family.ancestry, year).view();
    child.middle = names_.middle_name(rng, sex, family.ancestry, year).view();
    child.last = rng.chance(0.92) ? head.last : names_.surname(rng, family.ancestry).view();
    if (child.sex == 'M' && head.sex == 'M' && !is_twin && i == 0 && rng.chance(0.07)) {
      child.first = head.first;
      child.last = head.last;
      if (rng.chance(0.7)) child.middle = head.middle;
      child.suffix = "JR";
      if (rng.chance(0.3)) family.people.front().suffix = "SR";
    }
    family.people.push_back(std::move(child));
    if (!(twins && i == 0)) year += rng.between(1, 5);
  }
}

void MatchingFiles::grow(Family& family, Rng& rng) const {
  constexpr std::array<double, 5> kAncestry = {0.66, 0.20, 0.09, 0.04, 0.01};
  family.ancestry = static_cast<Ancestry>(rng.pick(kAncestry));
  MatchingRow head;
  head.sex = rng.chance(0.6) ? 'M' : 'F';
  set_birthday(head, rng.between(1932, 2004), rng);
  const auto name = [&](MatchingRow& row) {
    const Sex sex = row.sex == 'F' ? Sex::woman : Sex::man;
    row.first = names_.first_name(rng, sex, family.ancestry, row.year).view();
    row.middle = names_.middle_name(rng, sex, family.ancestry, row.year).view();
  };
  name(head);
  head.last = names_.surname(rng, family.ancestry).view();
  family.people.push_back(head);
  if (rng.chance(0.62)) {
    MatchingRow partner;
    partner.sex = rng.chance(0.94) ? (head.sex == 'M' ? 'F' : 'M') : head.sex;
    set_birthday(partner, std::clamp(head.year + rng.between(-6, 6), 1925, kYoungest), rng);
    name(partner);
    partner.last = rng.chance(0.82) ? head.last : names_.surname(rng, family.ancestry).view();
    family.people.push_back(std::move(partner));
  }
  add_children(family, rng);
}

// What a file knows of telephone, e-mail and middle name.
void MatchingFiles::leave_traces(MatchingRow& row, Rng& rng) const {
  row.email = phone_owner_email(row, row.person);
  if (rng.chance(0.15)) row.middle.clear();
}

MatchingFiles::Family MatchingFiles::family(std::uint64_t number) const {
  Rng rng(spec_.seed, number);
  Family family;
  family.home = home(rng);
  grow(family, rng);
  if (family.people.size() > kPeopleMax) family.people.resize(kPeopleMax);
  std::uint64_t place = 0;
  for (MatchingRow& row : family.people) {
    row.person = number * kPeopleMax + place++;
    family.home.move_in(row);
    const double kind = rng.unit();
    row.phone = kind < 0.55 ? family.home.phone : kind < 0.85 ? home(rng).phone : 0;
    leave_traces(row, rng);
  }
  return family;
}

// What time does to a person.
void MatchingFiles::change_person(MatchingRow& row, Rng& rng, bool moved) const {
  const bool marries = row.sex == 'F' && row.year > 1975 && row.year < 2006 && rng.chance(0.022);
  if (marries) {
    const std::string other(names_.surname(rng, Ancestry::white).view());
    row.last = rng.chance(0.2) ? row.last + "-" + other : other;
  }
  if (moved || (marries && rng.chance(0.5)) || rng.chance(0.05)) {
    const Home next = home(rng);
    if (!moved) next.move_in(row);
    if (rng.chance(0.35)) row.phone = next.phone;
  } else if (rng.chance(0.08)) {
    row.phone = home(rng).phone;
  }
  const bool signs_up = spec_.scenario == Scenario::signup;
  if (rng.chance(signs_up ? 0.25 : 0.04)) shorten(row.first);
  if (rng.chance(0.002)) std::swap(row.first, row.last);
  if (row.middle.size() > 1 && rng.chance(0.25)) row.middle.resize(1);
  if (rng.chance(0.25)) row.suffix.clear();
}

void MatchingFiles::misspell(MatchingRow& row, Rng& rng, double rate) const {
  if (rng.chance(rate)) mistype_name(row.first, rng);
  if (rng.chance(rate)) mistype_name(row.last, rng);
  if (rng.chance(rate / 2)) mistype_date(row, rng);
  if (rng.chance(rate)) mistype_name(row.street, rng);
  if (rng.chance(rate / 2)) mistype_digits(row.house, rng);
  if (rng.chance(rate / 4)) mistype_digits(row.zip, rng);
  if (row.phone != 0 && rng.chance(rate / 2)) row.phone += 1 + rng.below(8);
  if (!row.unit.empty() && rng.chance(rate * 5)) row.unit.clear();
}

void MatchingFiles::grow_apart(Family& family, Rng& rng) const {
  const bool all_move = rng.chance(0.06);
  const Home next = home(rng);
  const std::uint64_t shared = family.home.phone;
  for (MatchingRow& row : family.people) {
    if (all_move) {
      next.move_in(row);
      if (row.phone == shared && rng.chance(0.3)) row.phone = next.phone;
    }
    change_person(row, rng, all_move);
  }
}

// What the scenario's files do not hold.
void MatchingFiles::hide(MatchingRow& row, Rng& rng) const {
  const bool signs_up = spec_.scenario == Scenario::signup;
  if (spec_.scenario == Scenario::birth_year) row.month = row.day = 0;
  if (!signs_up) {
    if (rng.chance(0.88)) row.email.clear();
    if (rng.chance(0.30)) row.phone = 0;
    return;
  }
  if (rng.chance(0.70)) row.year = row.month = row.day = 0;
  if (rng.chance(0.80)) row.middle.clear();
  if (rng.chance(0.80)) row.suffix.clear();
  if (rng.chance(0.15)) row.email.clear();
  if (rng.chance(0.15)) row.phone = 0;
  if (rng.chance(0.04)) row.house = row.street = row.unit = "";
}

bool MatchingFiles::is_in(std::uint64_t person, bool right) const {
  const double at = unit_of(mix(spec_.seed ^ mix(person + 77)));
  if (at < kInBoth) return true;
  return right == (at < kInBoth + kInOne);
}

void MatchingFiles::each_left(const Visit& visit) const {
  for (std::uint64_t number = 0; number < households_; ++number) {
    Family people = family(number);
    Rng rng(mix(spec_.seed + 1), number);
    for (MatchingRow& row : people.people) {
      if (!is_in(row.person, false)) continue;
      misspell(row, rng, 0.004);
      if (spec_.scenario == Scenario::birth_year) row.month = row.day = 0;
      if (rng.chance(0.80)) row.email.clear();
      if (rng.chance(0.25)) row.phone = 0;
      visit(row);
    }
  }
}

void MatchingFiles::each_right(const Visit& visit) const {
  std::uint64_t step = households_ * 5 / 8 + 1;
  while (std::gcd(step, households_) != 1)
    ++step;
  const double rate = spec_.scenario == Scenario::signup ? 0.025 : 0.01;
  for (std::uint64_t i = 0; i < households_; ++i) {
    const std::uint64_t number = i * step % households_;
    Family people = family(number);
    Rng rng(mix(spec_.seed + 2), number);
    grow_apart(people, rng);
    for (MatchingRow& row : people.people) {
      if (!is_in(row.person, true)) continue;
      misspell(row, rng, rate);
      hide(row, rng);
      visit(row);
    }
  }
}

std::string MatchingFiles::csv_header() {
  return "person,first_name,middle_name,last_name,suffix,sex,birth_year,birth_month,birth_day,"
         "house_number,street,unit,zip,city,phone,email\n";
}

void MatchingFiles::append_csv(const MatchingRow& row, std::string& out) {
  const auto number = [](std::uint64_t value) {
    return value == 0 ? std::string() : std::to_string(value);
  };
  const auto small = [&](int value) { return number(static_cast<std::uint64_t>(value)); };
  out += fmt::format("{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{}\n", row.person, row.first,
                     row.middle, row.last, row.suffix, row.sex, small(row.year), small(row.month),
                     small(row.day), row.house, row.street, row.unit, row.zip, row.city,
                     number(row.phone), row.email);
}

}  // namespace hustings::people
