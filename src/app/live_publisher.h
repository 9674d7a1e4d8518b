#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "base/log.h"
#include "base/periodic.h"
#include "net/hub.h"

namespace hustings::app {

/// Pushes what the pages show: four times a second, and at once where publish() says that something
/// has changed, for each topic that somebody listens to, the body of the GET that offers it, when
/// it has changed (if only its age: a page can tell "nothing happens" from "the server is away"),
/// and every ten seconds if it has not.
class LivePublisher {
 public:
  /// The body for a topic; nothing if there is no such thing (any more). May throw Failure.
  using Body = std::function<std::optional<std::string>(const std::string& topic)>;

  LivePublisher(net::Hub& hub, Body body, Log& log);
  /// These topics have changed: whoever listens to one is told now. From any thread.
  void publish(const std::vector<std::string>& topics);

 private:
  struct Said {
    std::string body;
    std::chrono::steady_clock::time_point at;
  };
  void publish_all();
  void publish_some(const std::vector<std::string>& topics);
  void say(const std::string& topic, const std::string& body);

  net::Hub& hub_;
  const Body body_;
  Log& log_;
  std::mutex mutex_;
  std::map<std::string, Said> said_;  // guarded by mutex_
  Periodic periodic_;                 // last: its thread uses all of the above
};

}  // namespace hustings::app
