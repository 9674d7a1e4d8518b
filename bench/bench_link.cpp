// How fast, in how much memory and how rightly two files of partly the same people are linked, and
// how long one record takes against a file in memory. The people are tools/make_people's; their
// texts are given to the linker one by one, as a reader would.
// Usage: bench_link [--quick] [--rows N] [--scenario full_date|birth_year|signup] [--verbose]
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <ctime>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include <fmt/format.h>

#include "bench_report.h"
#include "linkage/index.h"
#include "linkage/linkage.h"
#include "linkage/training.h"
#include "make_people/matching_files.h"

namespace hustings::bench {
namespace {

using people::MatchingFiles;
using people::MatchingRow;
using people::Scenario;

constexpr double kThreshold = 0.9;

struct Arguments {
  bool quick = false;
  bool verbose = false;
  std::uint64_t rows = 0;
  std::string scenario;
};

struct Score {
  std::uint64_t rows = 0;
  double load_s = 0;
  double wall_s = 0;
  double cpu_s = 0;
  double peak_mb = 0;
  double precision = 0;
  double recall = 0;
  double estimated_over_true = 0;
  double pairs = 0;
};

double now_s() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

double cpu_s() {
  timespec time{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) / 1e9;
}

linkage::Person person_of(const MatchingRow& row) {
  linkage::Person person;
  person.first = row.first;
  person.middle = row.middle;
  person.last = row.last;
  if (row.suffix == "JR") person.generation = linkage::Generation::junior;
  if (row.suffix == "SR") person.generation = linkage::Generation::senior;
  person.sex = row.sex == 'F' ? linkage::Sex::female : linkage::Sex::male;
  person.birth = {.year = static_cast<std::uint16_t>(row.year),
                  .month = static_cast<std::uint8_t>(row.month),
                  .day = static_cast<std::uint8_t>(row.day)};
  person.house = row.house;
  person.street = row.street;
  person.unit = row.unit;
  person.zip = row.zip;
  person.city = row.city;
  person.phone = row.phone;
  person.email = row.email;
  return person;
}

/// One file in memory, and who is in each row.
struct File {
  linkage::Records records;
  std::vector<std::uint32_t> truth;
  double seconds = 0;  ///< in append alone, not in making the rows

  explicit File(linkage::Words& words) : records(words) {}

  /// Rows are made by the thousand, so that the time of making them is not counted.
  template <class Each>
  void load(std::uint64_t rows, const Each& each) {
    constexpr std::size_t kAtOnce = 10'000;
    records.reserve(rows + rows / 10);
    truth.reserve(rows + rows / 10);
    std::vector<MatchingRow> waiting;
    const auto take = [&] {
      const double begin = now_s();
      for (const MatchingRow& row : waiting)
        records.append(person_of(row));
      seconds += now_s() - begin;
      waiting.clear();
    };
    each([&](const MatchingRow& row) {
      truth.push_back(static_cast<std::uint32_t>(row.person));
      waiting.push_back(row);
      if (waiting.size() == kAtOnce) take();
    });
    take();
  }
};

void judge(const linkage::Linkage& linkage, const File& left, const File& right, Score& score) {
  std::unordered_set<std::uint32_t> in_left(left.truth.begin(), left.truth.end());
  double in_both = 0;
  for (const std::uint32_t person : right.truth)
    in_both += in_left.contains(person) ? 1 : 0;
  double found = 0;
  double right_ones = 0;
  for (const linkage::Match& match : linkage.matches) {
    if (match.probability < kThreshold) continue;
    ++found;
    if (left.truth[match.rows.left] == right.truth[match.rows.right]) ++right_ones;
  }
  score.precision = right_ones / std::max(found, 1.0);
  score.recall = right_ones / in_both;
  score.estimated_over_true = linkage.estimated_matches / in_both;
  score.pairs = static_cast<double>(linkage.pairs_compared);
}

/// What was found by which rule, and what kinds of pairs were wrongly taken or left.
void explain_errors(const linkage::Linkage& linkage, const File& left, const File& right) {
  for (const auto& rule : linkage.rules) {
    fmt::print(stderr, "  {:<40} {:>12} pairs, {} blocks skipped\n", rule.rule, rule.pairs,
               rule.skipped_blocks);
  }
  int shown_wrong = 0;
  int shown_missed = 0;
  double kept = 0;
  for (const linkage::Match& match : linkage.matches) {
    const bool same = left.truth[match.rows.left] == right.truth[match.rows.right];
    kept += same ? 1 : 0;
    const bool taken = match.probability >= kThreshold;
    if (same == taken) continue;
    int& shown = taken ? shown_wrong : shown_missed;
    if (++shown > 12) continue;
    fmt::print(stderr, "  {} p={:.4f}", taken ? "wrong " : "missed", match.probability);
    for (const auto& evidence : explain(linkage.model, match, {}))
      fmt::print(stderr, " | {} {} {:+.1f}", evidence.field, evidence.level, evidence.bits);
    fmt::print(stderr, "\n");
  }
  fmt::print(stderr, "  true pairs among those kept: {}; wrong {}, missed though kept {}\n", kept,
             shown_wrong, shown_missed);
}

Score run_scenario(std::uint64_t rows, Scenario scenario, const Arguments& arguments) {
  const MatchingFiles files({.rows = rows, .seed = 3, .scenario = scenario});
  reset_peak();
  linkage::Words words;
  File left(words);
  File right(words);
  left.load(rows, [&](const auto& visit) { files.each_left(visit); });
  right.load(rows, [&](const auto& visit) { files.each_right(visit); });
  Score score{.rows = left.records.size(), .load_s = left.seconds + right.seconds};
  const double cpu = cpu_s();
  const double begin = now_s();
  const auto linkage = link(left.records, right.records, {.one_to_one = true});
  score.wall_s = now_s() - begin;
  score.cpu_s = cpu_s() - cpu;
  score.peak_mb = peak_mb();
  if (!linkage) throw Failure(linkage.error().text());
  judge(*linkage, left, right, score);
  if (arguments.verbose) explain_errors(*linkage, left, right);
  return score;
}

/// The 99th percentile of one record against a file in memory, microseconds.
double one_record_p99_us(std::uint64_t rows) {
  const MatchingFiles files({.rows = rows, .seed = 3, .scenario = Scenario::signup});
  linkage::Words words;
  File registry(words);
  registry.load(rows, [&](const auto& visit) { files.each_left(visit); });
  auto model = linkage::model_for_questions(registry.records, 0);
  if (!model) throw Failure(model.error().text());
  const linkage::Index index(registry.records, std::move(*model), std::vector<linkage::Rule>{});
  std::vector<double> times;
  std::uint64_t found = 0;
  files.each_right([&](const MatchingRow& row) {
    if (times.size() >= 50'000) return;
    const linkage::Person person = person_of(row);
    const double begin = now_s();
    found += index.find(person, 10).size();
    times.push_back((now_s() - begin) * 1e6);
  });
  std::sort(times.begin(), times.end());
  fmt::print(stderr, "one record against {}: median {:.1f} us, p99 {:.1f} us, {:.2f} candidates\n",
             registry.records.size(), times[times.size() / 2], times[times.size() * 99 / 100],
             static_cast<double>(found) / static_cast<double>(times.size()));
  return times[times.size() * 99 / 100];
}

int run(const Arguments& arguments) {
  const std::uint64_t rows = arguments.rows > 0 ? arguments.rows
                             : arguments.quick  ? 200'000
                                                : 1'000'000;
  std::string scenarios;
  for (const auto& [name, scenario] :
       {std::pair{"full_date", Scenario::full_date}, std::pair{"birth_year", Scenario::birth_year},
        std::pair{"signup", Scenario::signup}}) {
    if (!arguments.scenario.empty() && arguments.scenario != name) continue;
    const Score score = run_scenario(rows, scenario, arguments);
    fmt::print(stderr,
               "{:<10} {} rows: {:.2f} s wall, {:.2f} s CPU (and {:.2f} s to load), {:.0f} MB, "
               "{:.0f} pairs; precision {:.5f}, recall {:.5f}, estimated/true {:.3f}\n",
               name, score.rows, score.wall_s, score.cpu_s, score.load_s, score.peak_mb,
               score.pairs, score.precision, score.recall, score.estimated_over_true);
    if (!scenarios.empty()) scenarios += ',';
    scenarios += fmt::format(
        R"("{}":{{"rows":{},"load_s":{:.3f},"wall_s":{:.3f},"cpu_s":{:.3f},"peak_mb":{:.0f},)"
        R"("pairs":{:.0f},"precision":{:.5f},"recall":{:.5f},"estimated_over_true":{:.4f}}})",
        name, score.rows, score.load_s, score.wall_s, score.cpu_s, score.peak_mb, score.pairs,
        score.precision, score.recall, score.estimated_over_true);
  }
  const double p99 = one_record_p99_us(std::min<std::uint64_t>(rows, 1'000'000));
  fmt::print(R"({{{},"scenarios":{{{}}},"one_record_p99_us":{:.1f}}})"
             "\n",
             common_keys("bench_link", arguments.quick), scenarios, p99);
  return 0;
}

}  // namespace
}  // namespace hustings::bench

int main(int count, char** arguments) {
  hustings::bench::Arguments asked;
  for (int i = 1; i < count; ++i) {
    const std::string_view name = arguments[i];
    if (name == "--quick") asked.quick = true;
    if (name == "--verbose") asked.verbose = true;
    if (name == "--rows" && i + 1 < count) asked.rows = std::stoull(arguments[++i]);
    if (name == "--scenario" && i + 1 < count) asked.scenario = arguments[++i];
  }
  try {
    return hustings::bench::run(asked);
  } catch (const std::exception& failure) {
    fmt::print(stderr, "{}\n", failure.what());
    return 1;
  }
}
