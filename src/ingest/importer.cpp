#include "ingest/importer.h"

#include <fmt/format.h>

#include "ingest/first_look.h"
#include "ingest/import_job.h"
#include "ingest/import_store.h"
#include "ingest/mapping.h"
#include "ingest/undo_job.h"
#include "registry/survivorship.h"

namespace hustings::ingest {
namespace {

constexpr std::size_t kJobsKeptMax = 16;
constexpr int kThreadsMax = 64;

Result<std::string> digest_of(const ImportRequest& request, const Layout& layout) {
  if (!request.sha256.empty() && request.parts.empty()) return request.sha256;
  return TRY(Source::open(request, layout)).sha256();
}

Status check_blank_keeps(const ImportRequest& request) {
  for (const std::string& name : request.blank_keeps) {
    const registry::ProfileField* field = registry::profile_field(name);
    if (field != nullptr && field->may_be_blank) continue;
    return invalid(fmt::format("There is no field '{}' that could be kept or cleared.", name),
                   "blank_keeps");
  }
  return {};
}

/// Why an import in this state cannot be undone; nothing if it can.
Status check_can_be_undone(const Import& import) {
  switch (import.state) {
    case ImportState::published:
      return {};
    case ImportState::running:
      return refuse(ErrorCode::conflict, "This import is still running; cancel it instead.");
    case ImportState::failed:
    case ImportState::cancelled:
      return refuse(ErrorCode::conflict, "This import changed nothing: there is nothing to undo.");
    case ImportState::tried:
      return refuse(ErrorCode::conflict, "This was a dry run: there is nothing to undo.");
    case ImportState::undone:
      return refuse(ErrorCode::conflict, "This import was undone already.");
  }
  return {};
}

}  // namespace

Importer::Importer(pg::Pool& pool, registry::Registry& registry, const Clock& clock, Log& log)
    : pool_(pool), registry_(registry), clock_(clock), log_(log) {}

Importer::~Importer() {
  Jobs jobs;
  jobs.swap(*jobs_.lock());
  for (const auto& [id, job] : jobs) {
    if (!job->has_ended()) job->cancel();
  }
  Undos undos;
  undos.swap(*undos_.lock());
  for (const auto& [id, undo] : undos) {
    if (!undo->has_ended()) undo->cancel();
  }
}

int Importer::clean_up_after_crash() {
  pg::Connection connection(pool_.options());
  if (!take_import_lock(connection)) return 0;
  const LockReturn lock(connection);
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
  TRY(check_blank_keeps(request));
  Layout layout = TRY(layout_of(request));
  Source source = TRY(Source::open(request, layout));
  ColumnMap map = TRY(look_at_source(source, layout));
  ChunkReader reader(std::move(source), layout.encoding);
  auto publisher = std::make_unique<pg::Connection>(pool_.options());
  if (!take_import_lock(*publisher)) {
    return refuse(ErrorCode::conflict,
                  "Another import is running. Wait until it has ended, or cancel it.");
  }
  LockReturn lock(*publisher);
  clean_up(*publisher, clock_.now());
  if (!request.sha256.empty() || may_be_repeat(*publisher, layout.name, reader.file_bytes())) {
    const std::string sha256 = TRY(digest_of(request, layout));
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
  const ImportId id = add_run(*publisher, {layout, request.file_name, reader.file_bytes(),
                                           request.actor, now, request.blank_keeps});
  log_.info("import_started",
            {{"import", id.value()}, {"layout", layout.name}, {"bytes", reader.file_bytes()}});
  const auto jobs = jobs_.lock();
  forget_old_jobs(*jobs);
  lock.dismiss();
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

std::shared_ptr<UndoJob> Importer::undo_of(ImportId id) {
  const auto undos = undos_.lock();
  const auto found = undos->find(id);
  return found == undos->end() ? nullptr : found->second;
}

void Importer::show_undo(Import& import) {
  if (import.state != ImportState::published) return;
  const auto undo = undo_of(import.id);
  if (!undo) return;
  if (!undo->has_ended()) {
    import.stage = ImportStage::undoing;
  } else {
    import.error = undo->error();
  }
}

Result<Import> Importer::find_anywhere(ImportId id, Deadline deadline) {
  // Once it has been asked to go, only the database knows whether it is still there.
  const auto running = undo_of(id) ? nullptr : job(id);
  if (running) return running->snapshot();
  const auto connection = pool_.acquire(deadline);
  auto found = find_run(*connection, id);
  if (!found) return refuse(ErrorCode::not_found, "There is no such import.");
  return *std::move(found);
}

Result<Import> Importer::find(ImportId id, Deadline deadline) {
  Import import = TRY(find_anywhere(id, deadline));
  show_undo(import);
  return import;
}

Status Importer::undo(ImportId id, std::string_view actor) {
  const Import shown = TRY(find_anywhere(id, Deadline::never()));
  TRY(check_can_be_undone(shown));
  auto connection = std::make_unique<pg::Connection>(pool_.options());
  if (!take_import_lock(*connection)) {
    return refuse(ErrorCode::conflict,
                  "Another import or undo is running. Wait until it has ended, or cancel it.");
  }
  LockReturn lock(*connection);
  // Now that nobody else can change it.
  const auto found = find_run(*connection, id);
  CHECK(found.has_value());
  TRY(check_can_be_undone(*found));
  log_.info("undo_started", {{"import", id.value()}});
  const auto undos = undos_.lock();
  std::erase_if(*undos, [](const auto& undo) { return undo.second->has_ended(); });
  lock.dismiss();
  undos->emplace(id, std::make_shared<UndoJob>(PreparedUndo{.connection = std::move(connection),
                                                            .id = id,
                                                            .kind = found->kind,
                                                            .actor = std::string(actor)},
                                               registry_, clock_, log_));
  return {};
}

Result<Import> Importer::wait(ImportId id) {
  if (const auto undo = undo_of(id)) {
    undo->wait();
  } else if (const auto running = job(id)) {
    running->wait();
  }
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
    const auto running = import.state == ImportState::undone ? nullptr : job(import.id);
    if (running) import = running->snapshot();
    show_undo(import);
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
