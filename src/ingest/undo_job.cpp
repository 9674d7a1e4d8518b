#include "ingest/undo_job.h"

#include <fmt/format.h>

#include "feed/feed.h"
#include "ingest/import_job.h"
#include "ingest/import_store.h"
#include "registry/registry.h"

namespace hustings::ingest {
namespace {

/// What the feed says: how many rows went and how many passed on, and voters who have vanished.
struct Undone {
  std::int64_t rows = 0;
  std::int64_t passed = 0;
  std::int64_t voters_removed = 0;
};

/// Only these layouts have votes in the voters' rows; of a layout of one's own nobody knows.
bool may_hold_votes(pg::Connection& connection, ImportId id) {
  const auto run = find_run(connection, id);
  const auto layout = run ? find_layout(run->layout) : Result<Layout>(Layout{});
  return !layout || layout->wide.has_value();
}

Result<Undone> undo_voters_file(pg::Transaction& transaction, registry::Registry& registry,
                                ImportId id, const std::string& source) {
  // A file that had its voters' votes in their rows: while it is known whom it held.
  if (may_hold_votes(transaction.connection(), id)) {
    registry::undo_history(transaction, id, source);
  }
  const auto later = voter_imports_after(transaction.connection(), source, id);
  const registry::UndoneVoters undone = TRY(registry::undo_voters(
      transaction, {.import = id, .source = source, .later = later}, registry.person_listener()));
  for (const auto& orphans : undone.orphans)
    mark_orphaned(transaction, {orphans.import, orphans.rows, id});
  registry.tell_voters_removed(transaction);
  return Undone{undone.records, undone.passed, undone.voters};
}

struct Which {
  ImportId id;
  LayoutKind kind{};
};

Result<Undone> undo_rows(pg::Transaction& transaction, registry::Registry& registry,
                         const Which& which, const std::string& source) {
  switch (which.kind) {
    case LayoutKind::voters:
      return undo_voters_file(transaction, registry, which.id, source);
    case LayoutKind::history: {
      const auto undone = registry::undo_history(transaction, which.id, source);
      return Undone{undone.rows, undone.passed, 0};
    }
    case LayoutKind::scores: {
      const auto undone = registry::undo_scores(transaction, which.id);
      return Undone{undone.rows, undone.passed, 0};
    }
  }
  return Undone{};
}

}  // namespace

UndoJob::UndoJob(PreparedUndo prepared, registry::Registry& registry, const Clock& clock, Log& log)
    : prepared_(std::move(prepared)), registry_(registry), clock_(clock), log_(log) {
  thread_ = std::thread([this] { work(); });
}

UndoJob::~UndoJob() { thread_.join(); }

void UndoJob::cancel() {
  cancelled_ = true;
  const std::lock_guard lock(mutex_);
  if (prepared_.connection) prepared_.connection->cancel();
}

void UndoJob::wait() {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [&] { return ended_.load(); });
}

std::optional<std::string> UndoJob::error() const {
  const std::lock_guard lock(mutex_);
  return error_;
}

/// Its mended rows first: they were added to what goes. Each import goes in a transaction of its
/// own, so that nothing stands half undone wherever this ends.
Status UndoJob::undo() {
  for (const ImportId mended : mending(*prepared_.connection, prepared_.id))
    TRY(undo_one(mended));
  return undo_one(prepared_.id);
}

Status UndoJob::undo_one(ImportId id) {
  pg::Transaction transaction(*prepared_.connection);
  const std::string source = source_of(transaction, id);
  const Undone undone = TRY(undo_rows(transaction, registry_, {id, prepared_.kind}, source));
  remove_raw(transaction, id);
  mark_undone(transaction, {id, prepared_.actor, clock_.now()});
  if (cancelled_) return refuse(ErrorCode::cancelled, "The undo was stopped; nothing was changed.");
  const feed::Change change{
      .kind = ChangeKind::import_undone,
      .subject = feed::subject_of("import", id),
      .actor = prepared_.actor,
      .payload = fmt::format(R"({{"kind":"{}","rows":{},"passed":{},"voters_removed":{}}})",
                             to_string(prepared_.kind), undone.rows, undone.passed,
                             undone.voters_removed)};
  feed::commit(transaction, {&change, 1});
  log_.info(
      "import_undone",
      {{"import", id.value()}, {"rows", undone.rows}, {"voters_removed", undone.voters_removed}});
  return {};
}

void UndoJob::work() {
  std::optional<std::string> error;
  try {
    const Status status = undo();
    if (!status) error = status.error().sentence;
  } catch (const pg::SqlFailure& failure) {
    error = cancelled_ ? "The undo was stopped; nothing was changed."
                       : fmt::format("The database refused '{}' ({}: {}); nothing was changed.",
                                     failure.statement(), failure.sqlstate(), failure.message());
    log_.error("undo_database_refused", {{"import", prepared_.id.value()},
                                         {"statement", failure.statement()},
                                         {"sqlstate", failure.sqlstate()}});
  } catch (const std::exception& failure) {
    error = failure.what();
  }
  try {
    // A connection that is closed gives the lock back only once the server has noticed.
    if (!prepared_.connection->is_broken()) release_import_lock(*prepared_.connection);
  } catch (const Failure&) {  // NOLINT(bugprone-empty-catch): then it goes with the connection
  }
  end(std::move(error));
}

void UndoJob::end(std::optional<std::string> error) {
  const std::lock_guard lock(mutex_);
  prepared_.connection.reset();  // and with it the import lock, before anybody who waits goes on
  error_ = std::move(error);
  ended_ = true;
  changed_.notify_all();
}

}  // namespace hustings::ingest
