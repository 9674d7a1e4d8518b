// bench_phonebank: thousands of callers on WebSockets, one generator process, one `hustings serve`
// with its own PostgreSQL, all on the same cores. Paced at the rate that 7,000 callers have at one
// call every 45 s and at ten times that; flat out until two million calls are durable, against the
// plain way in the same database and the same run; then the checker over what every caller has
// seen and the database.
#include <algorithm>
#include <chrono>
#include <cstring>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <sys/resource.h>
#include <unistd.h>
#include <vector>

#include <fmt/format.h>

#include "bench_report.h"
#include "net/live_fleet.h"
#include "phonebank/plain_way.h"
#include "simulate/callers.h"
#include "simulate/campaign.h"
#include "simulate/checker.h"

namespace hustings::bench {
namespace {

namespace fs = std::filesystem;
using simulate::Callers;
using simulate::Campaign;
using std::chrono::seconds;

struct Size {
  int callers = 7000;
  std::int64_t calls = 2'000'000;
  std::int64_t lines = 2'400'000;  // one in twelve may not be called
  int phonebanks = 2;
  seconds paced{60};
  seconds plain{30};
  std::int64_t plain_lines = 300'000;
};

Size size_of(bool quick) {
  if (!quick) return {};
  return {.callers = 1000,
          .calls = 30'000,
          .lines = 60'000,
          .phonebanks = 2,
          .paced = seconds(8),
          .plain = seconds(4),
          .plain_lines = 60'000};
}

double own_cpu_seconds() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  const auto of = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
  };
  return of(usage.ru_utime) + of(usage.ru_stime);
}

std::string percentiles(std::vector<float> values) {
  if (values.empty()) return R"({"p50":null,"p99":null,"p999":null})";
  std::ranges::sort(values);
  const auto at = [&](double share) {
    return values[std::min(values.size() - 1,
                           static_cast<std::size_t>(share * static_cast<double>(values.size())))];
  };
  return fmt::format(R"({{"p50":{:.2f},"p99":{:.2f},"p999":{:.2f}}})", at(0.5), at(0.99),
                     at(0.999));
}

/// Processor time of everybody, between two moments.
class Cpu {
 public:
  explicit Cpu(Campaign& campaign)
      : campaign_(campaign), before_(campaign.server().cpu_seconds()), own_(own_cpu_seconds()) {}

  /// Microseconds for each of so many calls, by part.
  std::string per_call(double calls) const {
    std::map<std::string, double> parts = {
        {"network", 0}, {"work", 0}, {"postgres", 0}, {"other", 0}};
    for (const auto& [name, after] : campaign_.server().cpu_seconds()) {
      const auto found = before_.find(name);
      const double spent = after - (found == before_.end() ? 0 : found->second);
      const std::string part = name == "net" ? "network" : name == "worker" ? "work" : name;
      parts[parts.contains(part) ? part : "other"] += spent;
    }
    parts["generator"] = own_cpu_seconds() - own_;
    std::string out;
    for (const auto& [name, spent] : parts)
      out += fmt::format(R"({}"{}":{:.1f})", out.empty() ? "" : ",", name, 1e6 * spent / calls);
    return '{' + out + '}';
  }

 private:
  Campaign& campaign_;
  std::map<std::string, double> before_;
  double own_;
};

class Bench {
 public:
  explicit Bench(bool quick) : quick_(quick), size_(size_of(quick)) {}
  ~Bench();
  Status run();

 private:
  Status open();
  Status connect();
  Status measure_plain();
  void measure_paced(double calls_per_s);
  void measure_flat_out();
  Status judge();
  void say(const std::string& text) const;
  void print() const;

  const bool quick_;
  const Size size_;
  const std::chrono::steady_clock::time_point begun_ = std::chrono::steady_clock::now();
  fs::path folder_;
  std::unique_ptr<Campaign> campaign_;
  std::unique_ptr<net::LiveFleet> fleet_;
  std::unique_ptr<Callers> callers_;
  double kib_per_caller_ = 0;
  std::string paced_;
  double plain_ = 0;
  double durable_ = 0;
  double flat_out_s_ = 0;
  std::int64_t calls_ = 0;
  std::string cpu_;
  simulate::Verdict verdict_;
};

Bench::~Bench() {
  callers_.reset();
  fleet_.reset();
  campaign_.reset();
  std::error_code error;
  if (!folder_.empty()) fs::remove_all(folder_, error);
}

void Bench::say(const std::string& text) const {
  const std::chrono::duration<double> since = std::chrono::steady_clock::now() - begun_;
  fmt::print(stderr, "bench_phonebank: {:6.1f} s  {}\n", since.count(), text);
}

Status Bench::open() {
  folder_ = fs::temp_directory_path() / fmt::format("hustings-bench-phonebank-{}", getpid());
  fs::create_directories(folder_);
  fs::permissions(folder_, fs::perms::owner_all | fs::perms::group_exec | fs::perms::others_exec);
  say(fmt::format("laying down {} lines, {} callers join", size_.lines, size_.callers));
  Campaign::Options options;
  options.program = fs::read_symlink("/proc/self/exe").parent_path().parent_path() / "hustings";
  options.data_dir = folder_ / "data";
  options.lines = size_.lines;
  options.phonebanks = size_.phonebanks;
  options.callers = size_.callers;
  campaign_ = TRY(Campaign::open(options));
  // As pgbench does with its own tables: what follows a load is not what a call costs.
  TRY(campaign_->database())->run_text("vacuum analyze", "bench");
  say("they have joined");
  return {};
}

Status Bench::connect() {
  fleet_ = std::make_unique<net::LiveFleet>(campaign_->fleet());
  simulate::Behaviour behaviour;
  behaviour.seed = 2012;
  behaviour.question = campaign_->question();
  callers_ = std::make_unique<Callers>(*fleet_, campaign_->sessions(), behaviour);
  const auto before = campaign_->server().resident_kib();
  if (!callers_->connect())
    return refuse(ErrorCode::unavailable, "Not every caller could connect.");
  kib_per_caller_ = static_cast<double>(campaign_->server().resident_kib() - before) /
                    static_cast<double>(size_.callers);
  return {};
}

Status Bench::measure_plain() {
  say("the plain way: one transaction a claim, one a result, 64 connections of pgbench");
  const auto connection = TRY(campaign_->database());
  prepare_plain_way(*connection, size_.plain_lines);
  connection->run_text("checkpoint", "checkpoint");
  const std::string url = TRY(campaign_->server().database_url());
  plain_ = TRY(plain_calls_per_s(url, size_.plain));
  remove_plain_way(*connection);
  connection->run_text("checkpoint", "checkpoint");
  say(fmt::format("{:.0f} calls/s", plain_));
  return {};
}

void Bench::measure_paced(double calls_per_s) {
  say(fmt::format("{} calls/s over {} callers", calls_per_s, size_.callers));
  const Cpu cpu(*campaign_);
  const std::int64_t before = callers_->acknowledged();
  auto seen = callers_->pace(calls_per_s, size_.paced);
  const auto calls = static_cast<double>(callers_->acknowledged() - before);
  paced_ += fmt::format(
      R"({}"{}":{{"next_ms":{},"result_ms":{},"calls":{},"missed":{},"cpu_us_per_call":{}}})",
      paced_.empty() ? "" : ",", calls_per_s, percentiles(std::move(seen.next)),
      percentiles(std::move(seen.result)), calls, seen.missed, cpu.per_call(calls));
}

void Bench::measure_flat_out() {
  say(fmt::format("flat out: {} calls", size_.calls));
  const Cpu cpu(*campaign_);
  const std::int64_t before = callers_->acknowledged();
  flat_out_s_ = callers_->work({.calls = size_.calls, .time = {}});
  calls_ = callers_->acknowledged() - before;
  durable_ = static_cast<double>(calls_) / flat_out_s_;
  cpu_ = cpu.per_call(static_cast<double>(calls_));
  callers_->settle(seconds(60));
  say(fmt::format("{} calls in {:.1f} s: {:.0f} calls/s; us of processor a call: {}", calls_,
                  flat_out_s_, durable_, cpu_));
}

Status Bench::judge() {
  say("the checker compares what callers saw with the database");
  const auto connection = TRY(campaign_->database());
  verdict_ = simulate::check(*connection, callers_->history());
  say(verdict_.text());
  return {};
}

void Bench::print() const {
  fmt::print(R"({{{},"callers":{},"paced":{{{}}},"durable_calls":{},"seconds":{:.1f},)"
             R"("durable_calls_per_s":{:.0f},"plain_calls_per_s":{:.0f},"ratio":{:.2f},)"
             R"("kib_per_caller":{:.1f},"cpu_us_per_call":{},"refused":{},)"
             R"("checker":{{"doubled":{},"lost":{},"forbidden":{},"too_soon":{},"epochs":{}}}}})"
             "\n",
             common_keys("phonebank", quick_), size_.callers, paced_, calls_, flat_out_s_, durable_,
             plain_, durable_ / plain_, kib_per_caller_, cpu_, callers_->history().refusals,
             verdict_.doubled, verdict_.lost, verdict_.forbidden, verdict_.too_soon,
             verdict_.epochs);
}

Status Bench::run() {
  TRY(open());
  TRY(measure_plain());
  TRY(connect());
  for (const double calls_per_s : {155.0, 1550.0})
    measure_paced(calls_per_s);
  measure_flat_out();
  TRY(judge());
  print();
  if (!verdict_.holds()) return refuse(ErrorCode::conflict, "A promise was not kept.");
  return {};
}

}  // namespace
}  // namespace hustings::bench

int main(int argc, char** argv) {
  bool quick = false;
  for (int i = 1; i < argc; ++i)
    quick |= std::strcmp(argv[i], "--quick") == 0;
  try {
    const auto ran = hustings::bench::Bench(quick).run();
    if (ran) return 0;
    fmt::print(stderr, "bench_phonebank: {}\n", ran.error().text());
  } catch (const hustings::Failure& failure) {
    fmt::print(stderr, "bench_phonebank: {}\n", failure.what());
  }
  return 1;
}
