#include "make_people/quirks.h"

#include <algorithm>
#include <array>

namespace hustings::people {
namespace {

// A quirk's scaled rate never exceeds this, so that they do not crowd each other out.
constexpr double kRateMax = 0.15;
// In the real file one county, number 26, has half of all ##/##/####.
constexpr std::string_view kCountyOfHashes = "CUMBERLAND";

double scaled(double rate, double scale) { return std::min(rate * scale, kRateMax); }

using Change = void (*)(Rng& rng, Person& person);
struct RareQuirk {
  double rate;  // near that of the real file where it is known; else at most one in a thousand
  Change change;
};

void suffix_into_last_name(Rng& rng, Person& person) {
  if (person.sex != Sex::man || person.last.size() > 20) return;
  person.last.append(rng.chance(0.8) ? " JR" : " SR");
  person.suffix = {};
}

void no_middle_name(Rng&, Person& person) {
  person.middle.clear();
  person.middle.append("NMN");
}

std::string_view some_nickname(Rng& rng, Sex sex) {
  constexpr std::array<std::string_view, 8> kMen = {"BUD", "RED",  "SKIP", "BUBBA",
                                                    "TJ",  "MACK", "BO",   "CHIP"};
  constexpr std::array<std::string_view, 8> kWomen = {"SISSY", "DEE", "KAT", "PEG",
                                                      "MIMI",  "BEA", "TT",  "LIBBY"};
  return sex == Sex::man ? kMen[rng.below(8)] : kWomen[rng.below(8)];
}

void nickname(Rng& rng, Person& person, char open, char close) {
  if (person.first.size() > 11) return;  // all of it has to fit, or a bracket stays open
  person.first.push(' ');
  person.first.push(open);
  person.first.append(some_nickname(rng, person.sex));
  person.first.push(close);
}

void nickname_quoted(Rng& rng, Person& person) { nickname(rng, person, '"', '"'); }
void nickname_bracketed(Rng& rng, Person& person) { nickname(rng, person, '(', ')'); }

void digit_for_letter(Rng&, Person& person) {
  for (std::size_t i = 0; i < person.last.size(); ++i) {
    char& letter = person.last[i];
    if (letter != 'O' && letter != 'I') continue;
    letter = letter == 'O' ? '0' : '1';
    return;
  }
}

void apostrophe_for_accent(Rng&, Person& person) {
  if (person.first.size() < 20 && person.first.view().ends_with('E')) person.first.push('\'');
}

void lower_case_particle(Rng&, Person& person) {
  if (person.last.view().starts_with("MC") && person.last.size() > 4) person.last[1] = 'c';
}

void missing_first_name(Rng&, Person& person) { person.first.clear(); }

void honorific(Rng& rng, Person& person) {
  constexpr std::array<std::string_view, 6> kHonorifics = {"DR", "REV", "MRS", "MS", "PHD", "HON"};
  person.suffix = kHonorifics[rng.below(6)];
}

void confidential(Rng&, Person& person) { person.confidential = true; }

void seven_digits(Rng&, Person& person) {
  if (person.phone_kind == PhoneKind::full) person.phone_kind = PhoneKind::seven_digits;
}

void placeholder_phone(Rng& rng, Person& person) {
  if (person.phone_kind != PhoneKind::full) return;
  constexpr std::uint64_t kArea = 10'000'000;
  const std::uint64_t area = person.phone / kArea, number = person.phone % kArea;
  const std::array<std::uint64_t, 5> patterns = {0, area * kArea, area * kArea + 9'999'999, number,
                                                 999 * kArea + number};
  person.phone_kind = PhoneKind::placeholder;
  person.phone = patterns[rng.below(5)];
}

template <DateKind Kind>
void date(Rng&, Person& person) {
  person.date_kind = Kind;
}

// Some conditions meet only part of the people (names in E, men, owners of a phone); the rates
// allow for that.
constexpr std::array<RareQuirk, 16> kRare = {{
    {0.0012, suffix_into_last_name},
    {0.003, no_middle_name},
    {0.0002, nickname_quoted},
    {0.0003, nickname_bracketed},
    {0.0004, digit_for_letter},
    {0.002, apostrophe_for_accent},
    {0.04, lower_case_particle},
    {0.00003, missing_first_name},
    {0.0004, honorific},
    {0.00008, confidential},
    {0.02, seven_digits},
    {0.003, placeholder_phone},
    {0.0012, date<DateKind::first_1900>},
    {0.0005, date<DateKind::crosses>},
    {0.00003, date<DateKind::july_1812>},
    {0.0001, date<DateKind::future>},
}};

struct Accent {
  std::string_view plain, accented;  // the latter in Windows-1252
};

template <typename Text, std::size_t N>
void accent(const std::array<Accent, N>& accents, Text& name) {
  for (const Accent& entry : accents) {
    if (name.view() != entry.plain) continue;
    name.clear();
    name.append(entry.accented);
    return;
  }
}

void add_accents(Rng& rng, Person& person) {
  if (person.ancestry == Ancestry::hispanic) {
    constexpr std::array<Accent, 6> kLast = {{{"PENA",
                                               "PE\xD1"
                                               "A"},
                                              {"MUNOZ",
                                               "MU\xD1"
                                               "OZ"},
                                              {"NUNEZ",
                                               "NU\xD1"
                                               "EZ"},
                                              {"CASTANEDA",
                                               "CASTA\xD1"
                                               "EDA"},
                                              {"QUINONES",
                                               "QUI\xD1"
                                               "ONES"},
                                              {"ACUNA",
                                               "ACU\xD1"
                                               "A"}}};
    constexpr std::array<Accent, 4> kFirst = {{{"JOSE", "JOS\xC9"},
                                               {"JESUS",
                                                "JES\xDA"
                                                "S"},
                                               {"RENE", "REN\xC9"},
                                               {"MARIA",
                                                "MAR\xCD"
                                                "A"}}};
    if (rng.chance(0.3)) accent(kLast, person.last);
    if (rng.chance(0.04)) accent(kFirst, person.first);
    return;
  }
  constexpr std::array<Accent, 2> kFirst = {{{"RENEE",
                                              "REN\xC9"
                                              "E"},
                                             {"ZOE", "ZO\xCB"}}};
  if (rng.chance(0.03)) accent(kFirst, person.first);
}

}  // namespace

void add_quirks(Rng& rng, const County& county, double scale, Person& person) {
  add_accents(rng, person);
  const double hashes = county.facts->name == kCountyOfHashes ? 0.049 : 0.0016;
  if (rng.chance(scaled(hashes, scale))) person.date_kind = DateKind::hashes;
  double at = rng.unit();
  for (const RareQuirk& quirk : kRare) {
    const double rate = scaled(quirk.rate, scale);
    if (at < rate) {
      quirk.change(rng, person);
      return;
    }
    at -= rate;
  }
}

bool is_twice_in_roll(Rng& rng, double scale) { return rng.chance(scaled(0.00005, scale)); }

}  // namespace hustings::people
