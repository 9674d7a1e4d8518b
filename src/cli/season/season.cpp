#include "cli/season/season.h"

#include <algorithm>
#include <cmath>
#include <functional>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "allocation/maximise.h"
#include "cli/season/season_world.h"
#include "spending/planning.h"

namespace hustings::cli {
namespace {

constexpr double kCents = 100;
constexpr double kSure = 1.959963984540054;
constexpr double kBramsDavis = 1.5;

/// Money that follows the plan: made anew before each week, of which that week's lines are bought.
Result<SeasonSpend> follow_plans(SeasonWorld& world, const SeasonRule& rule, bool is_replanned) {
  spending::Stored known = world.start();
  SeasonSpend spent(world.cells());
  std::optional<spending::Planned> before;
  for (int week = 1; week <= rule.weeks; ++week) {
    world.tell(week, spent, known);
    if (is_replanned || !before) {
      before =
          TRY(spending::make_plan(known, world.week_begins(week), {}, before ? &*before : nullptr));
    }
    for (const spending::NewLine& line : before->lines) {
      if (line.week != week) continue;
      known.booked.push_back({line.market, line.channel, line.week, line.cents});
      known.settings.booked_cents += line.cents;
      spent[world.cell(line.market, line.channel, week)] += line.cents;
    }
  }
  return spent;
}

/// Each contest's part by a rule; within it over channels and weeks as is best by what is known
/// before the season.
Result<SeasonSpend> by_rule(const SeasonWorld& world, const SeasonRule& rule,
                            const std::function<double(const spending::StoredContest&)>& part) {
  const spending::Stored& known = world.start();
  double parts = 0;
  for (const spending::StoredContest& contest : known.contests)
    parts += part(contest);
  SeasonSpend spent(world.cells());
  for (std::size_t i = 0; i < known.contests.size(); ++i) {
    allocation::Problem problem{.budget = rule.budget * part(known.contests[i]) / parts};
    for (std::size_t c = 0; c < kSeasonChannels.size(); ++c) {
      for (int week = 1; week <= rule.weeks; ++week) {
        const double left = std::pow(kSeasonChannels.at(c).decay, rule.weeks - week);
        problem.cells.push_back(
            {.curve = {.size = kSeasonChannels.at(c).effect * left, .scale = world.scale(i, c)},
             .key = problem.cells.size()});
      }
    }
    const allocation::Optimum best = TRY(allocation::maximise(problem));
    for (std::size_t at = 0; at < best.spend.size(); ++at)
      spent[world.cell(i, 0, 1) + at] = std::llround(best.spend[at] * kCents);
  }
  return spent;
}

constexpr std::array<const char*, 5> kWays = {"the plan, made anew every week",
                                              "the first week's plan", "by electoral votes",
                                              "by electoral votes to 3/2", "no money"};

/// The chance to win of every way, in one season.
Result<std::array<double, kWays.size()>> play(const Election& election,
                                              const allocation::Race& race, const SeasonRule& rule,
                                              std::uint64_t seed) {
  const auto weight = [](const spending::StoredContest& contest) {
    return static_cast<double>(contest.weight);
  };
  const auto brams_davis = [](const spending::StoredContest& contest) {
    return std::pow(static_cast<double>(contest.weight), kBramsDavis);
  };
  SeasonWorld world(election, race, rule, seed);
  SeasonWorld again = world;
  const SeasonSpend plan = TRY(follow_plans(world, rule, true));
  const SeasonSpend once = TRY(follow_plans(again, rule, false));
  const std::array<SeasonSpend, kWays.size()> all = {plan, once, TRY(by_rule(world, rule, weight)),
                                                     TRY(by_rule(world, rule, brams_davis)),
                                                     SeasonSpend(world.cells())};
  std::array<double, kWays.size()> chances{};
  for (std::size_t i = 0; i < all.size(); ++i)
    chances.at(i) = TRY(world.chance(all.at(i)));
  return chances;
}

SeasonGain gain_of(const std::string& against, const std::vector<double>& differences) {
  const auto n = static_cast<double>(differences.size());
  double mean = 0;
  for (const double one : differences)
    mean += one / n;
  double squares = 0;
  for (const double one : differences)
    squares += (one - mean) * (one - mean);
  const double error = std::sqrt(squares / (n - 1) / n);
  const auto ahead =
      std::count_if(differences.begin(), differences.end(), [](double one) { return one > 0; });
  return {.against = against,
          .gain = mean,
          .low = mean - kSure * error,
          .high = mean + kSure * error,
          .ahead = static_cast<int>(ahead)};
}

std::string verdict(const SeasonGain& gain) {
  if (gain.low > 0) return "the plan gains";
  if (gain.high < 0) return "the plan loses";
  return "cannot be told from zero";
}

}  // namespace

Result<Season> play_seasons(const Election& election, const SeasonRule& rule) {
  if (rule.repetitions < kSeasonsMin)
    return invalid(fmt::format("Play at least {} seasons.", kSeasonsMin), "repetitions");
  const allocation::Race race = TRY(race_on(election, election.day, {}, {}));
  std::vector<std::array<double, kWays.size()>> played;
  for (int i = 0; i < rule.repetitions; ++i)
    played.push_back(TRY(play(election, race, rule, rule.seed + static_cast<std::uint64_t>(i))));
  Season season{.rule = rule};
  for (std::size_t way = 0; way < kWays.size(); ++way) {
    double sum = 0;
    std::vector<double> differences;
    for (const auto& one : played) {
      sum += one.at(way);
      differences.push_back(one[0] - one.at(way));
    }
    season.ways.push_back({kWays.at(way), sum / rule.repetitions});
    if (way > 0) season.gains.push_back(gain_of(kWays.at(way), differences));
  }
  return season;
}

std::string season_text(const Season& season) {
  std::string text = fmt::format(
      "{} seasons of {} weeks with {:.0f} million, seed {}; effects are drawn around {:g} times "
      "what the plan is told, and hidden from it.\n\nChance to win at the end\n",
      season.rule.repetitions, season.rule.weeks, season.rule.budget / 1e6, season.rule.seed,
      season.rule.truth);
  for (const SeasonWay& way : season.ways)
    text += fmt::format("  {:<34} {:7.4f}\n", way.name, way.chance);
  text += "\nThe plan, made anew every week, against          points   95 in 100        ahead\n";
  for (const SeasonGain& gain : season.gains) {
    text += fmt::format("  {:<44} {:>8.2f}   {:.2f} to {:.2f}   {} of {}   {}\n", gain.against,
                        gain.gain * 100, gain.low * 100, gain.high * 100, gain.ahead,
                        season.rule.repetitions, verdict(gain));
  }
  return text;
}

std::string season_json(const Season& season) {
  namespace json = boost::json;
  json::array ways;
  for (const SeasonWay& way : season.ways)
    ways.push_back(json::object{{"name", way.name}, {"chance", way.chance}});
  json::array gains;
  for (const SeasonGain& gain : season.gains) {
    gains.push_back(json::object{{"against", gain.against},
                                 {"gain", gain.gain},
                                 {"low", gain.low},
                                 {"high", gain.high},
                                 {"ahead", gain.ahead},
                                 {"verdict", verdict(gain)}});
  }
  return json::serialize(json::object{{"repetitions", season.rule.repetitions},
                                      {"weeks", season.rule.weeks},
                                      {"budget", season.rule.budget},
                                      {"seed", season.rule.seed},
                                      {"truth", season.rule.truth},
                                      {"ways", std::move(ways)},
                                      {"gains", std::move(gains)}});
}

}  // namespace hustings::cli
