#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "ingest/chunk_reader.h"
#include "ingest/import.h"
#include "ingest/row_reader.h"
#include "ingest/run_state.h"
#include "ingest/trial_report.h"
#include "pg/connection.h"
#include "registry/bulk_writer.h"
#include "registry/likeness.h"

namespace hustings::ingest {

/// The rows of one chunk on their way. Each kind of file adds what it needs.
struct Batch {
  virtual ~Batch() = default;
  std::int64_t index = 0;
  std::int64_t first_line = 0;
  std::int64_t lines = 0;
  std::int64_t rows = 0;  ///< rejected ones included
  std::int64_t empty = 0;
  std::int64_t headers = 0;
  std::int64_t nuls = 0;
  std::int64_t skipped = 0;   ///< rows that say that somebody did not vote
  std::int64_t cut_line = 0;  ///< the file ends in the middle of this line; 0: it does not
  std::vector<Reject> rejects;
};

/// Parses chunks; one for each thread.
class ChunkParser {
 public:
  virtual ~ChunkParser() = default;
  virtual std::unique_ptr<Batch> parse(Chunk chunk) = 0;
  virtual QualityCounts quality() const { return {}; }
};

/// How far an import is; written by its threads, read by whoever shows it.
struct Progress {
  std::atomic<ImportStage> stage = ImportStage::reading;
  std::atomic<std::int64_t> bytes_done = 0;
  std::atomic<std::int64_t> rows_read = 0;
  std::atomic<std::int64_t> rows_new = 0;
  std::atomic<std::int64_t> rows_changed = 0;
  std::atomic<std::int64_t> rows_same = 0;
  std::atomic<std::int64_t> rows_rejected = 0;
  std::atomic<std::int64_t> lines_empty = 0;
  std::atomic<std::int64_t> lines_header = 0;
  std::atomic<int> steps_done = 0;  ///< of publishing
  std::atomic<int> steps_all = 1;
  ImportCounts counts() const;
};

/// What a loader works with; all of it outlives the loader.
struct LoadContext {
  const pg::ConnectOptions& database;
  pg::Connection& publisher;  ///< the connection that will publish
  ImportId import;
  FileFormat format;
  RunState& run;
  Progress& progress;
  const ImportRequest& request;
  registry::LikenessFinder* likeness = nullptr;  ///< null: a dry run does not ask
};

/// Takes the rows of one kind of file to where they wait, and publishes them. The pipeline calls:
/// parsers' parse() in any order from several threads; match() in the file's order, one at a time;
/// write() in any order from several threads; then finish(), then publish().
class Loader {
 public:
  virtual ~Loader() = default;
  /// Before the first row.
  virtual void prepare(pg::Connection& connection, std::span<const ImportId> earlier) = 0;
  virtual std::unique_ptr<ChunkParser> make_parser() = 0;
  virtual void match(Batch& batch) = 0;
  virtual void write(std::unique_ptr<Batch> batch) = 0;
  /// Brings everything to the database and builds indexes; nothing is visible yet.
  virtual void finish() = 0;
  /// Makes it visible when `transaction` commits. Refuses what should rather be looked at first.
  virtual Status publish(pg::Transaction& transaction) = 0;
  /// In place of publish(), for a dry run: finds out what it would change. `transaction` is rolled
  /// back.
  virtual Status try_out(pg::Transaction& transaction, TrialReport& report) = 0;
  /// After the rollback: takes away what was loaded.
  virtual void after_trial(pg::Connection& /*connection*/) {}
  /// After the commit; what is nice to have.
  virtual void after_publish() {}
  virtual std::vector<ImportWarning> warnings() const { return {}; }
};

std::unique_ptr<Loader> make_voter_loader(const LoadContext& context);
std::unique_ptr<Loader> make_history_loader(const LoadContext& context);
std::unique_ptr<Loader> make_score_loader(const LoadContext& context);

}  // namespace hustings::ingest
