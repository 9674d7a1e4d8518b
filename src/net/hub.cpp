#include "net/hub.h"

#include <algorithm>
#include <utility>

#include "base/error.h"
#include "base/text.h"

namespace hustings::net {
namespace {

std::shared_ptr<const std::string> message(std::string_view topic, std::string_view json) {
  std::string text = "{\"topic\":";
  append_json_string(text, topic);
  text += ",\"data\":";
  text += json;
  text += '}';
  return std::make_shared<const std::string>(std::move(text));
}

}  // namespace

Hub::Hub(Options options) : options_(options) {}

Hub::~Hub() { CHECK(connections_ == 0); }

void Hub::publish(std::string_view topic, std::string_view json) {
  const auto text = message(topic, json);
  const std::lock_guard lock(mutex_);
  const auto found = listeners_.find(topic);
  if (found == listeners_.end()) return;
  for (Subscription* one : found->second)
    put(*one, topic, text);
}

void Hub::put(Subscription& to, std::string_view topic, std::shared_ptr<const std::string> text) {
  const auto same = std::ranges::find(to.waiting_, topic, &Subscription::Waiting::topic);
  if (same != to.waiting_.end()) {
    same->text = std::move(text);
  } else {
    to.waiting_.push_back({std::string(topic), std::move(text)});
  }
  to.wake_();
}

std::vector<std::string> Hub::topics() const {
  const std::lock_guard lock(mutex_);
  std::vector<std::string> out;
  out.reserve(listeners_.size());
  for (const auto& [topic, unused] : listeners_)
    out.push_back(topic);
  return out;
}

std::size_t Hub::connections() const {
  const std::lock_guard lock(mutex_);
  return connections_;
}

std::unique_ptr<Hub::Subscription> Hub::subscribe(std::vector<std::string> topics,
                                                  std::function<void()> wake) {
  std::ranges::sort(topics);
  const auto doubled = std::ranges::unique(topics);
  topics.erase(doubled.begin(), doubled.end());
  std::unique_ptr<Subscription> made;
  {
    const std::lock_guard lock(mutex_);
    if (connections_ >= options_.connections_max) return nullptr;
    ++connections_;
    made.reset(new Subscription(*this, std::move(topics), std::move(wake)));
    for (const std::string& topic : made->topics_)
      listeners_[topic].push_back(made.get());
  }
  if (!snapshot_) return made;
  for (const std::string& topic : made->topics_) {
    const auto json = snapshot_(topic);
    if (!json) continue;
    const std::lock_guard lock(mutex_);
    // What was published since we listen is newer than the snapshot.
    if (std::ranges::find(made->waiting_, topic, &Subscription::Waiting::topic) ==
        made->waiting_.end()) {
      put(*made, topic, message(topic, *json));
    }
  }
  return made;
}

Hub::Subscription::Subscription(Hub& hub, std::vector<std::string> topics,
                                std::function<void()> wake)
    : hub_(hub), topics_(std::move(topics)), wake_(std::move(wake)) {}

Hub::Subscription::~Subscription() {
  const std::lock_guard lock(hub_.mutex_);
  for (const std::string& topic : topics_) {
    const auto found = hub_.listeners_.find(topic);
    std::erase(found->second, this);
    if (found->second.empty()) hub_.listeners_.erase(found);
  }
  --hub_.connections_;
}

std::shared_ptr<const std::string> Hub::Subscription::pop() {
  const std::lock_guard lock(hub_.mutex_);
  if (waiting_.empty()) return nullptr;
  auto text = std::move(waiting_.front().text);
  waiting_.erase(waiting_.begin());
  return text;
}

}  // namespace hustings::net
