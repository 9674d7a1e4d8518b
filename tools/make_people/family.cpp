#include "make_people/family.h"

#include <algorithm>
#include <array>

namespace hustings::people {

struct FamilyMaker::Family {
  Ancestry ancestry;
  LastName surname;
  std::vector<Person>& members;
  std::size_t first;  // index of the first member
};

namespace {

// Voters of one address; their mean is near the 2.2 of the state's file.
enum class Kind { single, couple, couple_children, parent_children, roommates, three, many };
constexpr std::array<double, 7> kKinds = {0.335, 0.325, 0.185, 0.085, 0.04, 0.0294, 0.0006};

constexpr double kMarriedSurname = 0.83;
constexpr double kHyphenated = 0.025;
constexpr double kTwins = 0.03;
constexpr double kNamedAfterFather = 0.08;
constexpr std::uint32_t kStreetsInPrecinct = 90;
constexpr std::uint32_t kBuildingsInPrecinct = 8;

// The ages of registered heads of households: the upper ends of ten equal parts.
int head_age(Rng& rng) {
  constexpr std::array kDeciles = {18, 27, 34, 40, 46, 52, 58, 64, 70, 77, 100};
  const std::uint32_t part = rng.below(10);
  if (part == 9) {
    // The oldest tenth thins out.
    const int low = std::min(rng.between(77, 100), rng.between(77, 100));
    return std::min(low, rng.between(77, kAgeMax));
  }
  return rng.between(kDeciles[part], kDeciles[part + 1] - 1);
}

void name_after(Person& son, Person& father, Rng& rng) {
  son.first = father.first;
  son.middle = father.middle;
  if (father.suffix == "JR") {
    son.suffix = "III";
    return;
  }
  son.suffix = "JR";
  if (rng.chance(0.5)) father.suffix = "SR";
}

LastName hyphenated(const LastName& own, const LastName& married) {
  LastName name = own;
  if (own.size() + married.size() + 1 > 25) return married;
  name.push('-');
  name.append(married.view());
  return name;
}

std::string_view some_suffix(Rng& rng) {
  constexpr std::array<std::string_view, 5> kSuffixes = {"JR", "III", "SR", "II", "IV"};
  constexpr std::array<double, 5> kShares = {0.68, 0.15, 0.08, 0.07, 0.02};
  return kSuffixes[rng.pick(kShares)];
}

}  // namespace

void FamilyMaker::add_household(Rng& rng, Stretch& stretch, std::size_t room, Block& block) const {
  Household& home = block.households.emplace_back();
  const County& county = *stretch.county;
  home.precinct = &places_.precincts()[county.first_precinct + rng.below(county.precincts)];
  home.zip = home.precinct->zip;
  home.lean = 0.7 * rng.normal();
  address(rng, stretch, home);

  const std::size_t first = block.persons.size();
  Family family{ancestry(rng, *county.facts), {}, block.persons, first};
  family.surname = names_.surname(rng, family.ancestry);
  const auto kind = static_cast<Kind>(rng.pick(kKinds));
  int age = head_age(rng);
  const Sex head = rng.chance(0.54) ? Sex::woman : Sex::man;
  switch (kind) {
    case Kind::single:
      block.persons.push_back(person(rng, family, head, age));
      break;
    case Kind::couple:
      couple(rng, family, age);
      break;
    case Kind::couple_children:
      age = std::clamp(age, 44, 78);
      couple(rng, family, age);
      children(rng, family, first, rng.chance(0.3) ? 2 : 1);
      break;
    case Kind::parent_children:
      age = std::clamp(age, 42, 88);
      block.persons.push_back(person(rng, family, rng.chance(0.75) ? Sex::woman : Sex::man, age));
      children(rng, family, first, rng.chance(0.2) ? 2 : 1);
      break;
    case Kind::roommates:
      strangers(rng, family, rng.between(2, 4), std::min(age, 60), std::min(age, 60) + 4);
      break;
    case Kind::three: {
      couple(rng, family, std::clamp(age, 62, 85));
      const int middle_age = std::max(38, block.persons[first].age() - rng.between(22, 34));
      const std::size_t middle = block.persons.size();
      couple(rng, family, middle_age);
      children(rng, family, middle, 1);
      break;
    }
    case Kind::many:
      dormitory_or_home(rng, family);
      break;
  }
  if (block.persons.size() - first > room) block.persons.resize(first + room);

  const int oldest = block.persons[first].age();
  const double landline = oldest >= 68 ? 0.62 : oldest >= 50 ? 0.4 : oldest >= 32 ? 0.17 : 0.06;
  if (kind != Kind::many && rng.chance(landline)) home.landline = home_number(stretch);
  for (std::size_t i = first; i < block.persons.size(); ++i) {
    block.persons[i].household = static_cast<std::uint32_t>(block.households.size() - 1);
    telephone(rng, stretch, home, block.persons[i]);
  }
}

void FamilyMaker::address(Rng& rng, const Stretch& stretch, Household& home) const {
  const Precinct& precinct = *home.precinct;
  const bool apartment = precinct.has_apartments && rng.chance(0.24);
  const std::uint32_t street =
      apartment ? 1000 + rng.below(kBuildingsInPrecinct) : rng.below(kStreetsInPrecinct);
  // A building has one number, a street has many.
  const std::uint32_t house =
      apartment ? 100 + static_cast<std::uint32_t>(mix(precinct.street + street) % 8000)
                : 100 + rng.below(rng.chance(0.6) ? 2400 : 9800);
  Address line;
  names_.append_street(precinct.street, street, line);
  home.double_blank = rng.chance(0.96);
  home.hash_type = !apartment && rng.chance(0.001);
  home.residence.number(house);
  home.residence.append(home.double_blank ? "  " : " ");
  if (home.hash_type) {
    const std::size_t type = line.view().rfind(' ') + 1;
    home.residence.append(line.view().substr(0, type));
    home.residence.push('#');
    home.residence.append(line.view().substr(type));
  } else {
    home.residence.append(line.view());
  }
  home.mailing.number(house);
  home.mailing.push(' ');
  home.mailing.append(line.view());
  if (apartment) add_unit(rng, precinct, home);
  if (rng.chance(stretch.county->facts->voters_thousands < 60 ? 0.11 : 0.04)) {
    home.mailing.clear();
    home.mailing.append("PO BOX ");
    home.mailing.number(10 + rng.below(9800));
  }
  if (rng.chance(0.01)) home.zip4 = 1000 + rng.below(8999);
}

void FamilyMaker::add_unit(Rng& rng, const Precinct& precinct, Household& home) const {
  constexpr std::array<std::string_view, 4> kUnits = {" #", " APT ", " UNIT ", " LOT "};
  ShortText<12> unit;
  // One way of writing it in a precinct, mostly.
  const std::size_t style = rng.chance(0.1) ? rng.below(4) : mix(precinct.number) % 3;
  unit.append(kUnits[style]);
  unit.number(rng.between(1, 3) * 100 + rng.between(1, 24));
  if (rng.chance(0.25)) unit.push(static_cast<char>('A' + rng.below(4)));
  home.residence.append(unit.view());
  home.mailing.append(unit.view());
}

Ancestry FamilyMaker::ancestry(Rng& rng, const CountyFacts& facts) const {
  // Fewer of the recent arrivals are registered than their share of the people.
  const double hispanic = 0.45 * facts.hispanic_percent;
  const double asian = 0.6 * facts.asian_percent;
  const std::array<double, kAncestries> shares = {
      100.0 - facts.black_percent - hispanic - asian - facts.native_percent,
      static_cast<double>(facts.black_percent), hispanic, asian,
      static_cast<double>(facts.native_percent)};
  return static_cast<Ancestry>(rng.pick(shares));
}

Person FamilyMaker::person(Rng& rng, const Family& family, Sex sex, int age) const {
  Person person;
  person.sex = sex;
  person.ancestry = family.ancestry;
  person.birth_year = kFileYear - std::clamp(age, kAgeMin, kAgeMax);
  person.last = family.surname;
  person.first = names_.first_name(rng, sex, family.ancestry, person.birth_year);
  const double middle = rng.unit();
  if (middle < 0.1) {
    person.middle.push(static_cast<char>('A' + rng.below(25)));
  } else if (middle < 0.22 || (middle < 0.4 && sex == Sex::woman && age > 45)) {
    // A family's name: often the mother's or the wife's own.
    person.middle.append(names_.surname(rng, family.ancestry).view());
  } else if (middle < 0.932) {
    person.middle = names_.middle_name(rng, sex, family.ancestry, person.birth_year);
  }
  if (sex == Sex::man && rng.chance(0.085)) person.suffix = some_suffix(rng);
  return person;
}

void FamilyMaker::couple(Rng& rng, Family& family, int age) const {
  const bool same_sex = rng.chance(0.03);
  const Sex first_sex = same_sex && rng.chance(0.5) ? Sex::woman : Sex::man;
  const Sex second_sex = same_sex ? first_sex : Sex::woman;
  Person first = person(rng, family, first_sex, age);
  Family other = family;
  if (rng.chance(0.07)) {
    other.ancestry = static_cast<Ancestry>(rng.below(kAncestries));
  }
  const int other_age = age - 2 + static_cast<int>(4 * rng.normal());
  Person second = person(rng, other, second_sex, other_age);
  const double surname = rng.unit();
  if (same_sex ? surname > 0.3 : surname > kMarriedSurname) {
    second.last = names_.surname(rng, other.ancestry);
  }
  if (!same_sex && surname > 1 - kHyphenated) second.last = hyphenated(second.last, first.last);
  family.members.push_back(first);
  family.members.push_back(second);
}

void FamilyMaker::children(Rng& rng, Family& family, std::size_t parent, int count) const {
  const int parent_age = family.members[parent].age();
  int age = 0;
  for (int i = 0; i < count; ++i) {
    const bool twin = i > 0 && rng.chance(kTwins);
    if (!twin) age = parent_age - rng.between(20, std::min(38, parent_age - kAgeMin));
    const Sex sex = rng.chance(0.49) ? Sex::woman : Sex::man;
    Person child = person(rng, family, sex, age);
    if (sex == Sex::woman && rng.chance(0.12)) {
      child.last = names_.surname(rng, family.ancestry);  // married, or back home
    }
    Person& father = family.members[parent];
    if (sex == Sex::man && father.sex == Sex::man && i == 0 && rng.chance(kNamedAfterFather)) {
      name_after(child, father, rng);
    }
    family.members.push_back(child);
  }
}

void FamilyMaker::strangers(Rng& rng, Family& family, int count, int age_from, int age_to) const {
  for (int i = 0; i < count; ++i) {
    Family own = family;
    if (rng.chance(0.25)) own.ancestry = static_cast<Ancestry>(rng.below(kAncestries));
    own.surname = names_.surname(rng, own.ancestry);
    const Sex sex = rng.chance(0.5) ? Sex::woman : Sex::man;
    family.members.push_back(person(rng, own, sex, rng.between(age_from, age_to)));
  }
}

// A dormitory or a nursing home: many people of no kinship at one address.
void FamilyMaker::dormitory_or_home(Rng& rng, Family& family) const {
  if (rng.chance(0.5)) {
    strangers(rng, family, rng.between(10, 70), 18, 22);
  } else {
    strangers(rng, family, rng.between(8, 40), 72, 98);
  }
}

std::uint64_t FamilyMaker::home_number(Stretch& stretch) const {
  Slots& slots = stretch.home_numbers;
  if (slots.next == slots.end) return 0;
  return phones_.home(stretch.county->facts->region, slots.next++);
}

void FamilyMaker::telephone(Rng& rng, Stretch& stretch, const Household& home,
                            Person& person) const {
  const double kind = rng.unit();
  if (home.landline != 0 && kind < 0.66) {
    person.phone = home.landline;
  } else if (kind < 0.38) {
    Slots& moved = stretch.moved_numbers;
    if (rng.chance(0.1) && moved.next < moved.end) {
      person.phone = phones_.moved(moved.next++);
    } else {
      person.phone = home_number(stretch);
    }
  }
  if (person.phone != 0) person.phone_kind = PhoneKind::full;
}

}  // namespace hustings::people
