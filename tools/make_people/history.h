// Who voted when, how and where: the rows of ncvhis.txt of one registration.
#pragma once

#include <cstdint>

#include "make_people/person.h"
#include "make_people/places.h"
#include "make_people/roll.h"
#include "make_people/text_buffer.h"

namespace hustings::people {

class HistoryWriter {
 public:
  HistoryWriter(const Places& places, const Format& format, double quirk_scale);

  // Returns the number of rows.
  std::uint64_t write(Rng& rng, const County& county, const Household& home, const Person& person,
                      std::uint64_t serial, TextBuffer& out, QuirkCounts& counts) const;

 private:
  struct Vote;
  void row(const Vote& vote, TextBuffer& out) const;

  const Places& places_;
  Format format_;
  double orphan_rate_;
  double repeat_rate_;
};

}  // namespace hustings::people
