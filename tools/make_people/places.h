// The geography: counties with their share of the rows, precincts with everything that a row says
// of them already put into text. Built once, read by all threads.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "make_people/county_facts.h"
#include "make_people/electorate.h"

namespace hustings::people {

// How fields are joined to lines.
struct Format {
  Format(Layout of_layout, bool quoted, bool crlf);

  Layout layout;
  std::string_view row_begin;  // before the first field
  std::string_view separator;  // between two
  std::string_view row_end;    // after the last, with the end of the line
};

// The header line of the roll, without its end.
std::vector<std::string_view> roll_columns(Layout layout);
std::vector<std::string_view> history_columns();

// The columns from precinct_abbrv to vtd_desc, which are last in both layouts: a row's tail.
inline constexpr std::size_t kTailColumns = 33;
std::string_view tail_column(std::size_t index);

struct Tail {
  std::string text;  // fields and separators, from the first field to the last
  std::uint32_t padded_fields = 0;
};

struct Precinct {
  std::uint32_t number = 0;  // state-wide
  std::uint32_t county = 0;  // index
  std::string_view town;
  std::string_view zip;
  bool in_municipality = false;
  bool has_apartments = false;
  double lean = 0;  // of its voters, in logits, on top of the county's
  Tail tail;
  Tail padded_tail;          // the same with its short codes padded to their width
  std::string history_pct;   // pct_label, pct_description
  std::string history_vtd;   // vtd_label, vtd_description
  std::uint64_t street = 0;  // what its streets are hashed from
};

struct County {
  const CountyFacts* facts = nullptr;
  std::string id;  // "1" to "100"
  std::string ncid_prefix;
  double lean = 0;  // logit of the two-party share
  std::uint32_t first_precinct = 0;
  std::uint32_t precincts = 0;
  std::uint64_t first_row = 0;  // of the roll
  std::uint64_t rows = 0;
  std::uint64_t region_rows_before = 0;  // rows of earlier counties of its region
};

class Places {
 public:
  Places(std::uint64_t voters, const Format& format);

  const std::vector<County>& counties() const { return counties_; }
  const std::vector<Precinct>& precincts() const { return precincts_; }
  const Tail& tail_without_precinct() const { return empty_tail_; }
  std::uint64_t region_rows(Region region) const;

 private:
  void share_rows(std::uint64_t voters);
  void add_precincts(const class TailMaker& tails, std::size_t county_index, double from,
                     double to);

  Format format_;
  std::vector<County> counties_;
  std::vector<Precinct> precincts_;
  Tail empty_tail_;
};

}  // namespace hustings::people
