#pragma once

#include <atomic>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

#include "base/clock.h"
#include "base/log.h"
#include "ingest/import.h"
#include "pg/connection.h"

namespace hustings::registry {
class Registry;
}

namespace hustings::ingest {

/// What an undo works with.
struct PreparedUndo {
  std::unique_ptr<pg::Connection> connection;  ///< holds the import lock
  ImportId id;
  LayoutKind kind{};
  std::string actor;
};

/// Takes a published import back, on a thread of its own, in one transaction: registry/undo.h.
class UndoJob {
 public:
  UndoJob(PreparedUndo prepared, registry::Registry& registry, const Clock& clock, Log& log);
  /// Waits for the thread.
  ~UndoJob();

  void cancel();
  void wait();
  bool has_ended() const { return ended_; }
  /// Why it did not come to its end; nothing was changed then.
  std::optional<std::string> error() const;

 private:
  void work();
  Status undo();
  Status undo_one(ImportId id);
  void end(std::optional<std::string> error);

  PreparedUndo prepared_;
  registry::Registry& registry_;
  const Clock& clock_;
  Log& log_;
  std::atomic<bool> cancelled_ = false;
  std::atomic<bool> ended_ = false;
  mutable std::mutex mutex_;  // of error_ and of the connection's end
  std::condition_variable changed_;
  std::optional<std::string> error_;
  std::thread thread_;
};

}  // namespace hustings::ingest
