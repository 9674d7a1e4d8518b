#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "base/error.h"
#include "ingest/header.h"
#include "ingest/layout.h"

namespace hustings::ingest {

/// Finds the columns that stand for elections by the pattern of their names
/// ("GENERAL-11/03/2020"), and adds them and their elections to `map`. Refuses a name that fits the
/// pattern and holds no date.
Status add_wide_columns(const Layout& layout, ColumnMap& map);

/// Does a column's name fit the pattern of the layout's wide history?
class WidePattern {
 public:
  explicit WidePattern(const Layout& layout);
  ~WidePattern();
  WidePattern(const WidePattern&) = delete;
  WidePattern& operator=(const WidePattern&) = delete;
  bool matches(const std::string& name) const;

 private:
  struct Compiled;
  std::unique_ptr<Compiled> compiled_;
};

/// The day of a federal general election: the Tuesday after the first Monday of November
/// (2 U.S.C. 7), in days since 1970-01-01.
std::int32_t general_election_day(int year);
bool is_general_election_day(std::int32_t day);

}  // namespace hustings::ingest
