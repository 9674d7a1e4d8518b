#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/log.h"
#include "base/periodic.h"
#include "net/hub.h"

namespace hustings::app {

/// Pushes what the pages show: four times a second, and at once where publish() says that something
/// has changed, for each topic that somebody listens to, the body of the GET that offers it. Sent
/// even when nothing changed but its age, so that a page can tell "nothing happens" from "the
/// server is away".
class LivePublisher {
 public:
  /// The body for a topic; nothing if there is no such thing (any more). May throw Failure.
  using Body = std::function<std::optional<std::string>(const std::string& topic)>;

  LivePublisher(net::Hub& hub, Body body, Log& log);
  /// These topics have changed: whoever listens to one is told now. From any thread.
  void publish(const std::vector<std::string>& topics);

 private:
  void publish_all();
  void publish_some(const std::vector<std::string>& topics);

  net::Hub& hub_;
  const Body body_;
  Log& log_;
  Periodic periodic_;  // last: its thread uses all of the above
};

}  // namespace hustings::app
