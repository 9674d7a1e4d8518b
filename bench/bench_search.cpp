// How long a search takes in a registry of ten million voters: names as they are and with a typo,
// telephone numbers, addresses, e-mail addresses. Usage: bench_search [--quick]
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <functional>
#include <string_view>

#include <fmt/format.h>

#include "base/log.h"
#include "base/rng.h"
#include "bench_folder.h"
#include "bench_report.h"
#include "ingest/importer.h"
#include "make_people/electorate.h"
#include "pg/embedded_server.h"
#include "pg/migrations.h"
#include "pg/pool.h"
#include "registry/name_dictionary.h"
#include "registry/registry.h"

namespace hustings::bench {
namespace {

namespace fs = std::filesystem;

constexpr int kSearches = 400;  ///< of each kind, after as many again to warm up

/// What somebody may type to find one voter.
struct Sought {
  std::int64_t voter = 0;
  std::string last;
  std::string first;
  std::int64_t phone = 0;
  std::string street;
  std::string zip5;
  std::string email;
};

struct Timing {
  double p50_ms = 0;
  double p99_ms = 0;
  double found = 0;  ///< share of the searches whose first page holds the voter
};

class Bench {
 public:
  Bench(pg::Pool& pool, registry::Registry& registry) : registry_(registry) {
    const auto connection = pool.acquire();
    const pg::Rows rows = connection->run_text(
        "select voter_id, last_name, first_name, phone, street, zip5, email from voter tablesample"
        " system_rows(20000) where not protected and phone is not null and street is not null"
        " and email is not null and zip5 is not null and length(last_name) > 4 and "
        "length(first_name) > 3",
        "bench");
    for (const pg::Row row : rows) {
      sought_.push_back({.voter = row.get<std::int64_t>(0),
                         .last = row.get<std::string>(1),
                         .first = row.get<std::string>(2),
                         .phone = row.get<std::int64_t>(3),
                         .street = row.get<std::string>(4),
                         .zip5 = row.get<std::string>(5),
                         .email = row.get<std::string>(6)});
    }
    if (sought_.empty()) throw Failure("No voter to look for.");
  }

  Timing measure(const std::function<std::string(const Sought&)>& typed) {
    std::vector<double> times;
    int hits = 0;
    for (int i = -kSearches; i < kSearches; ++i) {
      const Sought& one = sought_[rng_.below(sought_.size())];
      const std::string text = typed(one);
      const auto begin = std::chrono::steady_clock::now();
      const auto page = registry_.search({.text = text, .limit = 50});
      const std::chrono::duration<double, std::milli> took =
          std::chrono::steady_clock::now() - begin;
      if (!page) throw Failure(page.error().text());
      if (i < 0) continue;
      times.push_back(took.count());
      hits += std::ranges::any_of(page->items, [&](const registry::VoterSummary& voter) {
        return voter.id.value() == one.voter;
      });
    }
    if (hits == 0) throw Failure("A search found none of the voters that it was for.");
    std::ranges::sort(times);
    return {.p50_ms = times[times.size() / 2],
            .p99_ms = times[times.size() * 99 / 100],
            .found = static_cast<double>(hits) / kSearches};
  }

  /// A letter swapped with its neighbour, left out, doubled or changed.
  std::string with_typo(std::string word) {
    const std::size_t at = 1 + rng_.below(word.size() - 2);
    switch (rng_.below(4)) {
      case 0:
        std::swap(word[at], word[at + 1]);
        break;
      case 1:
        word.erase(at, 1);
        break;
      case 2:
        word.insert(at, 1, word[at]);
        break;
      default:
        word[at] = static_cast<char>('A' + rng_.below(26));
    }
    return word;
  }

 private:
  registry::Registry& registry_;
  Rng rng_{7};
  std::vector<Sought> sought_;
};

/// The invented voters share a few thousand names. A state's file has 437,000 last names and
/// 301,000 first names (North Carolina), and a search with a typo is compared with them all: made
/// of halves.
void add_names(pg::Connection& connection) {
  const auto add = [&](std::string_view kind, int count) {
    connection.run_text(
        fmt::format(
            "insert into search_word (kind, word) select '{0}', left(a.word, 4) || right(b.word, 3)"
            " from search_word a, search_word b where a.kind = '{0}' and b.kind = '{0}'"
            " and length(a.word) > 3 and length(b.word) > 3"
            " and hashtext(a.word || b.word) % 11 = 0 limit {1} on conflict do nothing",
            kind, count),
        "bench");
  };
  add("last", 600'000);
  add("first", 450'000);
}

/// A state's roll has no e-mail addresses: every third voter gets one, in a domain that nobody has.
void add_emails(pg::Connection& connection) {
  connection.run_text(
      "update voter set email = 'voter' || voter_id || '@mail.internal' where voter_id % 3 = 0",
      "bench");
}

void import(pg::Pool& pool, registry::Registry& registry, const fs::path& roll) {
  const SystemClock clock;
  Log log = Log::to_nowhere();
  ingest::Importer importer(pool, registry, clock, log);
  const auto started = importer.start({.file = roll, .layout = "nc"});
  if (!started) throw Failure(started.error().text());
  const ingest::Import ended = importer.wait(started->id).value();
  if (ended.state != ingest::ImportState::published) throw Failure(*ended.error);
  const auto connection = pool.acquire();
  registry::refresh_search_words(*connection);
  add_names(*connection);
  add_emails(*connection);
  connection->run_text("create extension if not exists tsm_system_rows", "bench");
  connection->run_text("vacuum analyze", "bench");
}

int run(bool quick) {
  const Folder folder("search");
  const std::uint64_t voters = quick ? 200'000 : 10'000'000;
  fmt::print(stderr, "making {} voters …\n", voters);
  const auto files = people::write_electorate(
      {.voters = voters, .seed = 1, .folder = folder.path / "files", .history = false});
  Log log = Log::to_nowhere();
  auto server =
      pg::EmbeddedServer::start({.data_dir = folder.path, .bin_dir = {}, .durable = true}, log);
  if (!server) throw Failure(server.error().text());
  const pg::ConnectOptions options{.url = (*server)->url(), .application = "bench"};
  {
    pg::Connection connection(options);
    if (const auto migrated = pg::migrate(connection); !migrated) {
      throw Failure(migrated.error().text());
    }
  }
  pg::Pool pool(options, 8);
  const SystemClock clock;
  registry::Registry registry(pool, clock, log);
  fmt::print(stderr, "importing …\n");
  import(pool, registry, files.roll);
  fs::remove_all(folder.path / "files");
  Bench bench(pool, registry);
  const std::int64_t names =
      pool.acquire()
          ->run_text("select count(*) from search_word where kind <> 'zip'", "bench")
          .only()
          .get<std::int64_t>(0);
  std::string by;
  const auto add = [&](std::string_view name, const std::function<std::string(const Sought&)>& of) {
    const Timing timing = bench.measure(of);
    fmt::print(stderr, "{}: {:.2f} ms, 99th percentile {:.2f} ms, found {:.3f}\n", name,
               timing.p50_ms, timing.p99_ms, timing.found);
    if (!by.empty()) by += ',';
    by += fmt::format(R"("{}":{{"p50_ms":{:.3f},"p99_ms":{:.3f},"found":{:.3f}}})", name,
                      timing.p50_ms, timing.p99_ms, timing.found);
  };
  add("name", [&](const Sought& one) { return one.first + " " + one.last; });
  add("name_typo", [&](const Sought& one) { return one.first + " " + bench.with_typo(one.last); });
  add("phone", [&](const Sought& one) { return std::to_string(one.phone); });
  add("email", [&](const Sought& one) { return one.email; });
  add("address", [&](const Sought& one) { return one.street; });
  add("address_zip", [&](const Sought& one) { return one.street + ", " + one.zip5; });
  fmt::print(R"({{{},"rows":{},"names":{},"by":{{{}}}}})"
             "\n",
             common_keys("bench_search", quick), voters, names, by);
  return 0;
}

}  // namespace
}  // namespace hustings::bench

int main(int count, char** arguments) {
  try {
    return hustings::bench::run(count > 1 && std::string_view(arguments[1]) == "--quick");
  } catch (const std::exception& failure) {
    fmt::print(stderr, "{}\n", failure.what());
    return 1;
  }
}
