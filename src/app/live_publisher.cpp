#include "app/live_publisher.h"

#include "base/error.h"

namespace hustings::app {
namespace {

constexpr std::chrono::milliseconds kEvery{250};

}  // namespace

LivePublisher::LivePublisher(net::Hub& hub, Body body, Log& log)
    : hub_(hub), body_(std::move(body)), log_(log), periodic_(kEvery, [this] { publish_all(); }) {}

void LivePublisher::publish_all() {
  for (const std::string& topic : hub_.topics()) {
    try {
      if (const auto body = body_(topic)) hub_.publish(topic, *body);
    } catch (const Failure& failure) {
      // The pages notice by the age of what they show; they are told again as soon as it works.
      log_.warning("live_publish_failed", {{"reason", failure.what()}});
      return;
    }
  }
}

}  // namespace hustings::app
