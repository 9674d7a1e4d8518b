#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "base/error.h"
#include "simulate/api_client.h"
#include "simulate/callers.h"
#include "simulate/electorate.h"
#include "simulate/server_process.h"

namespace hustings::simulate {

/// A running server with voters laid down, phone banks open and callers who have joined by their
/// links: everything up to the first call. Voters come by COPY, all else over the public API.
class Campaign {
 public:
  struct Options {
    std::filesystem::path program;   ///< the hustings binary
    std::filesystem::path data_dir;  ///< empty or not there yet
    std::filesystem::path preload;   ///< for ServerProcess
    std::int64_t lines = 10'000;     ///< over all phone banks
    int phonebanks = 1;              ///< at most 2,000,000 voters each
    int callers = 100;
    std::chrono::minutes retry{240};  ///< between two tries of a line
    std::chrono::seconds lease{300};
  };
  static Result<std::unique_ptr<Campaign>> open(const Options& options);

  ServerProcess& server() { return *server_; }
  const std::vector<Session>& sessions() const { return sessions_; }
  /// Of the script that the callers read from: its text, as results name it.
  const std::string& question() const { return question_; }
  const std::vector<std::string>& phonebanks() const { return phonebanks_; }
  /// The administrator.
  ApiClient& api() { return *api_; }
  /// A connection of its own to the server's database.
  Result<std::unique_ptr<pg::Connection>> database() const;
  /// A fleet for the callers, at the caller's page's topic.
  net::LiveFleet::Options fleet() const;

 private:
  explicit Campaign(Options options) : options_(std::move(options)) {}
  Status begin();
  Result<std::vector<ListId>> lay_down_lines();
  Status open_phonebank(ListId list, const std::string& script);
  Status join(int callers, const std::string& phonebank, const std::string& code);

  const Options options_;
  std::unique_ptr<ServerProcess> server_;
  std::unique_ptr<ApiClient> api_;
  std::vector<std::string> phonebanks_;
  std::string question_;
  std::vector<Session> sessions_;
};

}  // namespace hustings::simulate
