// How long it takes to make two voters one person: 100,000 pairs at once in a registry of 300,000
// voters with their vote history, then one by hand and apart again, then another policy for all.
// Usage: bench_persons [--quick]
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <string_view>

#include <fmt/format.h>

#include "base/log.h"
#include "bench_folder.h"
#include "bench_report.h"
#include "ingest/importer.h"
#include "make_people/electorate.h"
#include "pg/embedded_server.h"
#include "pg/migrations.h"
#include "pg/pool.h"
#include "phonebank/person_effects.h"
#include "registry/persons.h"
#include "registry/profiles.h"
#include "registry/registry.h"

namespace hustings::bench {
namespace {

namespace fs = std::filesystem;

constexpr int kByHand = 50;

void import(pg::Pool& pool, registry::Registry& registry, const fs::path& file,
            const std::string& layout) {
  const SystemClock clock;
  Log log = Log::to_nowhere();
  ingest::Importer importer(pool, registry, clock, log);
  const auto started = importer.start({.file = file, .layout = layout});
  if (!started) throw Failure(started.error().text());
  const ingest::Import ended = importer.wait(started->id).value();
  if (ended.state != ingest::ImportState::published) throw Failure(*ended.error);
}

template <class Work>
double seconds_of(const Work& work) {
  const auto begin = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

class Bench {
 public:
  explicit Bench(pg::Pool& pool) : handle_(pool.acquire()), connection_(*handle_) {}

  void join(std::span<const registry::Joining> joins) {
    pg::Transaction transaction(connection_);
    registry::lock_profiles(transaction);
    std::vector<feed::Change> changes;
    const auto joined =
        registry::join_persons(transaction, joins, &effects_, SystemClock().now(), changes);
    if (!joined) throw Failure(joined.error().text());
    feed::commit(transaction, changes);
  }
  void split(VoterId person, VoterId home) {
    pg::Transaction transaction(connection_);
    registry::lock_profiles(transaction);
    std::vector<feed::Change> changes;
    const auto made =
        registry::split_person(transaction, person, {&home, 1}, "person:1", &effects_, changes);
    if (!made) throw Failure(made.error().text());
    feed::commit(transaction, changes);
  }
  std::vector<VoterId> voters() {
    std::vector<VoterId> out;
    for (const pg::Row row :
         connection_.run_text("select voter_id from voter order by hashint8(voter_id)", "bench")) {
      out.push_back(row.get<VoterId>(0));
    }
    return out;
  }

 private:
  pg::Pool::Handle handle_;
  pg::Connection& connection_;
  phonebank::PersonEffects effects_;
};

registry::Joining pair_of(VoterId stays, VoterId joins) {
  return {.stays = stays,
          .joins = joins,
          .decided_by = "system",
          .probability = 0.995F,
          .bits = R"({"last_name": 7.1, "first_name": 5.2, "birth_year": 5.9})"};
}

int run(bool quick) {
  const Folder folder("persons");
  const std::uint64_t count = quick ? 30'000 : 300'000;
  const auto files = people::write_electorate(
      {.voters = count, .seed = 1, .folder = folder.path / "files", .history = true});
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
  import(pool, registry, files.roll, "nc");
  import(pool, registry, files.history, "nc-history");
  pool.acquire()->run_text("vacuum analyze", "bench");

  Bench bench(pool);
  const std::vector<VoterId> voters = bench.voters();
  const std::size_t pairs = voters.size() / 3;
  std::vector<registry::Joining> joins;
  for (std::size_t i = 0; i < pairs; ++i)
    joins.push_back(pair_of(voters[2 * i], voters[2 * i + 1]));
  const double many = seconds_of([&] { bench.join(joins); });
  fmt::print(stderr, "{} pairs: {:.2f} s\n", pairs, many);
  const auto by_hand = [&](int i) {
    const auto at = 2 * pairs + 2 * static_cast<std::size_t>(i);
    return pair_of(voters[at], voters[at + 1]);
  };
  double joined = 0;
  double split = 0;
  for (int i = 0; i < kByHand; ++i) {
    const registry::Joining one = by_hand(i);
    joined += seconds_of([&] { bench.join({&one, 1}); });
    split += seconds_of([&] { bench.split(one.stays, one.joins); });
  }
  const double policy = seconds_of([&] {
    if (!registry.set_policy("address", registry::Policy::newest_first, "person:1")) {
      throw Failure("The policy was refused.");
    }
  });
  fmt::print(R"({{{},"voters":{},"pairs":{},"pairs_seconds":{:.2f},"join_ms":{:.2f},)"
             R"("split_ms":{:.2f},"policy_seconds":{:.2f}}})"
             "\n",
             common_keys("bench_persons", quick), voters.size(), pairs, many,
             joined * 1000 / kByHand, split * 1000 / kByHand, policy);
  return 0;
}

}  // namespace
}  // namespace hustings::bench

int main(int argc, char** argv) {
  try {
    return hustings::bench::run(argc > 1 && std::string_view(argv[1]) == "--quick");
  } catch (const std::exception& error) {
    fmt::print(stderr, "bench_persons: {}\n", error.what());
    return 1;
  }
}
