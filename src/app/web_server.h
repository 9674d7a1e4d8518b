#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "app/installation.h"
#include "base/config.h"
#include "base/error.h"
#include "base/log.h"

namespace hustings::app {

/// What a browser may call the server: the host of the public URL, the address it listens on,
/// localhost and 127.0.0.1, with the port. None, which means any, when it listens on all addresses
/// without a public URL, because then it does not know what this machine is called.
std::vector<std::string> known_hosts(const Config& config, std::uint16_t port);

/// The API, the live pushes and the pages of an installation, on one port.
class WebServer {
 public:
  /// Listens when it returns. Refuses with one sentence when the address is taken.
  static Result<std::unique_ptr<WebServer>> start(Installation& installation, const Config& config,
                                                  Log& log);
  ~WebServer();  ///< lets running requests finish
  WebServer(const WebServer&) = delete;
  WebServer& operator=(const WebServer&) = delete;

  std::uint16_t port() const;
  /// "http://127.0.0.1:8480", or the configured public address.
  const std::string& url() const;

 private:
  struct State;
  explicit WebServer(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace hustings::app
