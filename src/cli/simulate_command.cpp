#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <memory>
#include <unistd.h>

#include <fmt/format.h>

#include "base/text.h"
#include "cli/commands.h"
#include "cli/terminal.h"
#include "net/live_fleet.h"
#include "simulate/callers.h"
#include "simulate/campaign.h"
#include "simulate/checker.h"
#include "simulate/disturber.h"

namespace hustings::cli {
namespace {

namespace fs = std::filesystem;
using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr seconds kSettleMax{60};

Result<std::vector<simulate::Disturbance>> plan_of(const SimulateArguments& arguments) {
  std::vector<simulate::Disturbance> plan;
  for (const std::string& word : arguments.disturb) {
    const auto what = simulate::disturbance_from(word);
    if (!what) {
      return invalid(fmt::format("'{}' is no disturbance. There are: kill_program, kill_database, "
                                 "kill_backends, freeze, cut, reconnect, clock, full_disk.",
                                 word),
                     "--disturb");
    }
    if (*what == simulate::Disturbance::clock && arguments.clock_library.empty()) {
      return invalid("The clock is turned by a library: name it with --clock-library.",
                     "--disturb");
    }
    plan.push_back(*what);
  }
  return plan;
}

/// One simulation, from the empty folder to the verdict.
class Simulation {
 public:
  Simulation(const SimulateArguments& arguments, std::vector<simulate::Disturbance> plan)
      : arguments_(arguments), plan_(std::move(plan)) {}
  ~Simulation();
  Status run();
  bool holds() const { return verdict_.holds(); }

 private:
  Status prepare_folder();
  Status call();
  void print_calls(double took) const;
  Status judge();

  const SimulateArguments& arguments_;
  const std::vector<simulate::Disturbance> plan_;
  fs::path folder_;
  std::unique_ptr<simulate::Campaign> campaign_;
  std::unique_ptr<net::LiveFleet> fleet_;
  std::unique_ptr<simulate::Callers> callers_;
  simulate::Verdict verdict_;
};

Simulation::~Simulation() {
  callers_.reset();
  fleet_.reset();
  campaign_.reset();
  std::error_code error;
  if (!folder_.empty() && !arguments_.keep) fs::remove_all(folder_, error);
}

Status Simulation::prepare_folder() {
  const bool is_given = !arguments_.folder.empty();
  const fs::path folder =
      is_given ? arguments_.folder
               : fs::temp_directory_path() / fmt::format("hustings-simulate-{}", getpid());
  std::error_code error;
  fs::create_directories(folder, error);
  if (error) return refuse(ErrorCode::unavailable, "The folder cannot be made.", folder.string());
  if (!fs::is_empty(folder, error)) {
    return refuse(ErrorCode::conflict,
                  "A simulation needs an empty folder and would not touch this one. Give another "
                  "with --data.",
                  folder.string());
  }
  folder_ = folder;
  // The database's user must be able to go through it.
  fs::permissions(folder_, fs::perms::owner_all | fs::perms::group_exec | fs::perms::others_exec,
                  error);
  return {};
}

Status Simulation::run() {
  TRY(prepare_folder());
  ProgressLine line("campaign");
  line.update("laying down voters, callers join …");
  simulate::Campaign::Options options;
  options.program = fs::read_symlink("/proc/self/exe");
  options.data_dir = folder_ / "data";
  options.preload = arguments_.clock_library;
  options.lines = arguments_.lines;
  options.callers = arguments_.callers;
  options.lease = seconds(arguments_.lease_seconds);
  // The library reads it from the environment that the server inherits.
  if (!options.preload.empty()) setenv("HUSTINGS_CLOCK_FILE", (folder_ / "clock").c_str(), 1);
  campaign_ = TRY(simulate::Campaign::open(options));
  line.done(fmt::format("{} lines, {} callers", with_thousands(arguments_.lines),
                        with_thousands(arguments_.callers)));
  TRY(call());
  return judge();
}

Status Simulation::call() {
  net::LiveFleet::Options fleet = campaign_->fleet();
  const bool storms = std::ranges::find(plan_, simulate::Disturbance::reconnect) != plan_.end();
  if (storms) fleet.connecting_max = static_cast<std::size_t>(arguments_.callers);
  fleet_ = std::make_unique<net::LiveFleet>(std::move(fleet));
  simulate::Behaviour behaviour;
  behaviour.seed = arguments_.seed;
  behaviour.think = milliseconds(arguments_.think_ms);
  behaviour.question = campaign_->question();
  behaviour.released = 0.01;
  behaviour.wrong_number = 0.03;
  callers_ = std::make_unique<simulate::Callers>(*fleet_, campaign_->sessions(), behaviour);
  if (!callers_->connect()) {
    return refuse(ErrorCode::unavailable, "Not every caller could connect within a minute.");
  }
  ProgressLine line("calls");
  line.update("calling …");
  if (plan_.empty()) {
    const double took =
        callers_->work({.calls = arguments_.calls,
                        .time = seconds(arguments_.calls > 0 ? 0 : arguments_.seconds)});
    callers_->settle(kSettleMax);
    line.done(fmt::format("{} calls in {}: {:.0f}/s", with_thousands(callers_->acknowledged()),
                          duration_text(took),
                          static_cast<double>(callers_->acknowledged()) / took));
    return {};
  }
  simulate::Disturber disturber(campaign_->server(), *callers_,
                                {.plan = plan_,
                                 .lease = seconds(arguments_.lease_seconds),
                                 .data_dir = folder_ / "data",
                                 .clock_file = folder_ / "clock"});
  while (!disturber.is_done())
    callers_->work({.calls = 0, .time = seconds(1)});
  callers_->work({.calls = 0, .time = seconds(2)});
  callers_->settle(kSettleMax);
  line.done(fmt::format("{} calls; {} connections were lost, {} requests refused or unanswered",
                        with_thousands(callers_->acknowledged()),
                        with_thousands(callers_->history().disconnects),
                        with_thousands(callers_->history().refusals)));
  for (const auto& recovery : disturber.recoveries()) {
    const bool is_storm = recovery.what == simulate::Disturbance::reconnect;
    fmt::print("  {:<14}{} {:.2f} s, then they went on\n", simulate::to_string(recovery.what),
               is_storm ? "all connected again after" : "no call for", recovery.seconds);
  }
  if (!disturber.trouble().empty()) return refuse(ErrorCode::unavailable, disturber.trouble());
  return {};
}

Status Simulation::judge() {
  ProgressLine line("checker");
  line.update("comparing what callers saw with the database …");
  const auto connection = TRY(campaign_->database());
  verdict_ = simulate::check(*connection, callers_->history());
  line.done(fmt::format("{} showings: {}", with_thousands(std::ssize(callers_->history().showings)),
                        verdict_.text()));
  return {};
}

int fail(const Error& error) {
  fmt::print(stderr, "hustings: {}\n", error.text());
  return 2;
}

}  // namespace

int simulate_callers(const SimulateArguments& arguments) {
  auto plan = plan_of(arguments);
  if (!plan) return fail(plan.error());
  Simulation simulation(arguments, *std::move(plan));
  if (const Status ran = simulation.run(); !ran) return fail(ran.error());
  return simulation.holds() ? 0 : 1;
}

}  // namespace hustings::cli
