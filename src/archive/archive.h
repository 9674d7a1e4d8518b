#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "archive/manifest.h"
#include "base/clock.h"
#include "base/error.h"
#include "objectstore/store.h"
#include "pg/connection.h"

/// Every table of a database from one snapshot, as compressed text with a manifest of digests; and
/// back. The format: docs/formats/archive.md.
///
/// All functions throw Failure when the database, the disk or the network fails.
namespace hustings::archive {

struct Progress {
  enum class Stage : std::uint8_t {
    listed,     ///< writing: the tables are listed; the snapshot comes next
    table,      ///< rows were written, read back, loaded or compared
    finishing,  ///< what is left: sequences, manifest, commit
  };
  Stage stage = Stage::table;
  std::string table;              ///< now in work
  std::uint64_t plain_bytes = 0;  ///< done so far, of all tables
  std::uint64_t rows = 0;
};
/// Called from several threads, one at a time, at most every few hundred kilobytes.
using OnProgress = std::function<void(const Progress&)>;

struct WriteOptions {
  std::string product_version;
  int level = 3;                                           ///< of zstd, 1 to 19
  int workers = 2;                                         ///< connections that read tables
  std::uint64_t chunk_bytes_max = std::uint64_t{1} << 30;  ///< of plain text in one file
  OnProgress on_progress;
  std::stop_token stop;
};

struct ArchiveReport {
  std::int64_t archive = 0;  ///< number of its archive_run
  std::uint64_t tables = 0;
  std::uint64_t rows = 0;
  std::uint64_t plain_bytes = 0;
  std::uint64_t stored_bytes = 0;
  std::int64_t feed_position = 0;
  std::string manifest_sha256;  ///< 64 hexadecimal digits
  int attempts = 1;             ///< more when tables were made or changed just then
};

/// Writes the database's schema into an empty store, and a row into archive_run. Others may go on
/// working; a table cannot be dropped, truncated or altered meanwhile. The archive exists once
/// manifest.json does, which is written last; if anything goes wrong before, what was written is
/// removed. conflict if the store is not empty, cancelled by the stop token.
Result<ArchiveReport> write_archive(const pg::ConnectOptions& database, objectstore::Store& store,
                                    const Clock& clock, const WriteOptions& options);

struct ReadOptions {
  int workers = 2;
  OnProgress on_progress;
  std::stop_token stop;
};

struct VerifyReport {
  std::uint64_t tables = 0;
  std::uint64_t rows = 0;
  std::uint64_t files = 0;
  std::uint64_t plain_bytes = 0;
  std::uint64_t stored_bytes = 0;
  std::string manifest_sha256;
};

/// Reads every byte of an archive back and compares lengths, digests and rows with the manifest.
/// The error names the first file that is wrong, and how many more are.
Result<VerifyReport> verify_archive(objectstore::Store& store, const ReadOptions& options);

/// The manifest, after its own digest was checked.
Result<Manifest> read_manifest(objectstore::Store& store);

struct RestoreReport {
  std::uint64_t tables = 0;
  std::uint64_t rows = 0;
  std::uint64_t plain_bytes = 0;
  std::int64_t feed_position = 0;
  std::vector<std::string> remarks;  ///< for a person, e.g. tables that are not Hustings' own
};

/// Makes the schema by the archive's migrations, loads every table in one transaction, reads all
/// of it back from the database and compares it with the manifest before it commits. conflict when
/// there are rows already, or when this program does not know the archive's migrations. After an
/// error the schema holds no row.
Result<RestoreReport> restore_archive(objectstore::Store& store, const pg::ConnectOptions& database,
                                      const ReadOptions& options);

struct ArchiveRun {
  std::int64_t archive = 0;
  std::string folder;
  std::int64_t tables = 0;
  std::int64_t rows = 0;
  std::int64_t bytes = 0;  ///< as stored
  Instant started_at;
  Instant ended_at;
  std::optional<Instant> verified_at;
};
/// To be called when verify_archive() has found the archive whole.
void note_verified(pg::Connection& connection, std::int64_t archive, Instant at);
std::optional<ArchiveRun> last_archive(pg::Connection& connection);

}  // namespace hustings::archive
