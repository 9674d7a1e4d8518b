// Writes one row of the roll, and counts what it contains that importers should know of.
#pragma once

#include <cstdint>
#include <string_view>

#include "make_people/person.h"
#include "make_people/places.h"
#include "make_people/text_buffer.h"

namespace hustings::people {

// The two ids of a registration.
struct RowIds {
  RowIds(const County& county, std::uint64_t serial);
  ShortText<12> ncid;
  ShortText<12> registration;  // voter_reg_num: twelve digits, unique within the county only
};

class RollWriter {
 public:
  RollWriter(const Places& places, const Format& format) : places_(places), format_(format) {}

  void write(const County& county, const Household& home, const Person& person, const RowIds& ids,
             TextBuffer& out, QuirkCounts& counts) const;

 private:
  void names(const Person& person, class RollFields& fields, QuirkCounts& counts) const;
  void addresses(const Household& home, const Person& person, class RollFields& fields,
                 QuirkCounts& counts) const;
  void registration(const Person& person, class RollFields& fields, QuirkCounts& counts) const;

  const Places& places_;
  Format format_;
};

}  // namespace hustings::people
