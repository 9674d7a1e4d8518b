#include <algorithm>
#include <chrono>
#include <exception>
#include <iterator>
#include <thread>
#include <utility>

#include <fmt/format.h>

#include "archive/archive.h"
#include "archive/chunk_io.h"
#include "archive/parallel.h"
#include "archive/progress_counter.h"
#include "archive/readme_text.h"
#include "archive/snapshot.h"
#include "archive/sql.h"
#include "base/digest.h"
#include "base/text.h"

namespace hustings::archive {
namespace {

constexpr std::uint64_t kTellEveryBytes = 512 * 1024;

Status check_empty(objectstore::Store& store) {
  const auto objects = TRY(store.list());
  if (objects.empty()) return {};
  for (const auto& object : objects) {
    if (object.name != kManifestFile) continue;
    return refuse(ErrorCode::conflict, fmt::format("{} holds an archive already. Choose an empty "
                                                   "folder.",
                                                   store.place()));
  }
  return refuse(
      ErrorCode::conflict,
      fmt::format("{} is not empty: it holds {} files that are no finished archive. Choose "
                  "an empty folder, or remove them.",
                  store.place(), objects.size()));
}

/// What one worker made of one part.
struct PartResult {
  RowSetDigest digest;
  std::vector<Chunk> chunks;
};

PartResult write_part(pg::Connection& connection, objectstore::Store& store,
                      const CatalogueTable& table, const Part& part, const WriteOptions& options,
                      ProgressCounter& progress) {
  ChunkWriter writer(store, {.folder = chunk_folder(table.name, part.partition),
                             .partition = part.partition,
                             .level = options.level,
                             .bytes_max = options.chunk_bytes_max});
  // Ends the COPY from outside when a person stops the archive.
  const std::stop_callback on_stop(options.stop, [&] { connection.cancel(); });
  std::uint64_t bytes = 0;
  std::uint64_t rows = 0;
  connection.copy_out(copy_out_text(connection, part.relation, table.columns), "archive_copy",
                      [&](std::string_view row) {
                        writer.add(row);
                        bytes += row.size();
                        ++rows;
                        if (bytes < kTellEveryBytes) return;
                        progress.add(table.name, std::exchange(bytes, 0), std::exchange(rows, 0));
                      });
  writer.finish();
  progress.add(table.name, bytes, rows);
  return {writer.digest(), writer.take_chunks()};
}

std::vector<Table> write_tables(Snapshot& snapshot, objectstore::Store& store,
                                const WriteOptions& options, ProgressCounter& progress) {
  const Catalogue& catalogue = snapshot.catalogue();
  const std::vector<Part> parts = parts_of(snapshot.worker(0), catalogue);
  std::vector<PartResult> results(parts.size());
  in_parallel(snapshot.workers(), parts.size(), [&](std::size_t worker, std::size_t job) {
    if (options.stop.stop_requested()) throw Failure("stopped");
    const Part& part = parts[job];
    results[job] = write_part(snapshot.worker(worker), store, catalogue.tables[part.table], part,
                              options, progress);
  });

  std::vector<Table> tables;
  std::vector<RowSetDigest> digests(catalogue.tables.size());
  for (const CatalogueTable& table : catalogue.tables) {
    tables.push_back(
        {.name = table.name, .columns = table.columns, .partitions = table.partitions});
  }
  for (std::size_t job = 0; job < parts.size(); ++job) {
    const std::size_t at = parts[job].table;
    digests[at].merge(results[job].digest);
    std::ranges::move(results[job].chunks, std::back_inserter(tables[at].chunks));
  }
  for (std::size_t at = 0; at < tables.size(); ++at) {
    tables[at].rows = digests[at].rows();
    tables[at].row_digest = digests[at].hex();
    std::ranges::sort(tables[at].chunks, {}, &Chunk::file);
  }
  return tables;
}

/// The files beside the rows; the manifest last, since its existence makes the archive.
Status write_papers(objectstore::Store& store, const Manifest& manifest, const std::string& json) {
  const std::string readme = readme_text(manifest);
  TRY(objectstore::write_all(store, kReadmeFile, readme));
  TRY(objectstore::write_all(store, kSumsFile, sums_of(manifest, json, readme)));
  return objectstore::write_all(store, kManifestFile, json);
}

Result<ArchiveReport> write_all_of_it(const pg::ConnectOptions& database, objectstore::Store& store,
                                      const WriteOptions& options) {
  ProgressCounter progress(options.on_progress);
  Snapshot snapshot = TRY(Snapshot::take(database, {.workers = options.workers, .on_listed = [&] {
                                                      progress.tell(Progress::Stage::listed);
                                                    }}));
  Manifest manifest = snapshot.facts();
  manifest.product_version = options.product_version;
  manifest.tables = write_tables(snapshot, store, options, progress);
  progress.tell(Progress::Stage::finishing);
  const std::string json = to_json(manifest);
  TRY(write_papers(store, manifest, json));
  return ArchiveReport{.tables = manifest.tables.size(),
                       .rows = manifest.rows(),
                       .plain_bytes = manifest.plain_bytes(),
                       .stored_bytes = manifest.stored_bytes(),
                       .feed_position = manifest.feed_position,
                       .manifest_sha256 = to_hex(Sha256::of(json)),
                       .attempts = snapshot.attempts()};
}

/// After a failure: nothing of ours stays, so that the next try finds an empty place. What cannot
/// be removed is no worse than the failure itself.
void remove_all(objectstore::Store& store) noexcept {
  try {
    const auto objects = store.list();
    if (!objects) return;
    for (const auto& object : *objects)
      (void)store.remove(object.name);
  } catch (const Failure&) {  // NOLINT(bugprone-empty-catch): see above
  }
}

/// A run that was broken off holds its lock until the server has noticed; that takes a moment.
bool lock(pg::Connection& connection) {
  constexpr std::chrono::seconds kWaitMax{2};
  constexpr std::chrono::milliseconds kEvery{50};
  const Deadline deadline = Deadline::after(kWaitMax);
  while (!connection.run(sql::kTryLock).only().get<bool>(0)) {
    if (deadline.passed()) return false;
    std::this_thread::sleep_for(kEvery);
  }
  return true;
}

}  // namespace

Result<ArchiveReport> write_archive(const pg::ConnectOptions& database, objectstore::Store& store,
                                    const Clock& clock, const WriteOptions& options) {
  CHECK(options.workers > 0);
  const Instant started_at = clock.now();
  pg::Connection connection(database);
  if (!lock(connection)) {
    return refuse(ErrorCode::conflict,
                  "Another archive of this database is being written. Wait until it is done.");
  }
  TRY(check_empty(store));
  TRY(store.remove_unfinished());
  Result<ArchiveReport> report;
  try {
    report = write_all_of_it(database, store, options);
  } catch (const Failure&) {
    remove_all(store);
    if (!options.stop.stop_requested()) throw;
    return refuse(ErrorCode::cancelled, "The archive was stopped; what was written is removed.");
  }
  if (!report) {
    remove_all(store);
    return report;
  }
  report->archive =
      connection
          .run(sql::kAddRun, store.place(), report->tables, report->rows, report->stored_bytes,
               pg::Bytes{from_hex(report->manifest_sha256).value()}, started_at, clock.now())
          .only()
          .get<std::int64_t>(0);
  return report;
}

void note_verified(pg::Connection& connection, std::int64_t archive, Instant at) {
  connection.run(sql::kNoteVerified, archive, at);
}

std::optional<ArchiveRun> last_archive(pg::Connection& connection) {
  const pg::Rows rows = connection.run(sql::kLastRun);
  if (rows.empty()) return std::nullopt;
  const pg::Row row = rows[0];
  return ArchiveRun{.archive = row.get<std::int64_t>(0),
                    .folder = row.get<std::string>(1),
                    .tables = row.get<std::int64_t>(2),
                    .rows = row.get<std::int64_t>(3),
                    .bytes = row.get<std::int64_t>(4),
                    .started_at = row.get<Instant>(5),
                    .ended_at = row.get<Instant>(6),
                    .verified_at = row.get<std::optional<Instant>>(7)};
}

}  // namespace hustings::archive
