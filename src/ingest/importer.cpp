#include "ingest/importer.h"

#include <fmt/format.h>

#include "ingest/first_look.h"
#include "ingest/import_job.h"
#include "ingest/import_store.h"
#include "ingest/mapping.h"
#include "ingest/run_request.h"
#include "ingest/undo_job.h"
#include "registry/bulk_writer.h"
#include "registry/survivorship.h"

namespace hustings::ingest {
namespace {

constexpr std::size_t kJobsKeptMax = 16;
constexpr int kThreadsMax = 64;
/// A file that ends the program each time is not tried for ever.
constexpr int kRestartsMax = 3;
constexpr std::string_view kDied =
    "The program ended in the middle of this import; nothing was changed. Import the file again.";

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

Importer::Importer(pg::Pool& pool, registry::Registry& registry, const Clock& clock, Log& log,
                   registry::LikenessFinder* likeness)
    : pool_(pool), registry_(registry), clock_(clock), log_(log), likeness_(likeness) {}

Importer::~Importer() {
  Jobs jobs;
  jobs.swap(*jobs_.lock());
  for (const auto& [id, job] : jobs) {
    if (!job->has_ended()) job->leave();
  }
  Undos undos;
  undos.swap(*undos_.lock());
  for (const auto& [id, undo] : undos) {
    if (!undo->has_ended()) undo->cancel();
  }
}

/// Everything that is known of a file before its import gets a number.
struct Importer::Looked {
  ImportRequest request;
  Layout layout;
  ColumnMap map;
  ChunkReader reader;
  int restarts = 0;

  std::string_view header() const { return map.of_part(0).header; }
};

Result<Importer::Looked> Importer::look(ImportRequest request) const {
  if (request.file_name.empty()) request.file_name = request.file.filename().string();
  CHECK(request.threads >= 1 && request.threads <= kThreadsMax);
  TRY(check_blank_keeps(request));
  Layout layout = TRY(layout_of(request));
  // Rejected rows are given out as UTF-8, whatever the file was.
  if (request.mends) layout.encoding = Encoding::automatic;
  Source source = TRY(Source::open(request, layout));
  ColumnMap map = TRY(look_at_source(source, layout));
  const Encoding encoding = layout.encoding;
  return Looked{std::move(request), std::move(layout), std::move(map),
                ChunkReader(std::move(source), encoding), 0};
}

int Importer::clean_up_after_crash(Dead what) {
  auto connection = std::make_unique<pg::Connection>(pool_.options());
  if (!take_import_lock(*connection)) return 0;
  LockReturn lock(*connection);
  for (const DeadRun& dead : find_dead(*connection)) {
    if (!request_from(dead.request).may_restart || dead.restarts >= kRestartsMax) continue;
    if (what == Dead::leave) return 0;
    // One runs at a time, so that one can have died.
    if (begin_anew(connection, dead)) {
      lock.dismiss();
      return 1;
    }
  }
  const int failed = clean_up(*connection, clock_.now(), kDied);
  if (failed > 0) log_.warning("imports_of_dead_processes_failed", {{"count", failed}});
  return failed;
}

/// With the import lock, which goes to the import. False: its file is no longer there, or is
/// another one.
bool Importer::begin_anew(std::unique_ptr<pg::Connection>& locked, const DeadRun& dead) {
  auto looked = look(request_from(dead.request));
  if (!looked) return false;
  remove_rest(*locked, dead.id);
  registry::drop_all_loads(*locked);
  mark_restarted(*locked, {dead.id, looked->reader.file_bytes(), looked->header()});
  looked->restarts = dead.restarts + 1;
  log_.warning("import_begun_anew", {{"import", dead.id.value()}, {"restarts", looked->restarts}});
  launch(*std::move(looked), std::move(locked), dead.id, clock_.now());
  return true;
}

void Importer::forget_old_jobs(Jobs& jobs) {
  for (auto at = jobs.begin(); at != jobs.end() && jobs.size() > kJobsKeptMax;) {
    at = at->second->has_ended() ? jobs.erase(at) : std::next(at);
  }
}

/// Mended rows are read as the file was that they come from.
Result<ImportRequest> Importer::with_what_it_mends(ImportRequest request) {
  if (!request.mends) return request;
  const Import mended = TRY(find_anywhere(*request.mends, Deadline::never()));
  if (mended.state != ImportState::published || mended.mends) {
    return refuse(
        ErrorCode::conflict,
        mended.mends ? fmt::format("{} holds mended rows itself; name the import that they are of: "
                                   "{}.",
                                   mended.id.text(), mended.mends->text())
                     : fmt::format("{} is {}, so that there is nothing to add to. Import the whole "
                                   "file.",
                                   mended.id.text(), to_string(mended.state)),
        "mends");
  }
  const ImportRequest of = request_from(mended.request);
  request.layout = of.layout.empty() || of.layout == "auto" ? mended.layout : of.layout;
  request.mapping = of.mapping;
  request.blank_keeps = of.blank_keeps;
  request.run_name = mended.run_name;
  request.parts_may_be_missing = true;
  request.reject_share_max = request.reject_share_max_early = 1;
  return request;
}

Result<ImportStarted> Importer::start(const ImportRequest& asked) {
  ImportRequest settled = TRY(with_what_it_mends(asked));
  Looked looked = TRY(look(std::move(settled)));
  const ImportRequest& request = looked.request;
  const Layout& layout = looked.layout;
  auto publisher = std::make_unique<pg::Connection>(pool_.options());
  if (!take_import_lock(*publisher)) {
    const auto runs = what_runs(*publisher);
    return refuse(ErrorCode::conflict,
                  runs ? fmt::format("Another import is running: {}. Wait until it has ended, or "
                                     "cancel it.",
                                     *runs)
                       : "An import is being undone. Wait until that has ended.");
  }
  LockReturn lock(*publisher);
  clean_up(*publisher, clock_.now(), kDied);
  if (!request.sha256.empty() ||
      may_be_repeat(*publisher, layout.name, looked.reader.file_bytes())) {
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
  const ImportId id = add_run(*publisher, {.layout = layout,
                                           .file_name = request.file_name,
                                           .file_bytes = looked.reader.file_bytes(),
                                           .actor = request.actor,
                                           .at = now,
                                           .blank_keeps = request.blank_keeps,
                                           .request = to_json(request),
                                           .header = looked.header(),
                                           .mends = request.mends,
                                           .run_name = request.run_name});
  log_.info(
      "import_started",
      {{"import", id.value()}, {"layout", layout.name}, {"bytes", looked.reader.file_bytes()}});
  lock.dismiss();
  launch(std::move(looked), std::move(publisher), id, now);
  return ImportStarted{id, false};
}

void Importer::launch(Looked looked, std::unique_ptr<pg::Connection> publisher, ImportId id,
                      Instant now) {
  const auto jobs = jobs_.lock();
  forget_old_jobs(*jobs);
  jobs->emplace(id, std::make_shared<ImportJob>(PreparedImport{.request = std::move(looked.request),
                                                               .layout = std::move(looked.layout),
                                                               .map = std::move(looked.map),
                                                               .reader = std::move(looked.reader),
                                                               .publisher = std::move(publisher),
                                                               .id = id,
                                                               .started_at = now,
                                                               .restarts = looked.restarts},
                                                pool_.options(), likeness_, clock_, log_));
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
  const auto of_ours = job(id);
  if (of_ours && !of_ours->has_ended()) return of_ours->snapshot();
  const auto connection = pool_.acquire(deadline);
  auto found = find_run(*connection, id);
  if (!found) return refuse(ErrorCode::not_found, "There is no such import.");
  if (!of_ours) return *std::move(found);
  // The database alone knows what came later; it may have been away when the import ended.
  Import ended = of_ours->snapshot();
  if (found->state != ended.state && found->state != ImportState::running) return *std::move(found);
  ended.mended_by = std::move(found->mended_by);
  return ended;
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

std::vector<Import> Importer::list(std::optional<ImportId> before, int limit, Deadline deadline,
                                   std::optional<LayoutKind> only) {
  std::vector<Import> out;
  {
    const auto connection = pool_.acquire(deadline);
    out = list_runs(*connection, before, limit, only);
  }
  for (Import& import : out) {
    const auto of_ours = import.state == ImportState::running ? job(import.id) : nullptr;
    if (of_ours) import = of_ours->snapshot();
    show_undo(import);
  }
  return out;
}

std::vector<Reject> Importer::rejects(ImportId id, std::int64_t after, int limit,
                                      Deadline deadline) {
  const auto connection = pool_.acquire(deadline);
  return find_rejects(*connection, id, after, limit);
}

Result<std::string> Importer::begin_of_rejected_rows(ImportId id, Deadline deadline) {
  const Import import = TRY(find(id, deadline));
  if (import.state != ImportState::published) {
    return refuse(ErrorCode::conflict,
                  "Only rows of a published import can be mended and added. Mend the file itself, "
                  "and import it again.");
  }
  const auto layout = find_layout(import.layout);
  if (layout && !layout->maps.empty()) {
    return refuse(ErrorCode::conflict,
                  fmt::format("A row of '{}' means something only beside its county's files of "
                              "codes. Mend the rows in the delivery, undo this import, and import "
                              "the delivery again; the reasons stand in the list of rejects.",
                              import.layout));
  }
  const auto connection = pool_.acquire(deadline);
  std::string header = header_of(*connection, id);
  if (!header.empty()) header += '\n';
  return header;
}

std::optional<std::string> Importer::raw_line(ImportId id, std::int64_t line, Deadline deadline) {
  const auto connection = pool_.acquire(deadline);
  return find_raw_line(*connection, id, line);
}

}  // namespace hustings::ingest
