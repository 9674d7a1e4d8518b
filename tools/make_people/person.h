// What the generator knows of one person, one household and one block of rows, as plain values.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "make_people/names.h"
#include "make_people/places.h"

namespace hustings::people {

// The day on which the file was made. Ages are those of its year's end.
inline constexpr int kFileYear = 2026;
inline constexpr int kAgeMin = 18;
inline constexpr int kAgeMax = 103;

enum class Status { active, inactive, denied, removed, temporary };

struct StatusReason {
  Status status;
  std::string_view status_code, status_name, code, name;
  double weight;  // within its status
};

struct Date {
  std::uint16_t year = 0;
  std::uint8_t month = 0, day = 0;
  int number() const { return (year * 100 + month) * 100 + day; }  // 20241105
};

enum class DateKind : std::uint8_t { actual, first_1900, hashes, crosses, july_1812, future };
enum class PhoneKind : std::uint8_t { none, full, seven_digits, placeholder };
enum class PhoneState : std::uint8_t { none, works, disconnected, wrong_number };

struct Truth {
  std::uint8_t support = 0;
  std::uint8_t turnout = 0;
  std::uint8_t answers_phone = 0;
  PhoneState phone_state = PhoneState::none;
  std::string_view language;
};

struct Person {
  LastName last;
  FirstName first, middle;
  std::string_view suffix;
  Sex sex = Sex::woman;
  Ancestry ancestry = Ancestry::white;
  int birth_year = 0;

  std::string_view race, ethnicity, party, gender, birth_state;
  const StatusReason* status = nullptr;
  Date registered;
  DateKind date_kind = DateKind::actual;
  PhoneKind phone_kind = PhoneKind::none;
  std::uint64_t phone = 0;  // ten digits
  bool license = false, ssn = false, neither = false, must_identify = false;
  bool confidential = false, padded = false;
  bool suffix_in_last_name = false;
  std::uint64_t number = 0;     // the person of truth.csv
  std::uint32_t household = 0;  // index in the block
  Truth truth;

  int age() const { return kFileYear - birth_year; }
};

struct Household {
  std::uint64_t number = 0;
  const Precinct* precinct = nullptr;
  Address residence;  // as the roll writes it, two blanks after the house number
  Address mailing;    // one blank, or a box
  std::string_view zip;
  std::uint32_t zip4 = 0;  // 0: not given
  std::uint64_t landline = 0;
  double lean = 0;  // what those who live together share in opinion, in logits
  bool double_blank = false, hash_type = false;
};

// One line of the roll: a person under one registration.
struct Row {
  std::uint32_t person = 0;  // index in the block
  std::uint32_t county = 0;  // index
  std::uint64_t serial = 0;  // within the county; ncid and voter_reg_num come from it
  bool copy = false;         // the same person again
};

struct Block {
  std::vector<Person> persons;
  std::vector<Household> households;
  std::vector<Row> rows;

  void clear() {
    persons.clear();
    households.clear();
    rows.clear();
  }
};

}  // namespace hustings::people
