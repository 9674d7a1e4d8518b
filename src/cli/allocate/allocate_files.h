#pragma once

#include <optional>
#include <string>
#include <vector>

#include "allocation/campaign.h"
#include "allocation/cents.h"
#include "cli/allocate/problem_file.h"

namespace hustings::cli {

/// A problem and its best plan.
struct AllocationOutcome {
  AllocationInput input;
  allocation::Optimum optimum;  ///< before rounding
  allocation::Cents cents;      ///< the plan
  double value = 0;             ///< of the plan in cents
  double without = 0;           ///< of spending nothing
  std::optional<allocation::RacePlan> race;
  std::vector<double> marginal;      ///< by cell: what one more unit of money would bring there
  std::optional<double> gain_error;  ///< standard error of value - without, from a_se
  /// With limits on sums: the optimum that the budget alone would allow.
  std::optional<allocation::Optimum> budget_alone;
  double cpu_seconds = 0;  ///< of the optimisation

  double gain() const { return value - without; }
  /// The cell where the next money would do most, with room in it and in its limits; none if all
  /// is full.
  std::optional<std::size_t> next_cell() const;
};

struct AllocateArguments {
  std::filesystem::path problem;
  AllocationOptions options;
  bool json = false;
  int search_nodes = 0;  ///< 0: by the size of the problem
};

/// Reads a problem and solves it. invalid for what cannot be read or planned.
Result<AllocationOutcome> allocate_file(const AllocateArguments& arguments);

/// One JSON object; lists by cell in the file's order.
std::string allocation_json(const AllocationOutcome& outcome);
/// For people.
std::string allocation_text(const AllocationOutcome& outcome);

}  // namespace hustings::cli
