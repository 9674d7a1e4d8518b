#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "base/error.h"
#include "base/log.h"
#include "pg/connection.h"

namespace hustings::pg {

/// A private PostgreSQL in a folder: made at the first start, unix socket only, no TCP, no
/// password (peer authentication maps the owner of the process to the role "hustings"), stopped
/// with this program. Works for root too, which PostgreSQL itself refuses to run as: the server
/// then runs as "postgres" or "nobody".
///
/// start() waits for, or takes over from, what a killed predecessor left: a server that still shuts
/// down, a stale pid file, a stale socket lock. Refuses a folder of another major version, and one
/// that another running Hustings uses.
class EmbeddedServer {
 public:
  struct Options {
    std::filesystem::path data_dir;  ///< the cluster is <data_dir>/postgres
    std::filesystem::path bin_dir;   ///< empty: found as the configuration reference says
    bool durable = true;             ///< false only for tests: fsync off
  };
  static Result<std::unique_ptr<EmbeddedServer>> start(const Options& options, Log& log);
  /// A fast shutdown: connections are ended, a checkpoint is written, the child is reaped.
  ~EmbeddedServer();
  EmbeddedServer(const EmbeddedServer&) = delete;
  EmbeddedServer& operator=(const EmbeddedServer&) = delete;

  /// For ConnectOptions::url.
  std::string url() const;
  int pid() const;
  /// False once the child has ended by itself (killed, out of disk): the program should restart it
  /// with restart().
  bool is_running();
  Status restart();

 private:
  struct State;
  explicit EmbeddedServer(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

/// The url of the embedded server that another Hustings runs in `data_dir` right now, for a second
/// command beside it (an import while the pages are served); nothing if none answers.
std::optional<std::string> url_of_running_server(const std::filesystem::path& data_dir);

/// Where initdb and postgres are: `configured`, else the newest /usr/lib/postgresql/*/bin of
/// version 15 or newer, else PATH.
Result<std::filesystem::path> find_postgres(const std::filesystem::path& configured);

}  // namespace hustings::pg
