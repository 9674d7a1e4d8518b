#pragma once

#include <memory>
#include <optional>

#include "base/config.h"
#include "base/error.h"
#include "base/log.h"
#include "base/periodic.h"
#include "pg/connection.h"
#include "pg/embedded_server.h"

namespace hustings::app {

/// The installation's database: the embedded PostgreSQL, or the server that database.url names;
/// migrated. An embedded server that dies (killed, out of memory) is started again.
class Database {
 public:
  enum class Sharing : std::uint8_t {
    alone,   ///< `serve`: refuses a data directory that another Hustings uses
    beside,  ///< a command in the shell: uses the server that a running `serve` has, if there is
             ///< one
  };
  static Result<std::unique_ptr<Database>> open(const Config& config, Sharing sharing, Log& log);
  const pg::ConnectOptions& options() const { return options_; }
  /// True if another process serves this database.
  bool is_shared() const { return server_ == nullptr; }

 private:
  Database(pg::ConnectOptions options, std::unique_ptr<pg::EmbeddedServer> server, Log& log);
  void watch();

  pg::ConnectOptions options_;
  std::unique_ptr<pg::EmbeddedServer> server_;
  Log& log_;
  std::unique_ptr<Periodic> watcher_;  // null for a server that is not ours
};

}  // namespace hustings::app
