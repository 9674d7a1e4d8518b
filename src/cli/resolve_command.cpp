#include <algorithm>
#include <chrono>
#include <cmath>

#include <fmt/format.h>

#include "app/installation.h"
#include "base/text.h"
#include "cli/commands.h"
#include "cli/log_of.h"
#include "cli/stop_signal.h"
#include "cli/terminal.h"
#include "identity/resolver.h"

namespace hustings::cli {
namespace {

constexpr std::chrono::milliseconds kShowEvery{200};

std::string now_text(const identity::Run& run) {
  std::string text(to_string(run.stage));
  if (run.stage == identity::RunStage::loading) {
    text += fmt::format(" {} records", with_thousands(run.rows_read));
  }
  return fmt::format("{}, {}", text, duration_text(run.seconds));
}

void print_report(const identity::RunReport& report) {
  if (report.fresh < report.records) {
    fmt::print("  {} of them were new\n", with_thousands(report.fresh));
  }
  fmt::print("  about {} pairs of two sources are one person\n",
             with_thousands(std::llround(report.estimated_matches)));
  for (const auto& [size, persons] : report.cluster_sizes) {
    fmt::print("  {} voters have {} records\n", with_thousands(persons), size);
  }
  if (report.left_out > 0) {
    fmt::print("  {} more pairs did not find room in the queue\n", with_thousands(report.left_out));
  }
  std::vector<std::string> stages;
  for (const auto& [stage, seconds] : report.seconds)
    stages.push_back(fmt::format("{} {}", stage, duration_text(seconds)));
  fmt::print("  {}\n", join(stages, ", "));
  if (report.queued > 0) fmt::print("  they wait on the page Matches: hustings serve\n");
}

Status follow(identity::Resolver& resolver, MatchRunId id, StopSignal& stop) {
  ProgressLine line("resolve");
  identity::Run run = TRY(resolver.find(id));
  while (run.state == identity::RunState::running) {
    line.update(now_text(run));
    if (stop.wait_for(kShowEvery)) {
      if (const Status asked = resolver.cancel(id); !asked) line.update(asked.error().sentence);
      run = TRY(resolver.wait(id));
      break;
    }
    run = TRY(resolver.find(id));
  }
  if (run.state != identity::RunState::done || !run.report) {
    line.failed("nothing was changed");
    const bool is_stopped = run.state == identity::RunState::cancelled;
    return refuse(is_stopped ? ErrorCode::cancelled : ErrorCode::conflict,
                  run.error.value_or("The run failed."));
  }
  line.done(
      fmt::format("{} records, {} pairs compared: {} voters joined another, {} pairs for a "
                  "person to look at",
                  with_thousands(run.report->records), with_thousands(run.report->pairs_compared),
                  with_thousands(run.report->joined), with_thousands(run.report->queued)));
  print_report(*run.report);
  return {};
}

Status run(const Config& config, const ResolveArguments& arguments, StopSignal& stop) {
  Log log = quiet_log_of(config);
  const auto installation =
      TRY(app::Installation::open(config, app::Installation::Part::tools, log));
  const auto id = TRY(installation->resolver().start(
      {.scope = arguments.only_new ? identity::RunScope::fresh : identity::RunScope::registry,
       .actor = "system",
       .threads = arguments.threads}));
  return follow(installation->resolver(), id, stop);
}

}  // namespace

int resolve(const Config& config, const ResolveArguments& arguments) {
  StopSignal stop;
  const Status ended = run(config, arguments, stop);
  if (ended) return 0;
  fmt::print(stderr, "hustings: {}\n", ended.error().text());
  return ended.error().code == ErrorCode::cancelled ? 130 : 2;
}

}  // namespace hustings::cli
