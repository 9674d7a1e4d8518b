#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ingest/import.h"
#include "ingest/layout.h"
#include "pg/connection.h"

/// The tables import_run, import_reject and import_raw.
namespace hustings::ingest {

bool take_import_lock(pg::Connection& connection);
void release_import_lock(pg::Connection& connection);

/// Gives the import lock back when whatever took it ends without using it. A connection that is
/// merely closed gives it back only once the server notices, and the next import may come first.
class LockReturn {
 public:
  explicit LockReturn(pg::Connection& connection) : connection_(&connection) {}
  ~LockReturn();
  LockReturn(const LockReturn&) = delete;
  LockReturn& operator=(const LockReturn&) = delete;
  /// Somebody else holds the lock from now on.
  void dismiss() { connection_ = nullptr; }

 private:
  pg::Connection* connection_;
};

/// An import whose process has gone.
struct DeadRun {
  ImportId id;
  std::string request;
  int restarts = 0;
};
/// Only with the lock: then none of them runs.
std::vector<DeadRun> find_dead(pg::Connection& connection);
/// Removes what an import has left that will not publish: loads, lines as received.
void remove_rest(pg::Connection& connection, ImportId id);
/// Only with the lock: fails the imports of processes that have gone, with this sentence, and
/// removes what they left. Returns how many there were.
int clean_up(pg::Connection& connection, Instant now, std::string_view sentence);
/// What runs now, for a sentence: "'ncvoter.txt' (imp_…, since 14:03 UTC)"; nothing if an undo
/// holds the lock.
std::optional<std::string> what_runs(pg::Connection& connection);

struct NewRun {
  const Layout& layout;
  std::string_view file_name;
  std::int64_t file_bytes = 0;
  std::string_view actor;
  Instant at;
  const std::vector<std::string>& blank_keeps;
  std::string request;           ///< run_request.h
  std::string_view header = {};  ///< the file's first line, if it names the columns
  std::optional<ImportId> mends = {};
  std::string_view run_name = {};
};
ImportId add_run(pg::Connection& connection, const NewRun& run);

struct RestartedRun {
  ImportId id;
  std::int64_t file_bytes = 0;
  std::string_view header;
};
void mark_restarted(pg::Connection& connection, const RestartedRun& run);
std::string header_of(pg::Connection& connection, ImportId id);
/// Published imports of an import's mended rows, newest first.
std::vector<ImportId> mending(pg::Connection& connection, ImportId id);

struct PublishedRun {
  ImportId id;
  std::string sha256;
  ImportCounts counts;
  const std::vector<ImportWarning>& warnings;
  Instant at;
};
void mark_published(pg::Transaction& transaction, const PublishedRun& run);
/// The same of a dry run.
void mark_tried(pg::Transaction& transaction, const PublishedRun& run, const std::string& report);

struct UndoneRun {
  ImportId id;
  std::string_view actor;
  Instant at;
};
void mark_undone(pg::Transaction& transaction, const UndoneRun& run);
/// The import lost rows with their voters; the sentence says to which import's undo.
struct OrphanedRun {
  ImportId id;
  std::int64_t rows = 0;
  ImportId undone;
};
void mark_orphaned(pg::Transaction& transaction, const OrphanedRun& run);
std::string source_of(pg::Transaction& transaction, ImportId id);
/// Takes away the lines as received; records of later imports that took over name none.
void remove_raw(pg::Transaction& transaction, ImportId id);

struct FailedRun {
  ImportId id;
  ImportState state = ImportState::failed;
  std::string error;
  ImportCounts counts;
  Instant at;
};
/// Also takes away what was loaded for it, and keeps its first rejects. False, and nothing is done,
/// if the import has published after all: the connection can break off when it just has.
bool mark_failed(pg::Connection& connection, const FailedRun& run,
                 const std::vector<Reject>& rejects);

std::vector<ImportId> voter_imports(pg::Connection& connection, std::string_view source);
std::vector<ImportId> voter_imports_after(pg::Connection& connection, std::string_view source,
                                          ImportId import);
bool may_be_repeat(pg::Connection& connection, std::string_view layout, std::int64_t file_bytes);
std::optional<ImportId> same_file(pg::Connection& connection, std::string_view layout,
                                  const std::string& sha256);

std::optional<Import> find_run(pg::Connection& connection, ImportId id);
std::vector<Import> list_runs(pg::Connection& connection, std::optional<ImportId> before, int limit,
                              std::optional<LayoutKind> only = std::nullopt);
std::vector<Reject> find_rejects(pg::Connection& connection, ImportId id, std::int64_t after,
                                 int limit);
std::optional<std::string> find_raw_line(pg::Connection& connection, ImportId id,
                                         std::int64_t line);

}  // namespace hustings::ingest
