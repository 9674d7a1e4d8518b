#pragma once

#include <cstdint>

#include "base/clock.h"
#include "segments/bitmap.h"
#include "segments/electorate.h"
#include "segments/filter.h"
#include "segments/rule.h"

namespace hustings::segments {

/// A rule made ready for one electorate at one moment: names are resolved to columns and codes,
/// ages and "within" to bounds. It shares the electorate's columns as they are then.
class Plan {
 public:
  /// `use_zones` = false reads every block, for tests that compare.
  Plan(const Rule& rule, const Electorate& electorate, Instant now, bool use_zones = true)
      : Plan(rule, electorate, now, Filter::Method{.use_zones = use_zones}) {}
  Plan(const Rule& rule, const Electorate& electorate, Instant now, Filter::Method method);

  using Outcome = Filter::Outcome;
  /// Which rows of a block match; `bits` is filled for `some` only. Rows beyond the last may match:
  /// matches() masks them.
  Outcome match(std::size_t block, BlockBits& bits) const {
    return filter_.match(method_, block, bits);
  }
  /// The same as bits in every case, only rows that exist; false if there are none.
  bool matches(std::size_t block, BlockBits& bits) const {
    return filter_.matches(method_, rows_, block, bits);
  }
  const Filter& filter() const { return filter_; }
  const Filter::Method& method() const { return method_; }

 private:
  std::size_t rows_;
  Filter::Method method_;
  Filter filter_;
};

}  // namespace hustings::segments
