#pragma once

#include <span>
#include <string>
#include <string_view>

#include "base/error.h"
#include "pg/connection.h"

namespace hustings::pg {

/// A file of db/migrations, embedded at build time.
struct Migration {
  int number;             ///< 1, 2, 3 …, without gaps
  std::string_view name;  ///< "0001_foundation"
  std::string_view text;
};

/// All of db/migrations in order.
std::span<const Migration> all_migrations();

/// Makes the schema of `connection` if need be and brings it up to date: each migration in a
/// transaction of its own, forward only. Refuses (conflict) when a migration that was applied has
/// since been changed, or when the database is newer than this program. Several processes may call
/// it at once; one does the work. Returns how many were applied.
Result<int> migrate(Connection& connection,
                    std::span<const Migration> migrations = all_migrations());

}  // namespace hustings::pg
