#include <fstream>

#include <fmt/format.h>

#include "cli/allocate/allocation_commands.h"
#include "cli/backtest/replay_report.h"

namespace hustings::cli {
namespace {

Result<Election> election_of(const BacktestArguments& arguments) {
  const bool files = !arguments.files.polls.empty() || !arguments.files.results.empty();
  if (!arguments.election.empty()) {
    if (files) return invalid("Name either an election or files of polls and results.");
    if (arguments.election == "2012") return election_2012();
    return invalid(
        fmt::format("There is no election \"{}\" inside; there is 2012, and \"season\" plays "
                    "simulated ones. Others need --polls and --results.",
                    arguments.election));
  }
  if (arguments.files.polls.empty() || arguments.files.results.empty())
    return invalid("Name an election (2012), or both --polls and --results.");
  return read_election(arguments.files);
}

/// Simulated seasons in the contests of 2012, or of the election in the files.
Status run_seasons(BacktestArguments arguments) {
  arguments.election = arguments.files.polls.empty() ? "2012" : "";
  const Election election = TRY(election_of(arguments));
  arguments.season.budget = arguments.rule.budget;
  const Season season = TRY(play_seasons(election, arguments.season));
  fmt::print("{}", arguments.json ? season_json(season) + "\n" : season_text(season));
  return {};
}

Status run(const BacktestArguments& arguments) {
  if (arguments.election == "season") return run_seasons(arguments);
  const Election election = TRY(election_of(arguments));
  const Replay replayed = TRY(replay(election, arguments.rule));
  if (!arguments.svg.empty()) {
    std::ofstream file(arguments.svg);
    file << replay_svg(election, replayed);
    file.close();
    if (!file) return invalid("The chart cannot be written there.", arguments.svg.string());
  }
  fmt::print("{}", arguments.json ? replay_json(election, replayed) + "\n"
                                  : replay_text(election, replayed));
  return {};
}

}  // namespace

int backtest(const BacktestArguments& arguments) {
  const auto done = run(arguments);
  if (done) return 0;
  fmt::print(stderr, "hustings: {}\n", done.error().text());
  return 2;
}

}  // namespace hustings::cli
