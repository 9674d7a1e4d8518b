#pragma once

#include <filesystem>
#include <string>

#include "cli/backtest/replay.h"
#include "cli/season/season.h"

namespace hustings::cli {

/// `hustings backtest 2012`, or `hustings backtest --polls FILE --results FILE`, or
/// `hustings backtest season`.
struct BacktestArguments {
  std::string election;  ///< "2012", "season", or empty
  ElectionFiles files;
  ReplayRule rule;
  SeasonRule season;          ///< its budget is that of `rule`
  std::filesystem::path svg;  ///< a chart is written there; empty: none
  bool json = false;
};

}  // namespace hustings::cli
