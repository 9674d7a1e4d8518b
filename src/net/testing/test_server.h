#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <unistd.h>

#include "base/log.h"
#include "base/secret.h"
#include "net/client.h"
#include "net/metrics.h"
#include "net/server.h"

namespace hustings::net::testing {

/// A server on a free port of 127.0.0.1 with a folder of its own, removed at the end.
class TestServer {
 public:
  /// `change` may alter the options; `add` adds the routes.
  explicit TestServer(const std::function<void(Server&)>& add,
                      const std::function<void(Server::Options&)>& change = nullptr)
      : folder_(std::filesystem::temp_directory_path() / ("hustings-net-" + random_code(3))),
        log_(Log::to_nowhere()) {
    Server::Options options;
    options.workers = {.threads = 2, .queue_max = 16};
    options.upload_folder = folder_;
    if (change) change(options);
    server_ = std::make_unique<Server>(std::move(options), metrics_, log_);
    add(*server_);
    const Status started = server_->start();
    CHECK(started.has_value());
  }
  ~TestServer() {
    server_.reset();
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
  }
  TestServer(const TestServer&) = delete;
  TestServer& operator=(const TestServer&) = delete;

  Server& server() { return *server_; }
  std::uint16_t port() const { return server_->port(); }
  Client client() const { return Client({.port = port()}); }
  std::string metrics() const { return metrics_.text(); }
  const std::filesystem::path& folder() const { return folder_; }
  int files() const {
    int count = 0;
    std::error_code error;
    for (const auto& entry : std::filesystem::directory_iterator(folder_, error)) {
      count += entry.is_regular_file() ? 1 : 0;
    }
    return count;
  }

 private:
  std::filesystem::path folder_;
  Log log_;
  Metrics metrics_;
  std::unique_ptr<Server> server_;
};

/// Waits until `holds`, at most 5 s; looks every 5 ms.
inline bool eventually(const std::function<bool()>& holds) {
  for (int i = 0; i < 1000; ++i) {
    if (holds()) return true;
    ::usleep(5000);
  }
  return false;
}

}  // namespace hustings::net::testing
