#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/worker_pool.h"
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
};

/// Answers questions about who matches a plan, on several threads where it pays. Safe for several
/// callers at once, each under the electorate's lock.
class Scanner {
 public:
  /// `threads`: how many work on one question, the caller's included.
  explicit Scanner(int threads);

  Totals totals(const Electorate& electorate, const Plan& plan) const;
  /// By the values of a category, most voters first; values with no voter are left out.
  std::vector<Group> groups(const Electorate& electorate, const Plan& plan, Field category) const;
  /// The rows that match, in order.
  std::vector<Row> rows(const Electorate& electorate, const Plan& plan) const;

 private:
  /// Splits the blocks among the threads: work(part, first block, end block).
  void split(const Electorate& electorate,
             const std::function<void(std::size_t, std::size_t, std::size_t)>& work) const;
  std::size_t parts(const Electorate& electorate) const;

  int threads_;
  mutable WorkerPool pool_;
};

}  // namespace hustings::segments
