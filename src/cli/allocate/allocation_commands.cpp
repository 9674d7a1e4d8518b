#include "cli/allocate/allocation_commands.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

namespace hustings::cli {
namespace {

void describe_allocate(CLI::App& command, AllocationArguments& arguments) {
  AllocateArguments& allocate = arguments.allocate;
  command
      .add_option("--problem", allocate.problem,
                  "The problem as JSON (docs/formats/allocation-problem.md)")
      ->required();
  command.add_flag("--json", allocate.json, "Print the plan as one JSON object");
  command.add_option("--objective", allocate.options.objective,
                     "win_probability, expected_weight, net_votes or robust_win_probability");
  command.add_option("--race", allocate.options.race,
                     "The race as JSON, instead of the problem's own");
  command.add_option("--correlation", allocate.options.correlation,
                     "A matrix of the contests' correlations, CSV without header or JSON");
  command.add_flag("--repair-correlation", allocate.options.repair_correlation,
                   "Take the nearest matrix that is possible if that one is not, and say so");
  command.add_option("--budget", arguments.budget, "Instead of the problem's budget")
      ->check(CLI::NonNegativeNumber);
  command.add_flag("--ignore-limits", allocate.options.ignore_limits,
                   "Leave out the limits on sums: only the budget and each place's own bounds");
  command
      .add_option("--nodes", allocate.search_nodes,
                  "How long to search where curves are S-shaped (0: by the problem's size)")
      ->check(CLI::Range(0, 1'000'000));
}

void describe_season(CLI::App& command, SeasonRule& season) {
  command.add_option("--repetitions", season.repetitions, "season: how many are played")
      ->check(CLI::Range(kSeasonsMin, 100'000))
      ->capture_default_str();
  command.add_option("--weeks", season.weeks, "season: how long each is")
      ->check(CLI::Range(1, 30))
      ->capture_default_str();
  command.add_option("--seed", season.seed, "season: of the first")->capture_default_str();
  command
      .add_option("--truth", season.truth,
                  "season: true effects are drawn around so many times what the plan is told")
      ->check(CLI::Range(0.0, 100.0))
      ->capture_default_str();
}

void describe_backtest(CLI::App& command, BacktestArguments& backtest) {
  command.add_option("election", backtest.election,
                     "2012, which is part of the program; or season: simulated seasons in which "
                     "money follows the plans, against money by rules");
  command.add_option("--polls", backtest.files.polls,
                     "Polls as CSV: contest, n, end_date, ours, theirs");
  command.add_option("--results", backtest.files.results,
                     "Results as CSV: year, contest, ours, theirs, weight; this and the last one");
  command.add_option("--regions", backtest.files.regions,
                     "CSV: contest, region (default: divisions of American states)");
  command.add_option("--events", backtest.files.events,
                     "CSV: contest, events; what a campaign did, to compare with Q");
  command.add_option("--election-day", backtest.files.election_day,
                     "YYYY-MM-DD (default: the Tuesday of November in the polls' last year)");
  command.add_option("--days", backtest.rule.days, "How many days before it are replayed")
      ->check(CLI::Range(0, 1000))
      ->capture_default_str();
  command.add_option("--budget", backtest.rule.budget, "Of each day's plan; 0: no plans")
      ->check(CLI::NonNegativeNumber)
      ->capture_default_str();
  command.add_option("--needed", backtest.rule.needed, "Weight to win (0: more than half)")
      ->check(CLI::NonNegativeNumber);
  command.add_option("--sigma-national", backtest.rule.sigma.national, "Error of all contests")
      ->check(CLI::Range(0.0, 1.0))
      ->capture_default_str();
  command.add_option("--sigma-regional", backtest.rule.sigma.regional, "… of a region")
      ->check(CLI::Range(0.0, 1.0))
      ->capture_default_str();
  command.add_option("--sigma-contest", backtest.rule.sigma.contest, "… of a contest alone")
      ->check(CLI::Range(0.0, 1.0))
      ->capture_default_str();
  command.add_option("--svg", backtest.svg, "Write a chart to this file");
  command.add_flag("--json", backtest.json, "Print one JSON object");
  describe_season(command, backtest.season);
}

}  // namespace

int allocate(const AllocateArguments& arguments) {
  const auto outcome = allocate_file(arguments);
  if (!outcome) {
    fmt::print(stderr, "hustings: {}\n", outcome.error().text());
    return 2;
  }
  if (arguments.json) {
    fmt::print("{}\n", allocation_json(*outcome));
  } else {
    fmt::print("{}", allocation_text(*outcome));
  }
  return 0;
}

void add_allocation_commands(CLI::App& app, AllocationArguments& arguments,
                             const std::function<void(const std::function<int()>&)>& choose) {
  CLI::App* plan = app.add_subcommand(
      "allocate", "Where money does most: the best plan for a problem's file; needs no database");
  describe_allocate(*plan, arguments);
  plan->callback([plan, &arguments, choose] {
    if (plan->count("--budget") > 0) arguments.allocate.options.budget = arguments.budget;
    choose([&arguments] { return allocate(arguments.allocate); });
  });
  CLI::App* replay = app.add_subcommand(
      "backtest", "Replay an election's polls day by day: win probability, Q and the plan");
  describe_backtest(*replay, arguments.backtest);
  replay->callback(
      [&arguments, choose] { choose([&arguments] { return backtest(arguments.backtest); }); });
}

}  // namespace hustings::cli
