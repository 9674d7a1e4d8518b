// Who lives together: households with their address, their telephone and their members' names,
// ages and kinship.
#pragma once

#include <cstdint>

#include "make_people/names.h"
#include "make_people/person.h"
#include "make_people/phones.h"

namespace hustings::people {

// A range of telephone slots of which one is taken at a time.
struct Slots {
  std::uint64_t next = 0;
  std::uint64_t end = 0;
};

// The rows of one county in one block.
struct Stretch {
  const County* county = nullptr;
  std::uint32_t county_index = 0;
  std::uint64_t first_row = 0;  // of the roll
  std::uint64_t rows = 0;
  Slots home_numbers, moved_numbers;
};

class FamilyMaker {
 public:
  FamilyMaker(const Places& places, const Names& names, const PhoneBook& phones)
      : places_(places), names_(names), phones_(phones) {}

  // Adds a household and at most room persons (at least one) to the block. Of a person only name,
  // sex, ancestry, birth year and telephone are set.
  void add_household(Rng& rng, Stretch& stretch, std::size_t room, Block& block) const;

 private:
  struct Family;
  void address(Rng& rng, const Stretch& stretch, Household& home) const;
  void add_unit(Rng& rng, const Precinct& precinct, Household& home) const;
  Ancestry ancestry(Rng& rng, const CountyFacts& facts) const;
  Person person(Rng& rng, const Family& family, Sex sex, int age) const;
  void couple(Rng& rng, Family& family, int age) const;
  void children(Rng& rng, Family& family, std::size_t parent, int count) const;
  void strangers(Rng& rng, Family& family, int count, int age_from, int age_to) const;
  void dormitory_or_home(Rng& rng, Family& family) const;
  void telephone(Rng& rng, Stretch& stretch, const Household& home, Person& person) const;
  std::uint64_t home_number(Stretch& stretch) const;

  const Places& places_;
  const Names& names_;
  const PhoneBook& phones_;
};

}  // namespace hustings::people
