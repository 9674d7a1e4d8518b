// Names and streets with the frequencies of life: few are common, most are rare, and the number of
// different ones keeps growing with the electorate. Built once, read by all threads.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "make_people/name_lists.h"
#include "make_people/rng.h"
#include "make_people/text_buffer.h"

namespace hustings::people {

enum class Ancestry { white, black, hispanic, asian, native };
inline constexpr int kAncestries = 5;
enum class Sex { woman, man };

// The widths of the state's columns.
using LastName = ShortText<25>;
using FirstName = ShortText<20>;
using Address = ShortText<64>;

// Words drawn with a probability of about 1 / (rank + offset).
class RankedWords {
 public:
  RankedWords(std::string_view words, double offset);
  std::string_view draw(Rng& rng) const;
  std::size_t size() const { return words_.size(); }
  std::string_view operator[](std::size_t rank) const { return words_[rank]; }

 private:
  std::vector<std::string_view> words_;
  double offset_;
  double log_range_;
};

class Names {
 public:
  Names();

  LastName surname(Rng& rng, Ancestry ancestry) const;
  FirstName first_name(Rng& rng, Sex sex, Ancestry ancestry, int birth_year) const;
  FirstName middle_name(Rng& rng, Sex sex, Ancestry ancestry, int birth_year) const;
  // The k-th street of a precinct, such as "E OAK RIDGE RD"; the same k gives the same street.
  void append_street(std::uint64_t precinct_street, std::uint32_t k, Address& address) const;

 private:
  struct FirstNames {
    std::vector<RankedWords> cohorts;
    RankedWords black, hispanic, asian;
  };

  void rare_surname(std::uint64_t rank, LastName& name) const;
  LastName common_surname(Rng& rng) const;

  RankedWords surnames_, surnames_black_, surnames_hispanic_, surnames_asian_, surnames_native_;
  FirstNames women_, men_;
  RankedWords middle_women_, middle_men_;
  RankedWords street_words_, street_seconds_, street_types_;
};

}  // namespace hustings::people
