// How long the rights of a person take in a registry of a million voters with their vote history
// and a phone bank over all who have a number: everything that is known of one, an erasure, and a
// file of 500,000 who have voted already. Usage: bench_rights [--quick]
#include <chrono>
#include <filesystem>
#include <fstream>
#include <string_view>

#include <fmt/format.h>

#include "base/log.h"
#include "bench_folder.h"
#include "bench_report.h"
#include "ingest/importer.h"
#include "ingest/kept_rows.h"
#include "make_people/electorate.h"
#include "pg/embedded_server.h"
#include "pg/migrations.h"
#include "pg/pool.h"
#include "phonebank/phonebank_service.h"
#include "registry/already_voted.h"
#include "registry/registry.h"
#include "rights/rights_service.h"
#include "surveys/survey_service.h"

namespace hustings::bench {
namespace {

namespace fs = std::filesystem;

template <class Work>
double seconds_of(const Work& work) {
  const auto begin = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

template <class T>
T must(Result<T> result) {
  if (!result) throw Failure(result.error().text());
  return *std::move(result);
}

void import(ingest::Importer& importer, const fs::path& file, const std::string& layout) {
  const auto started = must(importer.start({.file = file, .layout = layout}));
  const ingest::Import ended = importer.wait(started.id).value();
  if (ended.state != ingest::ImportState::published) throw Failure(*ended.error);
}

/// A list of everybody with a number, and an open phone bank on it.
PhonebankId open_phonebank(pg::Pool& pool, surveys::SurveyService& surveys,
                           phonebank::PhonebankService& phonebanks) {
  pool.acquire()->run_text(
      "insert into list (name, rule, feed_position, seed, size, households, with_phone, "
      "holdout_percent, holdout, created_by, created_at) select 'all', '{}', 0, 1, count(*), 0, "
      "count(*), 0, 0, 'system', now() from voter where phone is not null;"
      "insert into list_member select 1, bucket, voter_id, row_number() over (), 1 from voter "
      "where phone is not null; analyze",
      "bench");
  const auto script = must(surveys.save_script(
      {.name = "s",
       .introduction = "Hello",
       .closing = "Bye",
       .questions = {{.key = "q", .kind = surveys::QuestionKind::text, .text = "Why?"}}},
      std::nullopt, "system"));
  phonebank::PhonebankDraft draft{.name = "b", .list = ListId(1), .script = script.id};
  draft.rules.window = {.opens = std::chrono::minutes(0), .closes = std::chrono::hours(24)};
  const auto made = must(phonebanks.create(draft, "system"));
  must(phonebanks.set_state(made.id, phonebank::PhonebankState::open, "system"));
  return made.id;
}

std::vector<VoterId> some_voters(pg::Pool& pool) {
  std::vector<VoterId> out;
  for (const pg::Row row :
       pool.acquire()->run_text("select voter_id from voter where phone is not null and not "
                                "protected order by hashint8(voter_id) limit 7",
                                "bench")) {
    out.push_back(row.get<VoterId>(0));
  }
  return out;
}

fs::path voted_file(pg::Pool& pool, const Folder& folder, std::uint64_t count) {
  const fs::path path = folder.path / "voted.csv";
  std::ofstream out(path, std::ios::binary);
  out << "ncid\n";
  pool.acquire()->copy_out(
      fmt::format("copy (select external_id from voter order by hashint8(voter_id) desc limit {}) "
                  "to stdout",
                  count),
      "bench", [&](std::string_view line) { out << line; });
  return path;
}

int run(bool quick) {
  const Folder folder("rights");
  const std::uint64_t count = quick ? 50'000 : 1'000'000;
  const auto files = people::write_electorate(
      {.voters = count, .seed = 1, .folder = folder.path / "files", .history = true});
  Log log = Log::to_nowhere();
  const auto server = must(
      pg::EmbeddedServer::start({.data_dir = folder.path, .bin_dir = {}, .durable = true}, log));
  const pg::ConnectOptions options{.url = server->url(), .application = "bench"};
  {
    pg::Connection connection(options);
    must(pg::migrate(connection));
  }
  pg::Pool pool(options, 8);
  const SystemClock clock;
  registry::Registry registry(pool, clock, log);
  ingest::Importer importer(pool, registry, clock, log);
  surveys::SurveyService surveys(pool, clock, log);
  phonebank::PhonebankService phonebanks(pool, registry, surveys, clock, log);
  ingest::KeptRows kept;
  rights::RightsService rights(pool, kept, clock, log);
  fmt::print(stderr, "importing …\n");
  import(importer, files.roll, "nc");
  import(importer, files.history, "nc-history");
  fmt::print(stderr, "opening a phone bank …\n");
  const PhonebankId bank = open_phonebank(pool, surveys, phonebanks);
  pool.acquire()->run_text("vacuum analyze", "bench");
  for (int caller = 1; caller <= 50; ++caller)
    must(phonebanks.claim({PersonId(caller), bank}, Deadline::never()));

  std::vector<double> report;
  std::vector<double> erasure;
  for (const VoterId voter : some_voters(pool)) {
    report.push_back(seconds_of([&] { must(rights.everything(voter, "system")); }));
    erasure.push_back(seconds_of([&] { must(rights.erase({.voter = voter, .actor = "system"})); }));
    fmt::print(stderr, "everything {:.2f} s, erasure {:.2f} s\n", report.back(), erasure.back());
  }
  const fs::path voted = voted_file(pool, folder, count / 2);
  registry::AlreadyVotedResult taken;
  const double seconds = seconds_of([&] {
    taken = must(registry::import_already_voted(
        registry,
        {.file = voted, .source = "nc", .column = "", .from = "bench", .actor = "system"}));
  });
  fmt::print(R"({{{},"voters":{},"everything_seconds":{:.3f},"erasure_seconds":{:.3f},)"
             R"("already_voted_ids":{},"already_voted_added":{},"already_voted_seconds":{:.2f}}})"
             "\n",
             common_keys("bench_rights", quick), count, median(report), median(erasure), taken.ids,
             taken.added, seconds);
  return 0;
}

}  // namespace
}  // namespace hustings::bench

int main(int argc, char** argv) {
  try {
    return hustings::bench::run(argc > 1 && std::string_view(argv[1]) == "--quick");
  } catch (const std::exception& error) {
    fmt::print(stderr, "bench_rights: {}\n", error.what());
    return 1;
  }
}
