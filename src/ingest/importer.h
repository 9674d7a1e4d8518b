#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/error.h"
#include "base/guarded.h"
#include "base/log.h"
#include "ingest/import.h"
#include "model/ids.h"
#include "pg/pool.h"

namespace hustings::registry {
class LikenessFinder;
class Registry;
}  // namespace hustings::registry

namespace hustings::ingest {

class ImportJob;
class UndoJob;
struct DeadRun;

/// Imports files as background jobs, one at a time in a database, whichever process starts them.
/// All calls may come from several threads. The destructor cancels what runs and waits for it.
class Importer {
 public:
  /// Without `likeness` dry runs find only rows that equal a known voter.
  Importer(pg::Pool& pool, registry::Registry& registry, const Clock& clock, Log& log,
           registry::LikenessFinder* likeness = nullptr);
  ~Importer();
  Importer(const Importer&) = delete;
  Importer& operator=(const Importer&) = delete;

  enum class Dead : std::uint8_t {
    begin_anew,  ///< whose file is still there; the others have failed
    leave        ///< those that can begin anew, for a server that will
  };
  /// Sees to imports of processes that have gone: nothing of them is half done. Call at the start
  /// of the program; does nothing while another process imports. Returns how many have failed or
  /// begun anew.
  int clean_up_after_crash(Dead what = Dead::leave);

  /// Reads the layout and the file's header, and refuses at once what cannot be imported: no such
  /// file, another layout, an import that runs already. Then goes on in the background. A file that
  /// was imported before is not imported again: its earlier import comes back as a repeat.
  Result<ImportStarted> start(const ImportRequest& asked);
  /// Takes a published import back, however long ago it was: registry/undo.h. Refuses at once what
  /// cannot be undone (it runs, it failed, it is undone already) and while another import or undo
  /// runs. Then goes on in the background; wait() waits for it.
  Status undo(ImportId id, std::string_view actor);
  /// Waits until the import has ended, however it ends; or its undo, which leaves its reason in
  /// `error` when it could not be done.
  Result<Import> wait(ImportId id);
  /// Asks the import to stop. It ends as cancelled, with nothing changed, unless it was just
  /// publishing.
  Status cancel(ImportId id);

  /// How an import stands now.
  Result<Import> find(ImportId id, Deadline deadline = Deadline::never());
  /// Newest first; `before` is the id of the last one of the page before.
  std::vector<Import> list(std::optional<ImportId> before, int limit,
                           Deadline deadline = Deadline::never(),
                           std::optional<LayoutKind> only = std::nullopt);
  /// The rows that an import did not take, by line; `after` is the last line of the page before.
  std::vector<Reject> rejects(ImportId id, std::int64_t after, int limit,
                              Deadline deadline = Deadline::never());
  /// The beginning of a file of the rejected rows in the form of the import's own file: its header,
  /// if it has one, with a line end; the rows follow as Reject::raw. Refuses an import whose rows
  /// cannot be mended: one that has not published, or whose rows mean something through other files
  /// only.
  Result<std::string> begin_of_rejected_rows(ImportId id, Deadline deadline = Deadline::never());
  /// A line as it was received; nothing if it was not kept.
  std::optional<std::string> raw_line(ImportId id, std::int64_t line,
                                      Deadline deadline = Deadline::never());

 private:
  using Jobs = std::map<ImportId, std::shared_ptr<ImportJob>>;  // shared with whoever waits
  using Undos = std::map<ImportId, std::shared_ptr<UndoJob>>;
  struct Looked;
  Result<Looked> look(ImportRequest request) const;
  Result<ImportRequest> with_what_it_mends(ImportRequest request);
  bool begin_anew(std::unique_ptr<pg::Connection>& locked, const DeadRun& dead);
  void launch(Looked looked, std::unique_ptr<pg::Connection> publisher, ImportId id, Instant now);
  std::shared_ptr<ImportJob> job(ImportId id);
  std::shared_ptr<UndoJob> undo_of(ImportId id);
  void forget_old_jobs(Jobs& jobs);
  void show_undo(Import& import);
  Result<Import> find_anywhere(ImportId id, Deadline deadline);

  pg::Pool& pool_;
  registry::Registry& registry_;
  const Clock& clock_;
  Log& log_;
  registry::LikenessFinder* const likeness_;
  Guarded<Jobs> jobs_;
  Guarded<Undos> undos_;
};

}  // namespace hustings::ingest
