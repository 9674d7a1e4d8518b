#pragma once

#include <string>

#include "cli/backtest/replay.h"

namespace hustings::cli {

/// A line a day, a chart of the win probability in letters, and how it ended.
std::string replay_text(const Election& election, const Replay& replay);
/// One JSON object.
std::string replay_json(const Election& election, const Replay& replay);
/// Win probability by day, and how the plan's money moves between contests, as a drawing.
std::string replay_svg(const Election& election, const Replay& replay);

}  // namespace hustings::cli
