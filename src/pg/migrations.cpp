#include "pg/migrations.h"

#include <fmt/format.h>

#include "base/digest.h"
#include "base/text.h"
#include "pg/sql.h"

namespace hustings::pg {
namespace {

std::string checksum_of(const Migration& migration) { return to_hex(Sha256::of(migration.text)); }

/// Held while migrating, so that of several processes that start at once one does the work.
class MigrationLock {
 public:
  explicit MigrationLock(Connection& connection) : connection_(connection) {
    connection_.run_text("select pg_advisory_lock(hashtext('hustings.migrate'))", "migrate_lock");
  }
  ~MigrationLock() {
    if (connection_.is_broken()) return;
    try {
      connection_.run_text("select pg_advisory_unlock(hashtext('hustings.migrate'))",
                           "migrate_unlock");
    } catch (const Failure&) {  // NOLINT(bugprone-empty-catch): the lock ends with the connection
    }
  }
  MigrationLock(const MigrationLock&) = delete;
  MigrationLock& operator=(const MigrationLock&) = delete;

 private:
  Connection& connection_;
};

/// How many of `migrations` the database has already, after comparing their checksums.
Result<std::size_t> compare(const Rows& applied, std::span<const Migration> migrations) {
  if (static_cast<std::size_t>(applied.size()) > migrations.size()) {
    return refuse(ErrorCode::conflict,
                  fmt::format("The database is newer than this program: it has migration {}, the "
                              "program knows {}. Start the newer program.",
                              applied.size(), migrations.size()));
  }
  for (int i = 0; i < applied.size(); ++i) {
    const Migration& known = migrations[static_cast<std::size_t>(i)];
    if (applied[i].get<std::int32_t>(0) != known.number ||
        applied[i].text(2) != checksum_of(known)) {
      return refuse(
          ErrorCode::conflict,
          fmt::format("Migration {} of this database differs from the program's. Use the "
                      "program that made this database, or restore its archive into a new one.",
                      applied[i].text(1)));
    }
  }
  return static_cast<std::size_t>(applied.size());
}

}  // namespace

Result<int> migrate(Connection& connection, std::span<const Migration> migrations) {
  const MigrationLock lock(connection);
  connection.run_text("create schema if not exists " + connection.quoted(connection.schema()),
                      "migrate_schema");
  connection.run(sql::kMigrationTableMake);
  const std::size_t have = TRY(compare(connection.run(sql::kMigrationsApplied), migrations));
  for (const Migration& migration : migrations.subspan(have)) {
    Transaction transaction(connection);
    connection.run_text(std::string(migration.text), migration.name);
    transaction.run(sql::kMigrationNote, migration.number, migration.name, checksum_of(migration));
    transaction.commit();
  }
  return static_cast<int>(migrations.size() - have);
}

}  // namespace hustings::pg
