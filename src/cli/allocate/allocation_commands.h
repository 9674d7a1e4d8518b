#pragma once

#include <functional>

#include "cli/allocate/allocate_files.h"
#include "cli/backtest/backtest_arguments.h"

namespace CLI {  // NOLINT(readability-identifier-naming): the library's own name
class App;
}

namespace hustings::cli {

struct AllocationArguments {
  AllocateArguments allocate;
  BacktestArguments backtest;
  double budget = 0;
};

/// Adds `allocate` and `backtest` to the command line; they need no configuration and no database.
/// The one that is given hands what it would do to `choose`: a function that returns the exit code.
void add_allocation_commands(CLI::App& app, AllocationArguments& arguments,
                             const std::function<void(const std::function<int()>&)>& choose);

/// Exit code 0, or 2 with one sentence on standard error.
int allocate(const AllocateArguments& arguments);
int backtest(const BacktestArguments& arguments);

}  // namespace hustings::cli
