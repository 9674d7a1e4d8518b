#include <algorithm>

#include <fmt/format.h>

#include "archive/archive.h"
#include "archive/catalogue.h"
#include "archive/chunk_io.h"
#include "archive/progress_counter.h"
#include "archive/sql.h"
#include "base/digest.h"
#include "base/text.h"
#include "pg/migrations.h"

namespace hustings::archive {
namespace {

/// Filled by migrations themselves, so that a schema without other rows counts as empty.
constexpr std::string_view kMigrationTable = "migration";

/// How many of this program's migrations make the archive's schema.
Result<std::size_t> known_migrations(const Manifest& manifest) {
  const auto known = pg::all_migrations();
  if (manifest.migrations.size() > known.size()) {
    return refuse(
        ErrorCode::conflict,
        fmt::format("The archive was made by a newer program ({}): it has {} migrations, this "
                    "program knows {}. Use that program, or a newer one.",
                    manifest.product_version, manifest.migrations.size(), known.size()));
  }
  for (std::size_t i = 0; i < manifest.migrations.size(); ++i) {
    const AppliedMigration& archived = manifest.migrations[i];
    if (archived.number == known[i].number &&
        archived.checksum == to_hex(Sha256::of(known[i].text))) {
      continue;
    }
    return refuse(ErrorCode::conflict,
                  fmt::format("Migration {} of the archive differs from this program's. Use the "
                              "program that made the archive ({}).",
                              archived.name, manifest.product_version));
  }
  return manifest.migrations.size();
}

bool has_rows(pg::Connection& connection, std::string_view table) {
  return connection
      .run_text(fmt::format("select exists (select from {})", qualified(connection, table)),
                "restore_has_rows")
      .only()
      .get<bool>(0);
}

Status check_no_rows(pg::Connection& connection, const Catalogue& catalogue) {
  for (const CatalogueTable& table : catalogue.tables) {
    if (table.name == kMigrationTable || !has_rows(connection, table.name)) continue;
    return refuse(
        ErrorCode::conflict,
        fmt::format("The database is not empty: the table {} has rows. Restore into a new, "
                    "empty database.",
                    table.name));
  }
  return {};
}

/// Before anything is touched: are there rows, or later migrations than the archive's?
Status check_target(pg::Connection& connection, std::size_t migrations) {
  const Catalogue before = TRY(read_catalogue(connection));
  TRY(check_no_rows(connection, before));
  if (before.find(kMigrationTable) == nullptr) return {};
  if (static_cast<std::size_t>(connection.run(sql::kMigrations).size()) <= migrations) return {};
  return refuse(ErrorCode::conflict,
                "The database was made by a newer program than the archive. Restore into a new, "
                "empty database; the program brings it up to date at its next start.");
}

/// One restore, within its transaction.
class Restore {
 public:
  Restore(objectstore::Store& store, pg::Connection& connection, const Manifest& manifest,
          const ReadOptions& options)
      : store_(store),
        connection_(connection),
        manifest_(manifest),
        options_(options),
        progress_(options.on_progress) {}

  Status run() {
    catalogue_ = TRY(read_catalogue(connection_));
    TRY(lock_and_clear());
    for (const Table& table : manifest_.tables)
      TRY(fit_table(table));
    TRY(check_nothing_lacks());
    catalogue_ = TRY(read_catalogue(connection_));
    for (const std::string& name : TRY(load_order(connection_, catalogue_))) {
      // A partition that is not attached yet is loaded with its table.
      const auto table = std::ranges::find(manifest_.tables, name, &Table::name);
      if (table != manifest_.tables.end()) TRY(load(*table));
    }
    attach_partitions();
    catalogue_ = TRY(read_catalogue(connection_));
    for (const Table& table : manifest_.tables)
      TRY(compare(table));
    progress_.tell(Progress::Stage::finishing);
    set_sequences();
    return {};
  }
  std::vector<std::string> take_remarks() { return std::move(remarks_); }

 private:
  Status lock_and_clear();
  Status fit_table(const Table& table);
  Status make_own_table(const Table& table);
  Status make_partition(const Table& table, const Partition& partition);
  void attach_partitions();
  Status check_nothing_lacks();
  Status load(const Table& table);
  Status load_part(const Table& table, const std::string& partition, RowSetDigest& digest);
  Status compare(const Table& table);
  void set_sequences();
  Status check_not_stopped() const {
    if (!options_.stop.stop_requested()) return {};
    return refuse(ErrorCode::cancelled,
                  "The restore was stopped; the database holds no rows of it.");
  }

  objectstore::Store& store_;
  pg::Connection& connection_;
  const Manifest& manifest_;
  const ReadOptions& options_;
  ProgressCounter progress_;
  Catalogue catalogue_;
  /// Partitions made here, with their tables' names.
  std::vector<std::pair<std::string, Partition>> to_attach_;
  std::vector<std::string> remarks_;
};

/// Nobody else writes from here on; and nothing is there but the migrations' own rows.
Status Restore::lock_and_clear() {
  for (const CatalogueTable& table : catalogue_.tables) {
    connection_.run_text(
        "lock table " + qualified(connection_, table.name) + " in access exclusive mode",
        "restore_lock");
  }
  TRY(check_no_rows(connection_, catalogue_));
  connection_.run_text("delete from " + qualified(connection_, kMigrationTable), "restore_clear");
  return {};
}

/// The archived table exists here with the same columns and partitions.
Status Restore::fit_table(const Table& table) {
  const CatalogueTable* here = catalogue_.find(table.name);
  if (here == nullptr) return make_own_table(table);
  if (here->columns != table.columns) {
    return invalid(fmt::format("The table {} of the archive has other columns than the migrations "
                               "make.",
                               table.name),
                   std::string(kManifestFile));
  }
  for (const Partition& partition : table.partitions) {
    const auto same = std::ranges::find(here->partitions, partition.name, &Partition::name);
    if (same == here->partitions.end())
      TRY(make_partition(table, partition));
    else if (*same != partition) {
      return invalid(fmt::format("The partition {} of the archive has other bounds than the "
                                 "migrations make.",
                                 partition.name),
                     std::string(kManifestFile));
    }
  }
  return {};
}

/// A table that no migration makes: somebody's own, or what an unfinished import left. Its rows
/// come back; its indexes and constraints are not in the archive.
Status Restore::make_own_table(const Table& table) {
  if (!table.partitions.empty()) {
    return invalid(
        fmt::format("The table {} is partitioned and not made by any migration.", table.name),
        std::string(kManifestFile));
  }
  std::string columns;
  for (const Column& column : table.columns) {
    // The name comes from a file: PostgreSQL itself says which type is meant.
    const auto type =
        connection_.run(sql::kTypeName, column.type).only().get<std::optional<std::string>>(0);
    if (!type) {
      return invalid(fmt::format("The table {} has a column of a type that this database does not "
                                 "know. Install the extension that makes it.",
                                 table.name),
                     std::string(kManifestFile));
    }
    columns += (columns.empty() ? "" : ", ") + connection_.quoted(column.name) + ' ' + *type;
  }
  connection_.run_text(
      fmt::format("create table {} ({})", qualified(connection_, table.name), columns),
      "restore_table");
  remarks_.push_back(
      fmt::format("{} is not a table of Hustings: its rows are back, its indexes and "
                  "constraints are not.",
                  table.name));
  return {};
}

Status Restore::make_partition(const Table& table, const Partition& partition) {
  if (!is_partition_bounds(partition.bounds)) {
    return invalid(
        fmt::format("The bounds of the partition {} cannot be understood.", partition.name),
        std::string(kManifestFile));
  }
  connection_.run_text(
      fmt::format("create table {} (like {} including all excluding indexes excluding identity)",
                  qualified(connection_, partition.name), qualified(connection_, table.name)),
      "restore_partition");
  to_attach_.push_back({table.name, partition});
  return {};
}

/// Once the partitions are full: PostgreSQL then builds their indexes in one go, many times faster
/// than row by row.
void Restore::attach_partitions() {
  for (const auto& [table, partition] : to_attach_) {
    connection_.run_text(
        fmt::format("alter table {} attach partition {} {}", qualified(connection_, table),
                    qualified(connection_, partition.name), partition.bounds),
        "restore_attach");
  }
}

Status Restore::check_nothing_lacks() {
  for (const CatalogueTable& table : catalogue_.tables) {
    if (std::ranges::find(manifest_.tables, table.name, &Table::name) == manifest_.tables.end()) {
      return invalid(fmt::format("The table {} is missing in the archive.", table.name),
                     std::string(kManifestFile));
    }
  }
  return {};
}

Status Restore::load(const Table& table) {
  RowSetDigest digest;
  std::vector<std::string> parts = {""};
  for (const Partition& partition : table.partitions)
    parts.push_back(partition.name);
  std::size_t used = 0;
  for (const std::string& part : parts) {
    used += static_cast<std::size_t>(std::ranges::count(table.chunks, part, &Chunk::partition));
    TRY(load_part(table, part, digest));
  }
  if (used == table.chunks.size() && digest.hex() == table.row_digest) return {};
  return invalid(
      fmt::format("The files of {} do not hold the rows that the manifest says.", table.name),
      std::string(kManifestFile));
}

Status Restore::load_part(const Table& table, const std::string& partition, RowSetDigest& digest) {
  const auto is_of_part = [&](const Chunk& chunk) { return chunk.partition == partition; };
  if (std::ranges::none_of(table.chunks, is_of_part)) return {};
  auto copy = connection_.copy_in(
      fmt::format("copy {} {} from stdin",
                  qualified(connection_, partition.empty() ? table.name : partition),
                  column_list(connection_, table.columns)),
      "restore_copy");
  for (const Chunk& chunk : table.chunks) {
    if (!is_of_part(chunk)) continue;
    TRY(check_not_stopped());
    TRY(read_chunk(store_, chunk, digest, [&](std::string_view rows) {
      copy.write(rows);
      progress_.add(table.name, rows.size(),
                    static_cast<std::uint64_t>(std::ranges::count(rows, '\n')));
    }));
  }
  copy.finish();
  return {};
}

/// What the database now holds is what was archived.
Status Restore::compare(const Table& table) {
  TRY(check_not_stopped());
  RowSetDigest digest;
  const CatalogueTable* here = catalogue_.find(table.name);
  CHECK(here != nullptr);
  std::vector<std::string> relations;
  for (const Partition& partition : here->partitions)
    relations.push_back(partition.name);
  if (!here->is_partitioned) relations.push_back(table.name);
  for (const std::string& relation : relations) {
    connection_.copy_out(copy_out_text(connection_, relation, table.columns), "restore_compare",
                         [&](std::string_view row) { digest.add(row); });
  }
  if (digest.hex() == table.row_digest && digest.rows() == table.rows) return {};
  return refuse(
      ErrorCode::conflict,
      fmt::format("The rows of {} read back from the database are not those of the archive. "
                  "Nothing was restored; is this server's PostgreSQL older than {}?",
                  table.name, manifest_.server_version / 10000));
}

void Restore::set_sequences() {
  for (const Sequence& sequence : manifest_.sequences) {
    if (std::ranges::find(catalogue_.sequences, sequence.name) == catalogue_.sequences.end()) {
      remarks_.push_back(
          fmt::format("{} is not a sequence of Hustings and is left out.", sequence.name));
      continue;
    }
    connection_.run(sql::kSetSequence, qualified(connection_, sequence.name), sequence.last_value,
                    sequence.is_called);
  }
}

}  // namespace

Result<RestoreReport> restore_archive(objectstore::Store& store, const pg::ConnectOptions& database,
                                      const ReadOptions& options) {
  const Manifest manifest = TRY(read_manifest(store));
  const std::size_t migrations = TRY(known_migrations(manifest));
  pg::Connection connection(database);
  connection.run_text(
      "set statement_timeout to 0; set idle_in_transaction_session_timeout to 0;"
      "set lock_timeout to '60s'; set row_security to off; set maintenance_work_mem to '256MB'",
      "restore_settings");
  TRY(check_target(connection, migrations));
  TRY(pg::migrate(connection, pg::all_migrations().first(migrations)));

  pg::Transaction transaction(connection);
  Restore restore(store, connection, manifest, options);
  TRY(restore.run());
  transaction.commit();
  // Without statistics the first hours' plans would be bad.
  for (const Table& table : manifest.tables) {
    connection.run_text("analyze " + qualified(connection, table.name), "restore_analyze");
  }
  return RestoreReport{.tables = manifest.tables.size(),
                       .rows = manifest.rows(),
                       .plain_bytes = manifest.plain_bytes(),
                       .feed_position = manifest.feed_position,
                       .remarks = restore.take_remarks()};
}

}  // namespace hustings::archive
