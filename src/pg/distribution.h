#pragma once

#include <functional>
#include <string>
#include <vector>

#include "base/error.h"
#include "pg/connection.h"

/// Spreads the tables that grow with the electorate over several database servers with Citus, the
/// extension that makes one PostgreSQL out of many. Tables that carry `bucket` in their primary key
/// are spread by it, all alike, so that everything about a voter lies on one machine; the queue,
/// the feed and all small tables stay on the coordinator, where they are.
namespace hustings::pg {

struct SpreadTable {
  std::string name;
  bool is_spread = false;  ///< already, before this call
};

struct SpreadOptions {
  /// Parts of each table, 1 to 4,096. A machine can hold no less than one, so this bounds how many
  /// machines there can ever be; more parts than cores cost each statement over all voters.
  int shards = 32;
  /// Told before each table is moved, and whether it had been before.
  std::function<void(const SpreadTable&)> on_table = [](const SpreadTable&) {};
};

struct Spread {
  std::vector<SpreadTable> tables;
  int machines = 0;  ///< that hold parts, the coordinator included if it does
};

/// Safe to repeat: tables that are spread stay as they are, so it goes on after an interruption and
/// takes in the tables that a newer version brings. Each table is moved in a transaction of its
/// own; nobody can write to it meanwhile. unavailable where the server has no Citus, invalid for
/// options out of bounds.
Result<Spread> spread_tables(Connection& connection, const SpreadOptions& options = {});

}  // namespace hustings::pg
