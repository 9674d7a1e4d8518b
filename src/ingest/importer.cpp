#include "ingest/importer.h"

#include <fmt/format.h>

#include "ingest/first_look.h"
#include "ingest/import_job.h"
#include "ingest/import_store.h"

namespace hustings::ingest {
namespace {

constexpr std::size_t kJobsKeptMax = 16;
constexpr int kThreadsMax = 64;

Result<std::string> digest_of(const ImportRequest& request) {
  if (!request.sha256.empty()) return request.sha256;
  return sha256_of_file(request.file);
}

}  // namespace

Importer::Importer(pg::Pool& pool, registry::Registry& /*registry*/, const Clock& clock, Log& log)
    : pool_(pool), clock_(clock), log_(log) {}

Importer::~Importer() {
  Jobs jobs;
  jobs.swap(*jobs_.lock());
  for (const auto& [id, job] : jobs) {
    if (!job->has_ended()) job->cancel();
  }
}

int Importer::clean_up_after_crash() {
  pg::Connection connection(pool_.options());
  if (!take_import_lock(connection)) return 0;
  const int cleaned = clean_up(connection, clock_.now());
  if (cleaned > 0) log_.warning("imports_of_dead_processes_failed", {{"count", cleaned}});
  return cleaned;
}

void Importer::forget_old_jobs(Jobs& jobs) {
  for (auto at = jobs.begin(); at != jobs.end() && jobs.size() > kJobsKeptMax;) {
    at = at->second->has_ended() ? jobs.erase(at) : std::next(at);
  }
}

Result<ImportStarted> Importer::start(const ImportRequest& asked) {
  ImportRequest request = asked;
  if (request.file_name.empty()) request.file_name = request.file.filename().string();
  CHECK(request.threads >= 1 && request.threads <= kThreadsMax);
  Layout layout = TRY(find_layout(request.layout));
  ColumnMap map = TRY(look_at_header(request.file, layout));
  ChunkReader reader = TRY(ChunkReader::open(request.file, layout.encoding));
  auto publisher = std::make_unique<pg::Connection>(pool_.options());
  if (!take_import_lock(*publisher)) {
    return refuse(ErrorCode::conflict,
                  "Another import is running. Wait until it has ended, or cancel it.");
  }
  clean_up(*publisher, clock_.now());
  if (!request.sha256.empty() || may_be_repeat(*publisher, layout.name, reader.file_bytes())) {
    const std::string sha256 = TRY(digest_of(request));
    if (const auto earlier = same_file(*publisher, layout.name, sha256)) {
      return ImportStarted{*earlier, true};
    }
  }
  if (layout.kind != LayoutKind::voters && voter_imports(*publisher, layout.source).empty()) {
    return refuse(
        ErrorCode::conflict,
        fmt::format("No voter file of '{}' has been imported, so that nobody's id is known. "
                    "Import the voter file first.",
                    layout.source));
  }
  const Instant now = clock_.now();
  const ImportId id =
      add_run(*publisher, {layout, request.file_name, reader.file_bytes(), request.actor, now});
  log_.info("import_started",
            {{"import", id.value()}, {"layout", layout.name}, {"bytes", reader.file_bytes()}});
  const auto jobs = jobs_.lock();
  forget_old_jobs(*jobs);
  jobs->emplace(id, std::make_shared<ImportJob>(PreparedImport{.request = std::move(request),
                                                               .layout = std::move(layout),
                                                               .map = std::move(map),
                                                               .reader = std::move(reader),
                                                               .publisher = std::move(publisher),
                                                               .id = id,
                                                               .started_at = now},
                                                pool_.options(), clock_, log_));
  return ImportStarted{id, false};
}

std::shared_ptr<ImportJob> Importer::job(ImportId id) {
  const auto jobs = jobs_.lock();
  const auto found = jobs->find(id);
  return found == jobs->end() ? nullptr : found->second;
}

Result<Import> Importer::find(ImportId id, Deadline deadline) {
  if (const auto running = job(id)) return running->snapshot();
  const auto connection = pool_.acquire(deadline);
  auto found = find_run(*connection, id);
  if (!found) return refuse(ErrorCode::not_found, "There is no such import.");
  return *std::move(found);
}

Result<Import> Importer::wait(ImportId id) {
  if (const auto running = job(id)) running->wait();
  return find(id);
}

Status Importer::cancel(ImportId id) {
  if (const auto running = job(id); running && !running->has_ended()) {
    running->cancel();
    return {};
  }
  const Import import = TRY(find(id));
  if (import.state == ImportState::running) {
    return refuse(ErrorCode::conflict, "This import runs in another process; cancel it there.");
  }
  return refuse(ErrorCode::conflict, "This import has ended already.");
}

std::vector<Import> Importer::list(std::optional<ImportId> before, int limit, Deadline deadline) {
  std::vector<Import> out;
  {
    const auto connection = pool_.acquire(deadline);
    out = list_runs(*connection, before, limit);
  }
  for (Import& import : out) {
    if (const auto running = job(import.id)) import = running->snapshot();
  }
  return out;
}

std::vector<Reject> Importer::rejects(ImportId id, std::int64_t after, int limit,
                                      Deadline deadline) {
  const auto connection = pool_.acquire(deadline);
  return find_rejects(*connection, id, after, limit);
}

std::optional<std::string> Importer::raw_line(ImportId id, std::int64_t line, Deadline deadline) {
  const auto connection = pool_.acquire(deadline);
  return find_raw_line(*connection, id, line);
}

}  // namespace hustings::ingest
