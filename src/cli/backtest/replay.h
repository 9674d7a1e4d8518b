#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "allocation/campaign.h"
#include "cli/backtest/election.h"

namespace hustings::cli {

/// How an election is replayed.
struct ReplayRule {
  Sigma sigma;
  allocation::PollRule polls;
  int days = 100;        ///< before election day, at most
  double budget = 50e6;  ///< of each day's plan; 0: no plans
  int needed = 0;        ///< weight to win; 0: more than half
};

/// One day: what its polls say, and where money would go.
struct ReplayDay {
  std::int64_t day = 0;
  int polls = 0;  ///< that count
  double win = 0;
  double expected_weight = 0;
  std::vector<double> slopes;   ///< by contest: Q
  std::vector<double> chances;  ///< by contest
  std::vector<double> means;    ///< by contest
  std::vector<double> plan;     ///< by contest: money; empty without plans
  double win_with_plan = 0;
  double gap = 0;  ///< certificate of the plan
};

/// How good the last day's chances were.
struct Scores {
  int contests = 0;
  int right = 0;  ///< contests whose winner had the better chance
  double brier = 0;
  double weighted_brier = 0;  ///< by the contests' weights
};

struct Replay {
  std::vector<ReplayDay> days;  ///< in their order; the last is election day
  std::optional<Scores> scores;
  /// Correlation of the last day's Q with the events, over all contests.
  std::optional<double> events_correlation;
};

/// Channels as the plans assume them: the largest share that each can move in a contest, and what
/// that costs for a voter. Assumptions, not measurements.
struct AssumedChannel {
  const char* name;
  double size;
  double money_per_voter;
};

/// Replays an election day by day, from the first day with polls on. invalid where polls or results
/// do not make a race.
Result<Replay> replay(const Election& election, const ReplayRule& rule);

/// Brier scores of a day against what happened; nothing without results.
std::optional<Scores> scores_of(const Election& election, const ReplayDay& day);

double correlation_of(const std::vector<double>& a, const std::vector<double>& b);

}  // namespace hustings::cli
