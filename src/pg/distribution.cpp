#include "pg/distribution.h"

#include <fmt/format.h>

#include "pg/sql.h"

namespace hustings::pg {
namespace {

constexpr int kShardsMax = 4096;  // buckets

/// Joins without the bucket (people of one household) move rows between machines, which Citus does
/// only where it is asked to.
void allow_joins_between_machines(Connection& connection) {
  const auto rows = connection.run_text("select current_database()", "spread_database");
  connection.run_text(fmt::format("alter database {} set citus.enable_repartition_joins = on",
                                  connection.quoted(rows.only().text(0))),
                      "spread_joins");
}

Status load_citus(Connection& connection) {
  if (connection.run(sql::kSpreadIsThere).only().get<bool>(0)) return {};
  if (!connection.run(sql::kSpreadIsOffered).only().get<bool>(0)) {
    return refuse(ErrorCode::unavailable,
                  "This database server has no Citus, so its tables stay on one machine. Install "
                  "the extension citus on it, put citus first into shared_preload_libraries, "
                  "restart it, and repeat: docs/how-to/spread-over-machines.md.");
  }
  connection.run_text("create extension citus", "spread_load");
  return {};
}

}  // namespace

Result<Spread> spread_tables(Connection& connection, const SpreadOptions& options) {
  if (options.shards < 1 || options.shards > kShardsMax) {
    return refuse(ErrorCode::invalid,
                  fmt::format("A table has 1 to {} parts, not {}.", kShardsMax, options.shards),
                  "shards");
  }
  TRY(load_citus(connection));
  allow_joins_between_machines(connection);
  Spread spread;
  std::string first;
  for (const auto& row : connection.run(sql::kSpreadTables)) {
    const SpreadTable& table =
        spread.tables.emplace_back(std::string(row.text(0)), row.get<bool>(1));
    options.on_table(table);
    const std::string name = connection.quoted(connection.schema()) + '.' + table.name;
    if (first.empty()) first = name;
    if (table.is_spread) continue;
    if (name == first) {
      connection.run(sql::kSpreadFirst, name, options.shards);
    } else {
      connection.run(sql::kSpreadBeside, name, first);
    }
    connection.run(sql::kSpreadEmptyLocal, name);
  }
  spread.machines = connection.run(sql::kSpreadMachines).only().get<int>(0);
  return spread;
}

}  // namespace hustings::pg
