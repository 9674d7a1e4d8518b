#pragma once

#include <filesystem>
#include <string>

#include "cli/backtest/replay.h"

namespace hustings::cli {

/// `hustings backtest 2012`, or `hustings backtest --polls FILE --results FILE`.
struct BacktestArguments {
  std::string election;  ///< "2012", or empty
  ElectionFiles files;
  ReplayRule rule;
  std::filesystem::path svg;  ///< a chart is written there; empty: none
  bool json = false;
};

}  // namespace hustings::cli
