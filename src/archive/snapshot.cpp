#include "archive/snapshot.h"

#include <fmt/format.h>

#include "archive/sql.h"

namespace hustings::archive {
namespace {

constexpr std::string_view kLockNotAvailable = "55P03";
constexpr std::string_view kUndefinedTable = "42P01";
constexpr std::string_view kDeadlock = "40P01";

std::string lock_text(const pg::Connection& connection, const Catalogue& catalogue) {
  std::string names;
  const auto add = [&](const std::string& name) {
    names += (names.empty() ? "" : ", ") + qualified(connection, name);
  };
  for (const CatalogueTable& table : catalogue.tables) {
    add(table.name);
    for (const Partition& partition : table.partitions)
      add(partition.name);
  }
  return "lock table " + names + " in access share mode";
}

}  // namespace

Snapshot::Reader::Reader(const pg::ConnectOptions& database)
    : connection(std::make_unique<pg::Connection>(database)) {
  // A long transaction that mostly waits must not be ended; rows must come in the order in which
  // they lie; and hidden rows must be an error, not an omission.
  connection->run_text(
      "set statement_timeout to 0; set idle_in_transaction_session_timeout to 0;"
      "set lock_timeout to '60s'; set synchronize_seqscans to off; set row_security to off",
      "archive_settings");
}

void Snapshot::Reader::begin() {
  transaction = std::make_unique<pg::Transaction>(*connection, Deadline::never(),
                                                  pg::Transaction::Isolation::repeatable_read);
  connection->run_text("set transaction read only", "archive_read_only");
}

Result<Snapshot> Snapshot::take(const pg::ConnectOptions& database, const Options& options) {
  Snapshot snapshot;
  while (snapshot.attempts_ < kAttemptsMax) {
    ++snapshot.attempts_;
    if (TRY(snapshot.attempt(database, options)) == Attempt::done) return snapshot;
    snapshot.workers_.clear();
    snapshot.holder_.reset();
  }
  return refuse(ErrorCode::conflict,
                "Tables were made, changed or removed each time the archive began. Wait until the "
                "import or the upgrade is done, then try again.");
}

Result<Snapshot::Attempt> Snapshot::attempt(const pg::ConnectOptions& database,
                                            const Options& options) {
  holder_ = std::make_unique<Reader>(database);
  pg::Connection& connection = *holder_->connection;
  catalogue_ = TRY(read_catalogue(connection));
  if (catalogue_.find("migration") == nullptr) {
    return refuse(ErrorCode::not_found,
                  "There is nothing to archive: the database holds no tables of Hustings.");
  }
  if (options.on_listed) options.on_listed();
  holder_->begin();
  try {
    connection.run_text(lock_text(connection, catalogue_), "archive_lock");
  } catch (const pg::SqlFailure& failure) {
    if (failure.sqlstate() == kUndefinedTable || failure.sqlstate() == kDeadlock) {
      return Attempt::again;
    }
    if (failure.sqlstate() != kLockNotAvailable) throw;
    return refuse(
        ErrorCode::unavailable,
        "A table has been locked by others for a minute, perhaps by an import that is being "
        "published. Try again later.");
  }
  read_facts();
  const std::string name(
      connection.run_text("select pg_export_snapshot()", "archive_snapshot").only().text(0));
  if (TRY(read_catalogue(connection)) != catalogue_) return Attempt::again;
  for (int i = 0; i < options.workers; ++i) {
    if (add_worker(database, name) == Attempt::again) return Attempt::again;
  }
  return Attempt::done;
}

Snapshot::Attempt Snapshot::add_worker(const pg::ConnectOptions& database,
                                       const std::string& snapshot_name) {
  auto worker = std::make_unique<Reader>(database);
  worker->begin();
  worker->connection->run_text(fmt::format("set transaction snapshot '{}'", snapshot_name),
                               "archive_snapshot");
  try {
    // Without waiting: behind somebody who waits for the holder's lock it would wait for ever.
    worker->connection->run_text(lock_text(*worker->connection, catalogue_) + " nowait",
                                 "archive_lock");
  } catch (const pg::SqlFailure& failure) {
    if (failure.sqlstate() != kLockNotAvailable) throw;
    return Attempt::again;
  }
  workers_.push_back(std::move(worker));
  return Attempt::done;
}

void Snapshot::read_facts() {
  pg::Connection& connection = *holder_->connection;
  facts_ = {};
  const pg::Rows rows = connection.run(sql::kSnapshotFacts);
  const pg::Row row = rows.only();
  facts_.made_at = row.get<Instant>(0);
  facts_.server_version = row.get<int>(1);
  facts_.encoding = row.get<std::string>(2);
  facts_.collation = row.get<std::string>(3);
  facts_.feed_position = row.get<std::int64_t>(4);
  facts_.schema = connection.schema();
  for (const pg::Row migration : connection.run(sql::kMigrations)) {
    facts_.migrations.push_back({.number = migration.get<int>(0),
                                 .name = migration.get<std::string>(1),
                                 .checksum = migration.get<std::string>(2)});
  }
  for (const std::string& name : catalogue_.sequences) {
    // Sequences stand outside of transactions: this may be past the snapshot, never before it.
    const pg::Rows state = connection.run_text(
        "select last_value, is_called from " + qualified(connection, name), "archive_sequence");
    facts_.sequences.push_back({.name = name,
                                .last_value = state.only().get<std::int64_t>(0),
                                .is_called = state.only().get<bool>(1)});
  }
}

}  // namespace hustings::archive
