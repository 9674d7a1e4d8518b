#include "cli/backtest/replay.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "allocation/win_probability.h"

namespace hustings::cli {
namespace {

using allocation::Campaign;

constexpr std::array<AssumedChannel, 4> kChannels = {{
    {"tv", 0.006, 1.5},
    {"digital", 0.003, 0.6},
    {"mail", 0.002, 0.9},
    {"field", 0.005, 2.5},
}};
constexpr double kScalesMax = 3;

/// Every contest a market of its own, with the assumed channels.
Campaign campaign_of(const Election& election, const allocation::Race& race, double budget) {
  Campaign campaign;
  campaign.race = race;
  campaign.markets = race.contests.size();
  campaign.problem.budget = budget;
  for (std::uint32_t i = 0; i < race.contests.size(); ++i) {
    campaign.reaches.push_back({i, i, 1});
    for (const AssumedChannel& channel : kChannels) {
      const double scale = channel.money_per_voter * std::max(election.votes[i], 1.0);
      campaign.problem.cells.push_back(
          {.curve = {allocation::CurveKind::saturating, channel.size, scale},
           .high = kScalesMax * scale,
           .key = campaign.problem.cells.size()});
      campaign.market_of.push_back(i);
    }
  }
  return campaign;
}

Result<ReplayDay> replay_day(const Election& election, std::int64_t day, const ReplayRule& rule) {
  allocation::Race race = TRY(race_on(election, day, rule.sigma, rule.polls));
  race.needed = rule.needed;
  const allocation::Outlook outlook = TRY(allocation::outlook_of(race));
  ReplayDay result{.day = day,
                   .win = outlook.win,
                   .expected_weight = outlook.expected_weight,
                   .slopes = outlook.slopes,
                   .chances = outlook.chances};
  for (const allocation::Contest& contest : race.contests)
    result.means.push_back(contest.mean);
  for (const allocation::Poll& poll : election.polls) {
    const std::int64_t age = day - poll.end_day;
    result.polls += age >= 0 && age <= rule.polls.days_max ? 1 : 0;
  }
  if (rule.budget <= 0) return result;
  const Campaign campaign = campaign_of(election, race, rule.budget);
  const allocation::RacePlan plan = TRY(allocation::plan_race(campaign));
  result.win_with_plan = plan.optimum.value;
  result.gap = plan.optimum.gap();
  result.plan.assign(race.contests.size(), 0);
  for (std::size_t i = 0; i < plan.optimum.spend.size(); ++i)
    result.plan[campaign.market_of[i]] += plan.optimum.spend[i];
  return result;
}

}  // namespace

double correlation_of(const std::vector<double>& a, const std::vector<double>& b) {
  const auto n = static_cast<double>(a.size());
  double mean_a = 0;
  double mean_b = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    mean_a += a[i] / n;
    mean_b += b[i] / n;
  }
  double ab = 0;
  double aa = 0;
  double bb = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    ab += (a[i] - mean_a) * (b[i] - mean_b);
    aa += (a[i] - mean_a) * (a[i] - mean_a);
    bb += (b[i] - mean_b) * (b[i] - mean_b);
  }
  return aa > 0 && bb > 0 ? ab / std::sqrt(aa * bb) : 0;
}

std::optional<Scores> scores_of(const Election& election, const ReplayDay& day) {
  Scores scores;
  double weights = 0;
  for (std::size_t i = 0; i < election.contests.size(); ++i) {
    if (!election.actual[i]) continue;
    const double won = *election.actual[i] > 0.5 ? 1 : 0;
    const double off = day.chances[i] - won;
    ++scores.contests;
    scores.right += (day.chances[i] > 0.5) == (won > 0.5) ? 1 : 0;
    scores.brier += off * off;
    scores.weighted_brier += election.weights[i] * off * off;
    weights += election.weights[i];
  }
  if (scores.contests == 0) return std::nullopt;
  scores.brier /= scores.contests;
  scores.weighted_brier /= weights;
  return scores;
}

Result<Replay> replay(const Election& election, const ReplayRule& rule) {
  std::int64_t first = election.day;
  for (const allocation::Poll& poll : election.polls)
    first = std::min(first, poll.end_day);
  first = std::max(first, election.day - rule.days);
  Replay result;
  for (std::int64_t day = first; day < election.day; ++day) {
    auto replayed = replay_day(election, day, rule);
    // A day before there are polls enough is left out; election day itself must work.
    if (replayed) result.days.push_back(*std::move(replayed));
  }
  result.days.push_back(TRY(replay_day(election, election.day, rule)));
  result.scores = scores_of(election, result.days.back());
  std::vector<double> events;
  for (const std::optional<double>& event : election.events) {
    if (event) events.push_back(*event);
  }
  if (events.size() == election.contests.size() && !events.empty())
    result.events_correlation = correlation_of(result.days.back().slopes, events);
  return result;
}

}  // namespace hustings::cli
