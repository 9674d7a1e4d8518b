#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "cli/backtest/election.h"

/// A season played many times: money that follows the tool's plans, week by week, against money by
/// rules of thumb, where only the game knows what money really does.
namespace hustings::cli {

struct SeasonRule {
  int repetitions = 100;
  int weeks = 10;
  double budget = 50e6;
  std::uint64_t seed = 1;
  /// True effects are drawn around so many times what the tool is told beforehand; 0: money does
  /// nothing at all.
  double truth = 1;
};
constexpr int kSeasonsMin = 30;  ///< fewer give no interval worth the name

/// A way to spend the budget, and where it ended: the true chance to win, over all seasons.
struct SeasonWay {
  std::string name;
  double chance = 0;
};

/// The plan's chance less a rule's, season by season, with its 95 % interval (normal).
struct SeasonGain {
  std::string against;
  double gain = 0;
  double low = 0;
  double high = 0;
  int ahead = 0;  ///< seasons in which the plan was ahead
};

struct Season {
  SeasonRule rule;
  std::vector<SeasonWay> ways;
  std::vector<SeasonGain> gains;
};

/// Plays the seasons in the contests of an election. Each begins where its last polls stood, off by
/// errors that the polls do not show; opinion drifts, polls come in, experiments measure the
/// effects, and the plan is made anew every week by what the campaign then knows. invalid where a
/// race or a plan is.
Result<Season> play_seasons(const Election& election, const SeasonRule& rule);

std::string season_text(const Season& season);
/// One JSON object.
std::string season_json(const Season& season);

}  // namespace hustings::cli
