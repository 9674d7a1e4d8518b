#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <sys/types.h>
#include <vector>

#include "base/error.h"

namespace hustings::simulate {

/// `hustings serve` as a child with its own PostgreSQL, to be measured and to be killed: always at
/// the same port, so that callers find it again.
class ServerProcess {
 public:
  struct Options {
    std::filesystem::path program;  ///< the hustings binary
    std::filesystem::path data_dir;
    std::string config;             ///< TOML
    std::filesystem::path preload;  ///< a library for LD_PRELOAD; empty: none
  };
  /// Starts it and waits until it listens.
  static Result<std::unique_ptr<ServerProcess>> start(Options options);
  ~ServerProcess();  ///< ends it
  ServerProcess(const ServerProcess&) = delete;
  ServerProcess& operator=(const ServerProcess&) = delete;

  std::uint16_t port() const { return port_; }
  /// Of the one-time link that the first start prints for the first administrator.
  Result<std::string> setup_token() const;
  /// For ConnectOptions::url.
  Result<std::string> database_url() const;

  pid_t pid() const { return pid_; }
  /// PostgreSQL's main process and all its children.
  std::vector<pid_t> database_pids() const;
  std::optional<pid_t> database_main_pid() const;
  void signal(int number);
  /// Waits for the end of the process after a signal that ends it, then starts it anew.
  Status restart();
  /// SIGTERM, and waits.
  void stop();

  /// Processor seconds so far, by the names of its threads and "postgres" for the database.
  std::map<std::string, double> cpu_seconds() const;
  /// Resident memory of the program alone, in KiB.
  std::int64_t resident_kib() const;

 private:
  explicit ServerProcess(Options options) : options_(std::move(options)) {}
  Status launch();
  Status wait_until_it_listens();

  Options options_;
  std::uint16_t port_ = 0;
  pid_t pid_ = 0;
};

/// A TCP port on the loopback address that nobody listened on a moment ago.
std::uint16_t free_port();

}  // namespace hustings::simulate
