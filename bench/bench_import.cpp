// How fast a voter file gets in, end to end and durably, against a bare COPY of the same normalised
// rows into a table without indexes, on the same server, in turn. Usage: bench_import [--quick]
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <string_view>
#include <unistd.h>

#include <fmt/format.h>

#include "base/log.h"
#include "bench_folder.h"
#include "bench_report.h"
#include "ingest/importer.h"
#include "make_people/electorate.h"
#include "make_people/state_files.h"
#include "pg/embedded_server.h"
#include "pg/migrations.h"
#include "pg/pool.h"
#include "registry/registry.h"

namespace hustings::bench {
namespace {

namespace fs = std::filesystem;

double seconds_since(std::chrono::steady_clock::time_point begin) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

/// One import's figures.
struct Measured {
  double seconds = 0;
  std::int64_t rows = 0;
  std::int64_t rows_new = 0;
  double peak_mb = 0;
  double cpu_seconds = 0;
};

struct Round {
  Measured measured;
  double copy_seconds = 0;
  double server_cpu_us = 0;  ///< for each row, in the end of the connections that were used
};

/// What the process that imports is told on its command line, in this order.
struct Task {
  std::string url;
  std::string schema;
  std::string layout;
  fs::path path;
};

Measured import_now(const Task& task) {
  pg::Pool pool({.url = task.url, .schema = task.schema, .application = "bench"}, 8);
  const SystemClock clock;
  Log log = Log::to_nowhere();
  registry::Registry registry(pool, clock, log);
  ingest::Importer importer(pool, registry, clock, log);
  const auto begin = std::chrono::steady_clock::now();
  const auto started = importer.start({.file = task.path, .layout = task.layout});
  if (!started) throw Failure(started.error().text());
  const ingest::Import import = importer.wait(started->id).value();
  if (import.state != ingest::ImportState::published) throw Failure(*import.error);
  return {.seconds = seconds_since(begin),
          .rows = import.counts.rows_read,
          .rows_new = import.counts.rows_new,
          .peak_mb = peak_mb(),
          .cpu_seconds = cpu_seconds(getpid())};
}

Measured in_own_process(const Task& task) {
  const std::string program = fs::read_symlink("/proc/self/exe");
  const std::string command = fmt::format("'{}' --one '{}' '{}' '{}' '{}'", program, task.url,
                                          task.schema, task.layout, task.path.string());
  const std::unique_ptr<FILE, decltype(&pclose)> pipe(popen(command.c_str(), "r"), &pclose);
  Measured out;
  if (!pipe || fscanf(pipe.get(), "%lf %ld %ld %lf %lf", &out.seconds, &out.rows, &out.rows_new,
                      &out.peak_mb, &out.cpu_seconds) != 5) {
    throw Failure("The importing process gave no figures.");
  }
  return out;
}

/// What is imported: a file, or the folder of a delivery in parts.
struct Delivery {
  std::string layout;
  fs::path path;
};

class Bench {
 public:
  Bench(pg::EmbeddedServer& server, Delivery delivery)
      : server_(server), delivery_(std::move(delivery)) {}

  Round run(int number) {
    begin(fmt::format("{}{}", delivery_.layout, number));
    Round round;
    import(round);
    // What a layout with votes in the voters' rows has brought too belongs to the comparison.
    for (const char* table : {"voter", "vote"}) {
      const fs::path rows = save_rows(table);
      if (fs::file_size(rows) > 0) copy(rows, table, round);
      fs::remove(rows);
    }
    connection_->run_text("drop schema " + schema_ + " cascade", "bench");
    return round;
  }

  /// Scores for every voter of a fresh import, then the same voters with other scores: seconds.
  std::pair<double, double> run_scores() {
    begin("scores");
    Round round;
    import(round);
    std::pair<double, double> seconds;
    for (double* of : {&seconds.first, &seconds.second}) {
      const Task task{.url = server_.url(),
                      .schema = schema_,
                      .layout = "scores",
                      .path = write_scores(of == &seconds.first ? 0 : 50)};
      *of = in_own_process(task).seconds;
    }
    connection_->run_text("drop schema " + schema_ + " cascade", "bench");
    return seconds;
  }

 private:
  pg::ConnectOptions options() const {
    return {.url = server_.url(), .schema = schema_, .application = "bench"};
  }

  void begin(std::string schema) {
    schema_ = std::move(schema);
    connection_ = std::make_unique<pg::Connection>(options());
    connection_->run_text("create schema " + schema_, "bench");
    if (const auto migrated = pg::migrate(*connection_); !migrated) {
      throw Failure(migrated.error().text());
    }
  }

  fs::path write_scores(int shift) {
    const fs::path path = delivery_.path.parent_path() / fmt::format("scores{}.csv", shift);
    const std::unique_ptr<FILE, decltype(&fclose)> file(fopen(path.c_str(), "wb"), &fclose);
    fmt::print(file.get(), "ncid,support,turnout\n");
    connection_->copy_out(
        fmt::format("copy (select external_id, (voter_id + {0}) % 101, (voter_id + {0}) % 97"
                    " from voter) to stdout (format csv)",
                    shift),
        "bench", [&](std::string_view row) { fwrite(row.data(), 1, row.size(), file.get()); });
    return path;
  }

  /// In a process of its own, so that its peak is what one import needs.
  void import(Round& round) {
    connection_->run_text("checkpoint", "bench");
    const double of_server = cpu_seconds(server_.pid());
    round.measured = in_own_process({.url = server_.url(),
                                     .schema = schema_,
                                     .layout = delivery_.layout,
                                     .path = delivery_.path});
    std::this_thread::sleep_for(std::chrono::milliseconds(500));  // the server reaps its children
    round.server_cpu_us = (cpu_seconds(server_.pid()) - of_server) * 1e6 /
                          static_cast<double>(std::max<std::int64_t>(round.measured.rows, 1));
    const auto voters = connection_->run_text("select count(*) from voter", "bench");
    if (voters.only().get<std::int64_t>(0) != round.measured.rows_new) {
      throw Failure("The table holds another number of voters than the import says.");
    }
  }

  /// The normalised rows as COPY's text, on disk.
  fs::path save_rows(const std::string& table) {
    const fs::path path = delivery_.path.parent_path() / "rows.txt";
    const std::unique_ptr<FILE, decltype(&fclose)> file(fopen(path.c_str(), "wb"), &fclose);
    connection_->copy_out("copy (select * from " + table + ") to stdout", "bench",
                          [&](std::string_view row) {
                            if (fwrite(row.data(), 1, row.size(), file.get()) != row.size())
                              throw Failure("Disk full.");
                          });
    return path;
  }

  void copy(const fs::path& rows, const std::string& table, Round& round) {
    connection_->run_text("create table bare_" + table + " (like " + table + ")", "bench");
    connection_->run_text("checkpoint", "bench");
    const std::unique_ptr<FILE, decltype(&fclose)> file(fopen(rows.c_str(), "rb"), &fclose);
    std::string buffer(1 << 20, '\0');
    const auto begin = std::chrono::steady_clock::now();
    auto copy = connection_->copy_in("copy bare_" + table + " from stdin", "bench");
    while (const std::size_t got = fread(buffer.data(), 1, buffer.size(), file.get())) {
      copy.write(std::string_view(buffer).substr(0, got));
    }
    copy.finish();
    round.copy_seconds += seconds_since(begin);
  }

  pg::EmbeddedServer& server_;
  const Delivery delivery_;
  std::string schema_;
  std::unique_ptr<pg::Connection> connection_;
};

struct Figures {
  std::int64_t rows = 0;
  double rate = 0;
  double copy_rate = 0;
  double peak_mb = 0;
};

Figures measure(pg::EmbeddedServer& server, const Delivery& delivery, int rounds) {
  Bench bench(server, delivery);
  std::vector<double> import_rates;
  std::vector<double> copy_rates;
  Figures out;
  for (int i = 1; i <= rounds; ++i) {
    const Round round = bench.run(i);
    out.rows = round.measured.rows;
    const auto count = static_cast<double>(out.rows);
    import_rates.push_back(count / round.measured.seconds);
    copy_rates.push_back(count / round.copy_seconds);
    out.peak_mb = std::max(out.peak_mb, round.measured.peak_mb);
    fmt::print(stderr,
               "{} round {}: import {:.0f} rows/s ({:.2f} s), bare COPY {:.0f} rows/s ({:.2f} s); "
               "CPU {:.2f} us a row here, {:.2f} us in the server; {:.0f} MB\n",
               delivery.layout, i, import_rates.back(), round.measured.seconds, copy_rates.back(),
               round.copy_seconds, round.measured.cpu_seconds * 1e6 / count, round.server_cpu_us,
               round.measured.peak_mb);
  }
  out.rate = median(import_rates);
  out.copy_rate = median(copy_rates);
  return out;
}

/// The electorate of one seed in three states' layouts.
std::vector<Delivery> write_deliveries(const fs::path& folder, std::uint64_t voters) {
  fmt::print(stderr, "making {} voters …\n", voters);
  const auto nc =
      people::write_electorate({.voters = voters, .seed = 1, .folder = folder, .history = false});
  const auto oh = people::write_ohio(nc.roll, folder / "oh");
  const auto fl = people::write_florida(nc.roll, folder / "fl");
  return {{"nc", nc.roll}, {"oh", oh.folder}, {"fl", fl.folder}};
}

int run(bool quick) {
  const Folder folder("import");
  const std::uint64_t voters = quick ? 100'000 : 1'000'000;
  const auto whole = write_deliveries(folder.path / "files", voters);
  const auto half = write_deliveries(folder.path / "half", voters / 2);
  Log log = Log::to_nowhere();
  auto server =
      pg::EmbeddedServer::start({.data_dir = folder.path, .bin_dir = {}, .durable = true}, log);
  if (!server) throw Failure(server.error().text());
  std::string layouts;
  for (std::size_t i = 0; i < whole.size(); ++i) {
    const bool is_first = i == 0;
    // Half as many rows: what the memory would halve for if it grew with the file.
    const Figures small = measure(**server, half[i], 1);
    const Figures figures = measure(**server, whole[i], is_first ? (quick ? 5 : 3) : 2);
    layouts += fmt::format(R"({}"{}":{{"rows":{},"rows_per_s":{:.0f},"copy_rows_per_s":{:.0f},)"
                           R"("ratio":{:.3f},"peak_mb":{:.0f},"peak_mb_of_half":{:.0f}}})",
                           is_first ? "" : ",", whole[i].layout, figures.rows, figures.rate,
                           figures.copy_rate, figures.rate / figures.copy_rate, figures.peak_mb,
                           small.peak_mb);
  }
  const auto [first, changed] = Bench(**server, whole.front()).run_scores();
  fmt::print(R"({{{},"layouts":{{{}}},"scores":{{"rows":{},"first_s":{:.2f},"changed_s":{:.2f}}}}})"
             "\n",
             common_keys("bench_import", quick), layouts, voters, first, changed);
  return 0;
}

}  // namespace
}  // namespace hustings::bench

int main(int count, char** arguments) {
  try {
    if (count == 6 && std::string_view(arguments[1]) == "--one") {
      const auto one = hustings::bench::import_now({.url = arguments[2],
                                                    .schema = arguments[3],
                                                    .layout = arguments[4],
                                                    .path = arguments[5]});
      fmt::print("{} {} {} {} {}\n", one.seconds, one.rows, one.rows_new, one.peak_mb,
                 one.cpu_seconds);
      return 0;
    }
    return hustings::bench::run(count > 1 && std::string_view(arguments[1]) == "--quick");
  } catch (const std::exception& failure) {
    fmt::print(stderr, "{}\n", failure.what());
    return 1;
  }
}
