#include "app/live_publisher.h"

#include <algorithm>
#include <iterator>

#include "base/error.h"

namespace hustings::app {
namespace {

constexpr std::chrono::milliseconds kEvery{250};
/// What has not changed is said again after this: thousands of callers share a topic that seldom
/// changes, and each word costs every one of them a message.
constexpr std::chrono::seconds kSameAgain{10};

}  // namespace

LivePublisher::LivePublisher(net::Hub& hub, Body body, Log& log)
    : hub_(hub), body_(std::move(body)), log_(log), periodic_(kEvery, [this] { publish_all(); }) {}

void LivePublisher::say(const std::string& topic, const std::string& body) {
  const auto now = std::chrono::steady_clock::now();
  {
    const std::lock_guard lock(mutex_);
    Said& said = said_[topic];
    if (said.body == body && now - said.at < kSameAgain) return;
    said = {body, now};
  }
  hub_.publish(topic, body);
}

void LivePublisher::publish_all() {
  const auto topics = hub_.topics();
  {
    const std::lock_guard lock(mutex_);
    std::erase_if(said_, [&](const auto& each) {
      return std::ranges::find(topics, each.first) == topics.end();
    });
  }
  publish_some(topics);
}

void LivePublisher::publish(const std::vector<std::string>& topics) {
  const std::vector<std::string> heard = hub_.topics();
  std::vector<std::string> wanted;
  std::ranges::copy_if(topics, std::back_inserter(wanted), [&](const std::string& topic) {
    return std::ranges::binary_search(heard, topic);
  });
  publish_some(wanted);
}

void LivePublisher::publish_some(const std::vector<std::string>& topics) {
  for (const std::string& topic : topics) {
    try {
      if (const auto body = body_(topic)) say(topic, *body);
    } catch (const Failure& failure) {
      // The pages notice by the age of what they show; they are told again as soon as it works.
      log_.warning("live_publish_failed", {{"reason", failure.what()}});
      return;
    }
  }
}

}  // namespace hustings::app
