// Rows that are wrong on purpose, for the tests of what an importer refuses.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "make_people/electorate.h"
#include "make_people/places.h"

namespace hustings::people {

enum class Breakage {
  too_few_fields,
  too_many_fields,
  missing_ncid,
  invalid_county,      // county_id 999
  invalid_birth_year,  // birth_year 19X4
  invalid_date,        // registr_dt 13/45/2020
  undecodable_byte,    // 0x81, which Windows-1252 does not define, in last_name
  nul_byte,            // in last_name
  repeated_header,     // to be skipped rather than refused
  empty_line,          // to be skipped rather than refused
};
inline constexpr int kBreakages = static_cast<int>(Breakage::empty_line) + 1;
std::string_view breakage_name(Breakage breakage);  // too_few_fields

// Where the broken rows are: in front of which row of the roll, in order.
class BrokenRows {
 public:
  BrokenRows(std::uint64_t count, std::uint64_t seed, std::uint64_t voters);

  std::uint64_t count() const { return before_.size(); }
  // The first of those in front of this row or a later one.
  std::uint64_t first_from(std::uint64_t row) const;
  std::uint64_t row_after(std::uint64_t index) const { return before_[index]; }
  Breakage breakage(std::uint64_t index) const { return static_cast<Breakage>(index % kBreakages); }
  // "line,reason" of all of them.
  std::string list() const;

 private:
  std::vector<std::uint64_t> before_;
};

// Spoils a line that was right; line and result include the end of the line.
std::string spoil(std::string_view line, Breakage breakage, const Format& format);

// The header as a line.
std::string header_line(const std::vector<std::string_view>& columns, const Format& format);

}  // namespace hustings::people
