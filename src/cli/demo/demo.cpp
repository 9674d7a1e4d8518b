#include <algorithm>
#include <chrono>
#include <cmath>
#include <fstream>
#include <memory>
#include <thread>
#include <unistd.h>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "access/access_service.h"
#include "app/installation.h"
#include "app/web_server.h"
#include "base/secret.h"
#include "base/text.h"
#include "cli/commands.h"
#include "cli/demo/caller_crew.h"
#include "cli/demo/campaign.h"
#include "cli/demo/money.h"
#include "cli/demo/opinion.h"
#include "cli/demo/phone_network.h"
#include "cli/shell_archive.h"
#include "cli/stop_signal.h"
#include "cli/terminal.h"
#include "make_people/electorate.h"

namespace hustings::cli {
namespace {

namespace fs = std::filesystem;
namespace json = boost::json;
using std::chrono::milliseconds;

constexpr std::string_view kMarker = "hustings-demo";  // in a folder that a demo may remove
constexpr std::string_view kEmail = "demo@example.org";
constexpr std::int64_t kAskedLeast = 30;  // below that a share says nothing

double median(std::vector<double> values) {
  if (values.empty()) return 0;
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

std::string percent(double share) { return fmt::format("{:.1f} %", share * 100); }

/// One run of the demo: what it made, and what did not hold.
class Demo {
 public:
  Demo(Config config, const DemoArguments& arguments)
      : config_(std::move(config)), arguments_(arguments) {}
  int run();

 private:
  Status prepare_folder();
  Status invent();
  Status start();
  Status import_one(const char* title, const fs::path& file, const std::string& layout,
                    std::int64_t rows_expected);
  Status import_all();
  Status plan();
  Status phone();
  Status summarise();
  Status ask();
  Status spend();
  Status archive();
  void stay();
  void clean_up();
  void expect(bool held, const std::string& what);
  std::string live_line(const CrewTally& tally, double seconds) const;

  Config config_;
  const DemoArguments& arguments_;
  StopSignal stop_;
  fs::path folder_;
  people::ElectorateFiles files_;
  std::unique_ptr<Log> log_;
  std::unique_ptr<app::Installation> installation_;
  std::unique_ptr<app::WebServer> server_;
  std::unique_ptr<ApiClient> api_;
  std::unique_ptr<PhoneNetwork> network_;
  std::vector<Campaign::Segment> segments_;
  Campaign::Bank bank_;
  CrewTally tally_;
  std::vector<std::string> broken_;
};

void Demo::expect(bool held, const std::string& what) {
  if (!held) broken_.push_back(what);
}

Status Demo::prepare_folder() {
  folder_ = arguments_.folder.empty()
                ? fs::temp_directory_path() / fmt::format("hustings-demo-{}", getuid())
                : arguments_.folder;
  std::error_code error;
  if (fs::exists(folder_) && !fs::is_empty(folder_, error)) {
    if (!fs::exists(folder_ / kMarker)) {
      return refuse(
          ErrorCode::conflict,
          "The demo needs an empty folder and would not touch this one. Give another with "
          "--data.",
          folder_.string());
    }
    fs::remove_all(folder_, error);
  }
  fs::create_directories(folder_ / "files", error);
  std::ofstream marker(folder_ / kMarker);
  if (error || !(marker << "Made by `hustings demo`, which may remove this folder.\n")) {
    return refuse(ErrorCode::unavailable, "The folder cannot be made or written.",
                  folder_.string());
  }
  config_.data_dir = folder_ / "data";
  return {};
}

Status Demo::invent() {
  ProgressLine line("voters");
  line.update("inventing an electorate …");
  try {
    files_ = people::write_electorate({.voters = static_cast<std::uint64_t>(arguments_.voters),
                                       .seed = arguments_.seed,
                                       .folder = folder_ / "files"});
  } catch (const people::ElectorateError& error) {
    return refuse(ErrorCode::unavailable, error.what());
  }
  network_ = std::make_unique<PhoneNetwork>(TRY(PhoneNetwork::load(files_.roll, files_.truth)));
  line.done(fmt::format("{} invented people in {} households ({}, North Carolina's layout)",
                        with_thousands(static_cast<std::int64_t>(files_.roll_rows)),
                        with_thousands(static_cast<std::int64_t>(files_.households)),
                        bytes_text(static_cast<std::int64_t>(files_.bytes))));
  return {};
}

Status Demo::start() {
  ProgressLine line("database");
  line.update("making a private PostgreSQL …");
  log_ = std::make_unique<Log>(Log::to_file((folder_ / "hustings.log").string(), Log::Level::info));
  installation_ = TRY(app::Installation::open(config_, app::Installation::Part::serving, *log_));
  server_ = TRY(app::WebServer::start(*installation_, config_, *log_));
  line.done(fmt::format("ready in {}", config_.data_dir.string()));
  const auto link = TRY(installation_->access().make_first_administrator_link());
  api_ = std::make_unique<ApiClient>(server_->port());
  const std::string password = random_code(4);
  TRY(api_->post("/v1/session/link", {{"token", link.token},
                                      {"name", "Demo Administrator"},
                                      {"email", kEmail},
                                      {"password", password}}));
  fmt::print("  {:<14}{}\n  {:<14}as {} with the password {}\n", "pages", server_->url(), "sign in",
             kEmail, password);
  std::fflush(stdout);
  return {};
}

Status Demo::import_one(const char* title, const fs::path& file, const std::string& layout,
                        std::int64_t rows_expected) {
  ProgressLine line(title);
  const auto begin = std::chrono::steady_clock::now();
  const json::value run = TRY(Campaign(*api_).import(file, layout, [&](const json::value& now) {
    line.update(fmt::format("{} rows, {} rows/s", with_thousands(number_at(now, "rows_read")),
                            with_thousands(number_at(now, "rows_per_s"))));
  }));
  const double seconds =
      std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  const std::int64_t rows = number_at(run, "rows_read");
  line.done(fmt::format("{} rows imported in {}: {} rows/s; {} rejected", with_thousands(rows),
                        duration_text(seconds),
                        with_thousands(std::llround(static_cast<double>(rows) / seconds)),
                        with_thousands(number_at(run, "rows_rejected"))));
  expect(rows == rows_expected,
         fmt::format("{}: {} rows were read, the file has {}", title, rows, rows_expected));
  expect(number_at(run, "rows_rejected") == 0, fmt::format("{}: rows were rejected", title));
  return {};
}

Status Demo::import_all() {
  const auto rows = [](std::uint64_t n) { return static_cast<std::int64_t>(n); };
  TRY(import_one("registry", files_.roll, "nc", rows(files_.roll_rows)));
  TRY(import_one("vote history", files_.history, "nc-history", rows(files_.history_rows)));
  TRY(import_one("scores", files_.scores, "scores", rows(files_.score_rows)));
  const std::int64_t voters = TRY(Campaign(*api_).count({{"all", json::array()}}));
  expect(voters == rows(files_.roll_rows),
         fmt::format("{} voters are counted, the file has {}", voters, files_.roll_rows));
  return {};
}

Status Demo::plan() {
  Campaign campaign(*api_);
  ProgressLine line("segments");
  segments_ = TRY(campaign.make_segments());
  std::vector<std::string> shown;
  for (const auto& segment : segments_) {
    shown.push_back(fmt::format("{} {}", segment.name, with_thousands(segment.count)));
  }
  line.done(join(shown, ", "));
  expect(segments_.front().count > arguments_.voters / 4, "too few voters with a number");
  ProgressLine bank("phone bank");
  bank.update("freezing the list and opening …");
  bank_ = TRY(campaign.open_phonebank(segments_.front(), arguments_.callers));
  bank.done(fmt::format("open with {} lines; a tenth of the households is held out",
                        with_thousands(bank_.lines)));
  return {};
}

std::string Demo::live_line(const CrewTally& tally, double seconds) const {
  return fmt::format(
      "{} calls ({:.0f}/s), {} conversations, {} answers; claim {:.1f} ms, save {:.1f} ms",
      with_thousands(tally.calls), static_cast<double>(tally.calls) / seconds,
      with_thousands(tally.conversations), with_thousands(tally.answers), median(tally.claim_ms),
      median(tally.result_ms));
}

Status Demo::phone() {
  ProgressLine line("calls");
  const auto begin = std::chrono::steady_clock::now();
  const auto seconds = [&] {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  };
  CallerCrew crew(*network_, {.port = server_->port(),
                              .join_code = bank_.join_code,
                              .callers = arguments_.callers,
                              .pause = milliseconds(50),
                              .seed = arguments_.seed});
  while (seconds() < arguments_.seconds && !crew.is_done()) {
    if (stop_.wait_for(milliseconds(250))) return refuse(ErrorCode::cancelled, "Stopped.");
    line.update(
        fmt::format("{} callers: {}", arguments_.callers, live_line(crew.tally(), seconds())));
  }
  crew.stop();
  tally_ = crew.tally();
  line.done(fmt::format("{} callers: {}", arguments_.callers, live_line(tally_, seconds())));
  expect(crew.trouble().empty(), "a simulated caller was stopped: " + crew.trouble());
  expect(tally_.refused_writes == 0, "results were refused");
  expect(tally_.calls > 0, "no call was made");
  // The time between two attempts is four hours, so within the demo each number comes once.
  expect(tally_.shown_twice == 0,
         fmt::format("{} numbers were handed out twice", tally_.shown_twice));
  return {};
}

/// The server's numbers against the callers' own count, and measured support against the truth.
Status Demo::summarise() {
  Campaign campaign(*api_);
  const json::value bank = TRY(api_->get("/v1/phonebanks/" + bank_.id));
  expect(number_at(bank, "calls") == tally_.calls,
         fmt::format("{} calls were acknowledged, {} are kept", tally_.calls,
                     number_at(bank, "calls")));
  // The engine follows the feed; give it a moment to take in the last answers.
  Campaign::Support all;
  for (int i = 0; i < 100; ++i) {
    all = TRY(campaign.support_in(segments_.front()));
    if (all.asked == tally_.support_asked) break;
    std::this_thread::sleep_for(milliseconds(50));
  }
  expect(all.asked == tally_.support_asked && all.yes == tally_.support_yes,
         fmt::format("{} of {} said yes, the segments count {} of {}", tally_.support_yes,
                     tally_.support_asked, all.yes, all.asked));
  expect(all.asked >= kAskedLeast, fmt::format("only {} voters were asked", all.asked));
  fmt::print("\n  {:<20}{:>10}{:>8}{:>22}{:>10}\n", "support", "voters", "asked", "measured (95 %)",
             "truth");
  for (const auto& segment : segments_) {
    const Campaign::Support measured = TRY(campaign.support_in(segment));
    PhoneNetwork::Group truth;
    for (const auto& [party, group] : network_->by_party()) {
      if (!segment.party.empty() && party != segment.party) continue;
      truth.voters += group.voters;
      truth.support_sum += group.support_sum;
      truth.pick_ups += group.pick_ups;
      truth.pick_up_support_sum += group.pick_up_support_sum;
    }
    const double n = static_cast<double>(std::max<std::int64_t>(measured.asked, 1));
    const double share = static_cast<double>(measured.yes) / n;
    const double error = std::sqrt(std::max(share * (1 - share), 1 / (4 * n)) / n);
    fmt::print("  {:<20}{:>10}{:>8}{:>22}{:>10}\n", segment.name, with_thousands(segment.count),
               with_thousands(measured.asked),
               fmt::format("{} ± {:.1f}", percent(share), 196 * error), percent(truth.mean()));
    // Five standard errors: by chance alone this fails once in a million runs.
    expect(measured.asked < kAskedLeast ||
               std::abs(share - truth.mean_of_pick_ups()) < 5 * error + 0.02,
           fmt::format("{}: measured {}, true among those who pick up {}", segment.name,
                       percent(share), percent(truth.mean_of_pick_ups())));
  }
  fmt::print("\n");
  return {};
}

/// A sample with a web form, and an experiment: its estimate against what was simulated.
Status Demo::ask() {
  Opinion opinion(
      *api_, *network_,
      {.port = server_->port(), .callers = arguments_.callers, .seed = arguments_.seed});
  ProgressLine line("survey");
  line.update("asking a sample …");
  const Opinion::Survey survey = TRY(opinion.ask_sample(segments_.front()));
  line.done(fmt::format("a sample of {} voters: {} sent the web form, {} wrote letters",
                        survey.asked, survey.by_form, survey.by_letter));
  ProgressLine test("experiment");
  test.update("calling one half, then asking both …");
  const Opinion::Effect effect = TRY(opinion.test_calls(segments_.front()));
  test.done(fmt::format(
      "{} calls, {} voters spoken with: {:+.1f} points ({:+.1f} to {:+.1f}); truth {:+.1f}",
      with_thousands(effect.households), with_thousands(effect.talks), 100 * effect.value,
      100 * effect.low, 100 * effect.high, 100 * effect.truth));
  expect(survey.by_form > 0 && survey.by_letter > 0, "nobody of the sample answered");
  expect(std::abs(effect.value - effect.truth) < 5 * effect.se + 0.02,
         fmt::format("the experiment found {}, simulated was {}", percent(effect.value),
                     percent(effect.truth)));
  return {};
}

Status Demo::spend() {
  ProgressLine line("money");
  line.update("seats, markets, prices, polls and a ledger …");
  const Money::Made made =
      TRY(Money(*api_,
                {.voters = arguments_.voters, .seed = arguments_.seed, .now = SystemClock().now()})
              .make());
  expect(made.problem.empty(), "there is no plan: " + made.problem);
  expect(made.planned_cents > 0, "nothing is planned");
  line.done(fmt::format("${} of ${} booked, ${} planned, ${} of it approved. {}",
                        with_thousands(made.booked_cents / 100),
                        with_thousands(made.budget_cents / 100),
                        with_thousands(made.planned_cents / 100),
                        with_thousands(made.approved_cents / 100), made.sentence));
  return {};
}

Status Demo::archive() {
  ProgressLine line("archive");
  line.update("writing every table, then reading it back …");
  const ArchiveSummary summary =
      TRY(archive_and_verify(installation_->database(), folder_ / "archive", stop_, line));
  line.done(fmt::format("{} tables, {} rows in {}; every digest verified", summary.tables,
                        with_thousands(static_cast<std::int64_t>(summary.rows)),
                        bytes_text(static_cast<std::int64_t>(summary.bytes))));
  return {};
}

void Demo::stay() {
  fmt::print(
      "\n  The campaign goes on at {} until Ctrl-C: a few callers keep phoning.\n"
      "  To phone yourself: open {}/join/{} in a private window or another browser\n"
      "  (in the one where you are signed in, you are staff).\n",
      server_->url(), server_->url(), bank_.join_code);
  std::fflush(stdout);
  const CallerCrew crew(*network_, {.port = server_->port(),
                                    .join_code = bank_.join_code,
                                    .callers = std::min(arguments_.callers, 5),
                                    .pause = milliseconds(1500),
                                    .seed = arguments_.seed + 1});
  stop_.wait();
}

void Demo::clean_up() {
  server_.reset();
  installation_.reset();
  log_.reset();
  if (arguments_.keep || folder_.empty()) return;
  std::error_code error;
  if (fs::exists(folder_ / kMarker)) fs::remove_all(folder_, error);
}

int Demo::run() {
  const auto begin = std::chrono::steady_clock::now();
  const auto steps = [&]() -> Status {
    TRY(prepare_folder());
    TRY(invent());
    TRY(start());
    TRY(import_all());
    TRY(plan());
    TRY(phone());
    TRY(summarise());
    TRY(ask());
    TRY(spend());
    return archive();
  };
  const Status ended = steps();
  if (!ended) {
    clean_up();
    fmt::print(stderr, "hustings: {}\n", ended.error().text());
    return ended.error().code == ErrorCode::cancelled ? 130 : 2;
  }
  for (const std::string& what : broken_)
    fmt::print("✗ check failed: {}\n", what);
  if (broken_.empty()) {
    fmt::print(
        "✓ every check held, {} from start to archive\n",
        duration_text(
            std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count()));
  }
  if (!arguments_.exit_after) stay();
  clean_up();
  return broken_.empty() ? 0 : 1;
}

}  // namespace

int demo(Config config, const DemoArguments& arguments) {
  return Demo(std::move(config), arguments).run();
}

}  // namespace hustings::cli
