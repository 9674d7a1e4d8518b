#include <fmt/format.h>

#include "app/database.h"
#include "cli/commands.h"
#include "cli/log_of.h"
#include "pg/distribution.h"
#include "pg/pool.h"

namespace hustings::cli {
namespace {

Status spread(const Config& config, int shards) {
  Log log = quiet_log_of(config);
  const auto database = TRY(app::Database::open(config, app::Database::Sharing::beside, log));
  pg::Connection connection(database->options());
  const auto spread = TRY(pg::spread_tables(
      connection, {.shards = shards, .on_table = [](const pg::SpreadTable& table) {
                     fmt::print("  {}{}\n", table.name, table.is_spread ? " (was already)" : "");
                     std::fflush(stdout);
                   }}));
  fmt::print(
      "{} tables are spread by the voter's bucket over {} machines. Restart `hustings serve`.\n",
      spread.tables.size(), spread.machines);
  return {};
}

}  // namespace

int distribute_database(const Config& config, int shards) {
  const Status ended = spread(config, shards);
  if (ended) return 0;
  fmt::print(stderr, "hustings: {}\n", ended.error().text());
  return 2;
}

}  // namespace hustings::cli
