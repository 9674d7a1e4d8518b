#include "app/database.h"

#include <fmt/format.h>

#include "pg/migrations.h"

namespace hustings::app {
namespace {

constexpr std::chrono::milliseconds kWatchEvery{200};
constexpr int kServerVersionLeast = 150000;

Status bring_up_to_date(const pg::ConnectOptions& options, Log& log) {
  try {
    pg::Connection connection(options);
    if (connection.server_version() < kServerVersionLeast) {
      return refuse(ErrorCode::unavailable,
                    fmt::format("The database server is PostgreSQL {}; 15 or newer is needed.",
                                connection.server_version() / 10000),
                    "database.url");
    }
    const int applied = TRY(pg::migrate(connection));
    if (applied > 0) log.info("migrated", {{"applied", applied}});
    return {};
  } catch (const pg::SqlFailure& failure) {
    return refuse(ErrorCode::unavailable,
                  fmt::format("The database cannot be used: {}. Check that it runs and that "
                              "database.url is right.",
                              failure.message()),
                  "database.url");
  }
}

}  // namespace

Result<std::unique_ptr<Database>> Database::open(const Config& config, Sharing sharing, Log& log) {
  pg::ConnectOptions options{.url = config.database_url};
  std::unique_ptr<pg::EmbeddedServer> server;
  if (options.url.empty() && sharing == Sharing::beside) {
    options.url = pg::url_of_running_server(config.data_dir).value_or("");
  }
  if (options.url.empty()) {
    server = TRY(pg::EmbeddedServer::start(
        {.data_dir = config.data_dir, .bin_dir = config.postgres_bin_dir, .durable = true}, log));
    options.url = server->url();
  }
  TRY(bring_up_to_date(options, log));
  return std::unique_ptr<Database>(new Database(std::move(options), std::move(server), log));
}

Database::Database(pg::ConnectOptions options, std::unique_ptr<pg::EmbeddedServer> server, Log& log)
    : options_(std::move(options)), server_(std::move(server)), log_(log) {
  if (server_ != nullptr) watcher_ = std::make_unique<Periodic>(kWatchEvery, [this] { watch(); });
}

void Database::watch() {
  if (server_->is_running()) return;
  log_.error("postgres_gone", {});
  if (const Status restarted = server_->restart()) {
    log_.info("postgres_restarted", {});
  } else {
    log_.error("postgres_restart_failed", {{"reason", restarted.error().text()}});
  }
}

}  // namespace hustings::app
