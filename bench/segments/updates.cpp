#include "segments/updates.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <ctime>
#include <thread>

#include "base/rng.h"
#include "bench_report.h"
#include "segments/registered.h"

namespace hustings::bench {
namespace {

using Clock = std::chrono::steady_clock;
using segments::Changes;
using segments::Registration;

/// Of this thread: what one core does, also on a machine that others use at the same time.
double cpu_seconds() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

double seconds_since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

/// Two to four conditions, as people make them; about one voter in fourteen matches.
Registration random_segment(Rng& rng) {
  Registration one;
  const auto among = [&](std::uint32_t values) {
    return static_cast<std::uint32_t>(rng.below(values));
  };
  const auto add = [&](Voter column, std::uint32_t lo, std::uint32_t hi) {
    one.all.push_back({column, {{lo, hi}}});
  };
  const std::uint32_t youngest = 18 + among(50);
  add(kAge, youngest, youngest + 15 + among(20));
  const Voter score = std::array{kSupport, kTurnout, kPersuade}[among(3)];
  add(score, 35 + among(30), 100);
  switch (among(6)) {
    case 0:
      add(kParty, 0, among(2));
      break;
    case 1:
      add(kPhone, 1, 1);
      break;
    case 2:
      add(kContacted, 0, among(3));
      break;
    case 3:
      add(kSurvey, 1 + among(3), 5);
      break;
    case 4:
      add(kRace, 0, among(3));
      break;
    default:
      one.all.push_back({kState, {}});
      for (std::uint32_t i = 0; i < 12; ++i) {
        const std::uint32_t state = among(kStates);
        one.all.back().ranges.emplace_back(state, state);
      }
  }
  if (rng.chance(0.3)) add(kSex, among(2), 1);
  return one;
}

void add_contact(Rng& rng, const segments::Table& table, Changes& changes) {
  auto& columns = const_cast<segments::Table&>(table).columns();
  const auto row = static_cast<segments::Row>(rng.below(table.rows()));
  const std::uint32_t contacted = std::min(columns[kContacted].get(row) + 1, 15U);
  const auto support = static_cast<std::uint32_t>(rng.below(101));
  const auto survey = static_cast<std::uint32_t>(rng.below(6));
  const std::array<Changes::Cell, 4> cells = {
      {{kContacted, contacted}, {kLastContact, 20'036}, {kSurvey, survey}, {kSupport, support}}};
  changes.add(row, cells);
}

/// Q1 again and again on the newest version, on a thread of its own.
class Reader {
 public:
  explicit Reader(const segments::Table& table) : thread_([this, &table] { read(table); }) {}
  ~Reader() { stop(); }
  Reader(const Reader&) = delete;
  Reader& operator=(const Reader&) = delete;
  std::vector<double> stop() {
    is_stopped_ = true;
    if (thread_.joinable()) thread_.join();
    return times_;
  }

 private:
  void read(const segments::Table& table) {
    const segments::Crew crew(1);
    const auto q1 = all_queries(1).front();
    while (!is_stopped_) {
      const auto start = Clock::now();
      const auto version = table.read();
      q1.run({&crew, {}, version->rows}, *version);
      times_.push_back(seconds_since(start) * 1000);
    }
  }
  std::atomic<bool> is_stopped_ = false;
  std::vector<double> times_;
  std::thread thread_;  // last: it uses the others
};

}  // namespace

UpdateFigures measure_updates(Electorate& electorate, const UpdateTask& task) {
  Rng rng(task.segments);
  segments::Table& table = electorate.table;
  std::vector<Registration> registrations;
  for (std::size_t i = 0; i < task.segments; ++i)
    registrations.push_back(random_segment(rng));
  segments::RegisteredSegments registered(
      std::move(registrations),
      {.sums = {{kTurnout, kSupport}}, .by = segments::Tracked::By{kState, kStates}});
  const segments::Crew crew(2);
  const segments::Scan scan{&crew, {}, table.rows()};
  UpdateFigures figures;
  auto start = Clock::now();
  registered.count_all(scan, table.columns());
  figures.register_ms = seconds_since(start) * 1000 / static_cast<double>(task.segments);
  for (std::size_t s = 0; s < task.segments; ++s)
    figures.matches += static_cast<double>(registered.count(s)) / static_cast<double>(table.rows());

  std::unique_ptr<Reader> reader;
  if (task.with_reads) reader = std::make_unique<Reader>(table);
  double spent = 0;
  double updates = 0;
  Changes changes;
  std::uint64_t position = table.read()->position;
  while (spent < task.seconds) {
    changes.clear();
    for (std::size_t i = 0; i < task.batch; ++i)
      add_contact(rng, table, changes);
    const double before = cpu_seconds();
    registered.apply(table.columns(), changes);
    table.publish(++position);
    spent += cpu_seconds() - before;
    updates += static_cast<double>(task.batch);
  }
  figures.updates_per_s = updates / spent;
  if (reader != nullptr) {
    const std::vector<double> times = reader->stop();
    figures.reads = static_cast<double>(times.size());
    figures.read_ms = times.empty() ? 0 : median(times);
  }
  const auto version = table.read();
  const std::size_t step = std::max<std::size_t>(task.segments / 100, 1);
  for (std::size_t s = 0; s < task.segments; s += step) {
    figures.is_exact &= registered.get(s) == registered.recount(scan, version->columns, s);
    ++figures.recounted;
  }
  return figures;
}

}  // namespace hustings::bench
