#pragma once

#include <memory>
#include <string>

#include "pg/connection.h"
#include "pg/pool.h"

namespace hustings::pg::testing {

/// A schema of its own for one test, migrated, on a PostgreSQL that this test program starts once
/// (or on HUSTINGS_TEST_DATABASE_URL). Dropped at the end.
///
///   TEST(VoterStore, FindsByNumber) {
///     pg::testing::Database database;
///     auto connection = database.connect();
class Database {
 public:
  /// migrated = false leaves the schema empty.
  explicit Database(bool migrated = true);
  ~Database();

  ConnectOptions options() const;
  std::unique_ptr<Connection> connect() const;
  Pool& pool();

 private:
  std::string schema_;
  std::unique_ptr<Pool> pool_;
};

}  // namespace hustings::pg::testing
