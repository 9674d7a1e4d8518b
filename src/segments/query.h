#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "segments/crew.h"
#include "segments/electorate.h"
#include "segments/plan.h"

namespace hustings::segments {

struct Totals {
  std::uint64_t voters = 0;
  std::uint64_t households = 0;  ///< different ones among the voters
  std::uint64_t with_phone = 0;
  friend bool operator==(const Totals&, const Totals&) = default;
};

struct Group {
  std::string value;  ///< empty: unknown
  std::uint64_t count = 0;
  std::optional<double> support_mean;  ///< of those who have a support score
  friend bool operator==(const Group&, const Group&) = default;
};

/// Answers questions about who matches a plan, on several threads where it pays. Safe for several
/// callers at once.
class Scanner {
 public:
  /// `threads`: how many work on one question, the caller's included.
  explicit Scanner(int threads) : crew_(threads) {}

  Totals totals(const Electorate& electorate, const Plan& plan) const;
  /// By the values of a category, most voters first; values with no voter are left out.
  std::vector<Group> groups(const Electorate& electorate, const Plan& plan, Field category) const;
  /// The rows that match, in order.
  std::vector<Row> rows(const Electorate& electorate, const Plan& plan) const;
  const Crew& crew() const { return crew_; }

 private:
  Crew crew_;
};

}  // namespace hustings::segments
