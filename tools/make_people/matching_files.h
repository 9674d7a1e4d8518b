// Two files of partly the same people, for linkage: who is who is known. Nobody in them is real.
//
// The left file is a registry; the right one another file of about the same electorate, some time
// later: 70 % of each file's people are in the other too. Families share their last name, address
// and often telephone; there are twins, fathers and sons of one name, marriages, removals,
// nicknames, hyphens, typing mistakes and missing values. Rows are made one at a time and not kept.
//
// A MatchingFiles may be read from several threads at once. The same spec gives the same rows.
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "make_people/names.h"

namespace hustings::people {

enum class Scenario {
  full_date,   // both sides know the day of birth
  birth_year,  // both know the year alone
  signup,      // the right side is a sign-up list: birth date missing 70 %, middle name 85 %
};

struct MatchingSpec {
  std::uint64_t rows = 100'000;  // of each file, about
  std::uint64_t seed = 1;
  Scenario scenario = Scenario::full_date;
};

// Upper case, "" and 0 where missing.
struct MatchingRow {
  std::uint64_t person = 0;  // the truth
  std::string first, middle, last, suffix;
  char sex = 'F';
  int year = 0, month = 0, day = 0;
  std::string house, street, unit, zip, city;
  std::uint64_t phone = 0;
  std::string email;
};

class MatchingFiles {
 public:
  explicit MatchingFiles(const MatchingSpec& spec);

  using Visit = std::function<void(const MatchingRow&)>;
  void each_left(const Visit& visit) const;
  // In another order of households than the left file's.
  void each_right(const Visit& visit) const;
  // "person,first,…", and a row as one line of such a file; used by the program.
  static std::string csv_header();
  static void append_csv(const MatchingRow& row, std::string& out);

 private:
  struct Home;
  struct Family;
  Family family(std::uint64_t number) const;
  Home home(Rng& rng) const;
  void grow(Family& family, Rng& rng) const;
  void add_children(Family& family, Rng& rng) const;
  void leave_traces(MatchingRow& row, Rng& rng) const;
  void grow_apart(Family& family, Rng& rng) const;
  void change_person(MatchingRow& row, Rng& rng, bool moved) const;
  void misspell(MatchingRow& row, Rng& rng, double rate) const;
  void hide(MatchingRow& row, Rng& rng) const;
  bool is_in(std::uint64_t person, bool right) const;

  MatchingSpec spec_;
  Names names_;
  std::uint64_t households_;
  std::uint32_t zips_;
};

}  // namespace hustings::people
