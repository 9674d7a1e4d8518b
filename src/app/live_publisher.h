#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <optional>
#include <string>

#include "base/log.h"
#include "base/periodic.h"
#include "net/hub.h"

namespace hustings::app {

/// Pushes what the pages show: at most four times a second, for each topic that somebody listens
/// to, the body of the GET that offers it, when it has changed (if only its age: a page can tell
/// "nothing happens" from "the server is away"), and every ten seconds if it has not.
class LivePublisher {
 public:
  /// The body for a topic; nothing if there is no such thing (any more). May throw Failure.
  using Body = std::function<std::optional<std::string>(const std::string& topic)>;

  LivePublisher(net::Hub& hub, Body body, Log& log);

 private:
  struct Said {
    std::string body;
    std::chrono::steady_clock::time_point at;
  };
  void publish_all();
  void publish(const std::string& topic, const std::string& body);

  net::Hub& hub_;
  const Body body_;
  Log& log_;
  std::map<std::string, Said> said_;  // the periodic's thread only
  Periodic periodic_;                 // last: its thread uses all of the above
};

}  // namespace hustings::app
