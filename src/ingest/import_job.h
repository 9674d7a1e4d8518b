#pragma once

#include <chrono>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

#include "base/clock.h"
#include "base/log.h"
#include "ingest/chunk_reader.h"
#include "ingest/header.h"
#include "ingest/import.h"
#include "ingest/loader.h"
#include "ingest/pipeline.h"
#include "pg/connection.h"

namespace hustings::ingest {

/// Everything that was found out about a file before its import began.
struct PreparedImport {
  ImportRequest request;
  Layout layout;
  ColumnMap map;
  ChunkReader reader;
  std::unique_ptr<pg::Connection> publisher;  ///< holds the import lock
  ImportId id;
  Instant started_at;
  int restarts = 0;
};

/// One running import and its thread.
class ImportJob {
 public:
  ImportJob(PreparedImport prepared, pg::ConnectOptions database,
            registry::LikenessFinder* likeness, const Clock& clock, Log& log);
  /// Waits for the thread.
  ~ImportJob();

  void cancel() { run_.cancel(); }
  /// The program ends: as cancel(), but an import that may begin anew stays among the running ones,
  /// and the next start of the program does.
  void leave() {
    is_left_ = prepared_.request.may_restart;
    run_.cancel();
  }
  void wait();
  bool has_ended() const { return ended_; }
  Import snapshot() const;

 private:
  static constexpr std::size_t kRejectsKeptMax = 100'000;

  void work();
  Status import();
  std::string why_stopped(std::string error, ImportState& state) const;
  Status publish(Loader& loader, const PipelineResult& read);
  Status try_out(Loader& loader, const PipelineResult& read);
  Status end_reading(Loader& loader, const PipelineResult& read);
  Status check_same_file(const std::string& sha256);
  void end(ImportState state, std::optional<std::string> error);
  bool record_failure(ImportState state, const std::string& error);
  void keep(std::vector<Reject> rejects);
  std::vector<ImportWarning> warnings(const Loader& loader, const PipelineResult& read) const;
  std::optional<double> seconds_left(double elapsed) const;

  PreparedImport prepared_;
  const pg::ConnectOptions database_;
  registry::LikenessFinder* const likeness_;
  const Clock& clock_;
  Log& log_;
  RunState run_;
  Progress progress_;
  std::vector<Reject> rejects_;
  std::int64_t rejects_not_kept_ = 0;
  const std::chrono::steady_clock::time_point begun_ = std::chrono::steady_clock::now();
  std::atomic<bool> ended_ = false;
  std::atomic<bool> is_left_ = false;
  mutable std::mutex mutex_;  // of shown_
  std::condition_variable changed_;
  Import shown_;
  std::thread thread_;
};

/// A sentence for a person about a database that refused or went away.
std::string sentence_of(const pg::SqlFailure& failure);

}  // namespace hustings::ingest
