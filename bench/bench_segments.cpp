// Q1 to Q7 over synthetic voters in the segments' engine and in DuckDB, ClickHouse and PostgreSQL
// on the same data in the same run; updates with registered segments. Usage: bench_segments
// [--quick] [--rows N] [--peers FOLDER] [--no-peers] [--no-huge]
// --quick: a million voters, no peers. The peers' libraries come from bench/peers/install.sh. At
// the end Q1 to Q4 over a hundred million voters, unless --no-huge or --rows is given.
#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <limits>
#include <map>
#include <memory>
#include <optional>
#include <string_view>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/error.h"
#include "bench_folder.h"
#include "bench_report.h"
#include "segments/live.h"
#include "segments/peers.h"
#include "segments/queries.h"
#include "segments/updates.h"

namespace hustings::bench {
namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

constexpr std::size_t kRowsWithUpdates = 20'000'000;
constexpr std::size_t kHugeRows = 100'000'000;

struct Options {
  bool quick = false;
  std::size_t rows = 10'000'000;
  bool with_peers = true;
  bool with_huge = true;  ///< a hundred million voters as well
  fs::path peers = "build/peers/node_modules";
};

double ms_since(Clock::time_point start) {
  return std::chrono::duration<double, std::milli>(Clock::now() - start).count();
}

/// The voters as a file that every peer reads.
class CsvFile {
 public:
  CsvFile(const fs::path& path, std::size_t rows)
      : rows_(rows), file_(std::fopen(path.c_str(), "wb")) {
    if (file_ == nullptr) throw Failure("The voters' file cannot be written: " + path.string());
  }
  ~CsvFile() { std::fclose(file_); }
  CsvFile(const CsvFile&) = delete;
  CsvFile& operator=(const CsvFile&) = delete;
  void add(std::size_t block, const VoterBlock& values) {
    fmt::memory_buffer out;
    for (std::size_t i = 0; i < segments::rows_in_block(rows_, block); ++i) {
      for (std::size_t column = 0; column < kVoterColumns; ++column) {
        const std::uint32_t unit = column == kLastContact ? kDaySeconds : 1;
        fmt::format_to(std::back_inserter(out), "{}{}", column == 0 ? "" : ",",
                       values[column][i] * unit);
      }
      out.push_back('\n');
    }
    std::fwrite(out.data(), 1, out.size(), file_);
  }

 private:
  std::size_t rows_;
  std::FILE* file_;
};

/// How long it takes to read so many bytes from memory, in the same run: the floor of a scan.
class Bandwidth {
 public:
  explicit Bandwidth(std::size_t bytes_most) : words_(bytes_most / 8 + segments::kBlockWords, 1) {}
  double floor_ms(std::size_t bytes, const segments::Crew& crew) const {
    const std::size_t blocks = std::max<std::size_t>(bytes / sizeof(segments::BlockBits), 1);
    const segments::Kernels& kernels = segments::best_kernels();
    std::vector<double> times;
    for (int i = 0; i < 7; ++i) {
      const auto start = Clock::now();
      std::atomic<std::uint64_t> sum = 0;
      // split() shares out blocks of rows; here a block stands for 512 bytes.
      crew.split(blocks * segments::kBlockRows,
                 [&](std::size_t, std::size_t first, std::size_t end) {
                   std::uint64_t own = 0;
                   for (std::size_t block = first; block < end; ++block)
                     own += kernels.any(&words_[block * segments::kBlockWords]) ? 1 : 0;
                   sum += own;
                 });
      times.push_back(ms_since(start));
    }
    return median(times);
  }

 private:
  std::vector<std::uint64_t> words_;
};

std::size_t bytes_of(const Query& query, const segments::Table::Version& version) {
  std::size_t bytes = 0;
  for (const Voter column : query.columns)
    bytes += version.columns[column].bytes();
  return bytes;
}

struct Timing {
  double ms = 0;
  double least_ms = 0;  ///< of all runs: what a busy machine disturbs least
  double floor_ms = 0;
  std::map<std::string, double> peers;
  std::map<std::string, double> peers_least;
  std::vector<std::string> different;  ///< peers whose answer is another

  /// Their least time over ours.
  double least_ratio() const {
    double least = std::numeric_limits<double>::max();
    for (const auto& [name, ms_of] : peers_least)
      least = std::min(least, ms_of);
    return least / least_ms;
  }
  std::optional<std::string> best() const {
    std::optional<std::string> best;
    for (const auto& [name, ms_of] : peers) {
      if (!best || ms_of < peers.at(*best)) best = name;
    }
    return best;
  }
};

/// One query: ours and each peer's in turn, several times, after one round to warm up.
Timing measure(const Query& query, const segments::Scan& scan,
               const segments::Table::Version& version, Peers& peers, int rounds) {
  std::vector<double> ours;
  std::map<std::string, std::vector<double>> theirs;
  Timing timing;
  for (int round = -1; round < rounds; ++round) {
    Answer answer;
    for (int i = 0; i < 5; ++i) {
      const auto start = Clock::now();
      answer = query.run(scan, version);
      if (round >= 0) ours.push_back(ms_since(start));
    }
    for (const auto& peer : peers.all) {
      const auto start = Clock::now();
      const Answer other = peer->run(query.sql);
      if (round >= 0) theirs[peer->name()].push_back(ms_since(start));
      if (round < 0 && !is_same(answer, other)) timing.different.push_back(peer->name());
    }
  }
  timing.ms = median(ours);
  timing.least_ms = std::ranges::min(ours);
  for (const auto& [name, times] : theirs) {
    timing.peers[name] = median(times);
    timing.peers_least[name] = std::ranges::min(times);
  }
  return timing;
}

std::string json_of(const Timing& timing) {
  std::string peers;
  for (const auto& [name, ms] : timing.peers)
    peers += fmt::format(R"({}"{}":{:.3f})", peers.empty() ? "" : ",", name, ms);
  const auto best = timing.best();
  std::string out = fmt::format(R"({{"ms":{:.4f},"floor_ratio":{:.2f},"peers":{{{}}})", timing.ms,
                                timing.ms / timing.floor_ms, peers);
  if (best) {
    out += fmt::format(R"(,"best_peer":"{}","ratio":{:.2f},"least_ratio":{:.2f},"equal":{})", *best,
                       timing.peers.at(*best) / timing.ms, timing.least_ratio(),
                       timing.different.empty());
  }
  return out + '}';
}

class Bench {
 public:
  explicit Bench(const Options& options) : options_(options) {}

  int run() {
    load();
    std::string queries;
    for (const int threads : {1, 2})
      queries += fmt::format(R"(,"{}":{{{}}})", threads == 1 ? "queries" : "queries_2_threads",
                             measure_queries(threads));
    peers_.all.clear();
    std::string out = fmt::format(
        R"({{{},"rows":{},"threads":[1,2],"load":"{}","load_s":{:.2f},"memory_mb":{:.0f},)"
        R"("bytes_per_voter":{:.2f}{},"peers_missing":[{}])",
        common_keys("bench_segments", options_.quick), options_.rows, load_average(), load_s_,
        peak_mb_, bytes_per_voter_, queries, missing());
    if (options_.rows <= kRowsWithUpdates) out += measure_all_updates() + measure_whole_way();
    if (options_.with_huge) out += measure_huge();
    fmt::print("{}}}\n", out);
    return is_equal_ ? 0 : 1;
  }

 private:
  static std::string load_average() { return first_line_of("cut -d' ' -f1-3 /proc/loadavg"); }

  std::string missing() const {
    std::string out;
    for (const std::string& one : peers_.missing) {
      std::string name = one.substr(0, one.find(':'));
      out += fmt::format(R"({}"{}")", out.empty() ? "" : ",", name);
    }
    return out;
  }

  void load() {
    fmt::print(stderr, "making {} voters …\n", options_.rows);
    const fs::path csv_path = folder_.path / "voters.csv";
    std::optional<CsvFile> csv;
    if (options_.with_peers) csv.emplace(csv_path, options_.rows);
    reset_peak();
    const auto start = Clock::now();
    fill(*electorate_, options_.rows, [&](std::size_t block, const VoterBlock& values) {
      if (csv) csv->add(block, values);
    });
    load_s_ = ms_since(start) / 1000;
    peak_mb_ = peak_mb();
    csv.reset();
    bytes_per_voter_ =
        static_cast<double>(electorate_->table.bytes()) / static_cast<double>(options_.rows);
    if (options_.with_peers) {
      peers_ = start_peers({options_.peers, folder_.path, csv_path});
      fs::remove(csv_path);
    } else {
      peers_.missing.emplace_back("all: not asked for");
    }
  }

  std::string measure_queries(int threads) {
    const segments::Crew crew(threads);
    const auto version = electorate_->table.read();
    const segments::Scan scan{&crew, {}, options_.rows};
    const std::vector<Query> queries = all_queries(electorate_->precincts);
    std::size_t most = 0;
    for (const Query& query : queries)
      most = std::max(most, bytes_of(query, *version));
    const Bandwidth bandwidth(most);
    for (const auto& peer : peers_.all)
      peer->set_threads(threads);
    std::string out;
    for (const Query& query : queries) {
      Timing timing = measure(query, scan, *version, peers_, peers_.all.empty() ? 7 : 5);
      timing.floor_ms = bandwidth.floor_ms(bytes_of(query, *version), crew);
      is_equal_ &= timing.different.empty();
      const auto best = timing.best();
      fmt::print(stderr, "{} {} thread(s): {:.3f} ms, {:.1f} times the floor{}{}\n", query.name,
                 threads, timing.ms, timing.ms / timing.floor_ms,
                 best ? fmt::format(", {} {:.1f} ms: {:.1f} times ({:.1f} by the least times)",
                                    *best, timing.peers.at(*best),
                                    timing.peers.at(*best) / timing.ms, timing.least_ratio())
                      : "",
                 timing.different.empty()
                     ? ""
                     : fmt::format(", OTHER ANSWERS: {}", fmt::join(timing.different, " ")));
      out += fmt::format(R"({}"{}":{})", out.empty() ? "" : ",", query.name, json_of(timing));
    }
    return out;
  }

  std::string measure_all_updates() {
    std::string per_s;
    std::string detail;
    for (const std::size_t segments : {100, 1'000, 10'000}) {
      const bool is_many = segments == 10'000;
      const UpdateFigures figures = measure_updates(
          *electorate_, {.segments = segments,
                         .batch = is_many ? std::size_t{20'000} : std::size_t{100'000},
                         .seconds = options_.quick ? 0.4 : 2,
                         .with_reads = false});
      fmt::print(stderr, "{} segments ({:.1f} of a voter): {:.0f} updates/s, {} recounted: {}\n",
                 segments, figures.matches, figures.updates_per_s, figures.recounted,
                 figures.is_exact ? "exact" : "WRONG");
      is_equal_ &= figures.is_exact;
      per_s += fmt::format(R"({}"{}":{:.0f})", per_s.empty() ? "" : ",", segments,
                           figures.updates_per_s);
      detail += fmt::format(R"({}"{}":{{"exact":{},"register_ms":{:.3f},"of_a_voter":{:.1f}}})",
                            detail.empty() ? "" : ",", segments, figures.is_exact,
                            figures.register_ms, figures.matches);
    }
    const UpdateFigures both = measure_updates(*electorate_, {.segments = 100,
                                                              .batch = 10'000,
                                                              .seconds = options_.quick ? 0.4 : 2,
                                                              .with_reads = true});
    fmt::print(stderr, "with {:.0f} reads of {:.3f} ms at the same time: {:.0f} updates/s\n",
               both.reads, both.read_ms, both.updates_per_s);
    return fmt::format(
        R"(,"updates_per_s":{{{}}},"registered":{{{}}},)"
        R"("reads_during_writes":{{"q1_ms":{:.4f},"reads":{:.0f},"updates_per_s":{:.0f}}})",
        per_s, detail, both.read_ms, both.reads, both.updates_per_s);
  }

  /// From a writer's commit to a page, through the real server.
  std::string measure_whole_way() {
    const LiveFigures live =
        measure_live({.folder = folder_.path,
                      .voters = options_.quick ? std::size_t{50'000} : std::size_t{1'000'000},
                      .segments = 100,
                      .seconds = options_.quick ? 4.0 : 30.0,
                      .changes_per_s = 1000,
                      .changes_per_commit = 10});
    fmt::print(stderr,
               "{:.0f} changes/s: {:.1f} ms (p99 {:.1f}) from commit to push, of it {:.1f} ms "
               "({:.1f}) until a reader of the feed has it; GET of a segment {:.2f} ms ({:.2f}); "
               "{:.0f} recounts: {}\n",
               live.changes_per_s, live.commit_to_push_ms.p50, live.commit_to_push_ms.p99,
               live.database_ms.p50, live.database_ms.p99, live.api_read_ms.p50,
               live.api_read_ms.p99, live.recounted, live.is_exact ? "exact" : "WRONG");
    is_equal_ &= live.is_exact;
    const auto json = [](const char* key, const Percentiles& of) {
      return fmt::format(R"(,"{}":{{"p50":{:.3f},"p99":{:.3f}}})", key, of.p50, of.p99);
    };
    return json("commit_to_push_ms", live.commit_to_push_ms) +
           json("commit_to_reader_ms", live.database_ms) + json("commit_ms", live.commit_ms) +
           json("api_read_ms", live.api_read_ms) +
           fmt::format(R"(,"live":{{"changes_per_s":{:.0f},"recounted":{:.0f},"exact":{}}})",
                       live.changes_per_s, live.recounted, live.is_exact);
  }

  /// Loading, memory and Q1 to Q4 over ten times as many voters.
  std::string measure_huge() {
    fmt::print(stderr, "making {} voters …\n", kHugeRows);
    electorate_ = std::make_unique<Electorate>();
    reset_peak();
    const auto start = Clock::now();
    fill(*electorate_, kHugeRows);
    const double seconds = ms_since(start) / 1000;
    const double peak = peak_mb();
    const auto version = electorate_->table.read();
    std::string out;
    for (const int threads : {1, 2}) {
      const segments::Crew crew(threads);
      const segments::Scan scan{&crew, {}, kHugeRows};
      std::string times;
      for (const Query& query : all_queries(electorate_->precincts)) {
        if (query.name > "Q4") continue;
        const Timing timing = measure(query, scan, *version, peers_, 3);
        fmt::print(stderr, "{} over {} voters, {} thread(s): {:.2f} ms\n", query.name, kHugeRows,
                   threads, timing.ms);
        times += fmt::format(R"({}"{}":{:.3f})", times.empty() ? "" : ",", query.name, timing.ms);
      }
      out += fmt::format(R"(,"ms_{}_threads":{{{}}})", threads, times);
    }
    return fmt::format(
        R"(,"huge":{{"rows":{},"load_s":{:.1f},"memory_mb":{:.0f},"bytes_per_voter":{:.2f}{}}})",
        kHugeRows, seconds, peak,
        static_cast<double>(electorate_->table.bytes()) / static_cast<double>(kHugeRows), out);
  }

  Options options_;
  Folder folder_{"segments"};
  std::unique_ptr<Electorate> electorate_ = std::make_unique<Electorate>();
  Peers peers_;
  double load_s_ = 0;
  double peak_mb_ = 0;
  double bytes_per_voter_ = 0;
  bool is_equal_ = true;
};

std::optional<Options> options_of(int argc, char** argv) {
  Options options;
  for (int i = 1; i < argc; ++i) {
    const std::string_view argument = argv[i];
    if (argument == "--quick") {
      options.quick = true;
      options.rows = 1'000'000;
      options.with_peers = false;
      options.with_huge = false;
    } else if (argument == "--no-huge") {
      options.with_huge = false;
    } else if (argument == "--no-peers") {
      options.with_peers = false;
    } else if (argument == "--rows" && i + 1 < argc) {
      options.rows = std::stoull(argv[++i]);
      options.with_huge = false;
    } else if (argument == "--peers" && i + 1 < argc) {
      options.peers = argv[++i];
    } else {
      return std::nullopt;
    }
  }
  return options;
}

}  // namespace
}  // namespace hustings::bench

int main(int argc, char** argv) {
  const auto options = hustings::bench::options_of(argc, argv);
  if (!options) {
    std::fputs(
        "usage: bench_segments [--quick] [--rows N] [--peers FOLDER] [--no-peers] [--no-huge]\n",
        stderr);
    return 2;
  }
  try {
    return hustings::bench::Bench(*options).run();
  } catch (const hustings::Failure& failure) {
    std::fprintf(stderr, "bench_segments: %s\n", failure.what());
    return 1;
  }
}
