#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace hustings::net {

/// Who listens to which topic, and what each has not been sent yet. A newer message of a topic
/// replaces an older one that still waits, so a slow reader costs one message for each of its
/// topics and never more. All calls may come from several threads.
class Hub {
 public:
  struct Options {
    std::size_t connections_max = 10'000;
    std::size_t topics_max = 32;                 ///< of one connection
    std::chrono::milliseconds idle_max{60'000};  ///< without a sign of life; pings go out before
    /// How often a connection's right to listen is looked at again; refused, it is closed.
    std::chrono::milliseconds authorize_every{30'000};
  };
  /// The message that a new subscriber gets at once (JSON); nothing if there is none.
  using Snapshot = std::function<std::optional<std::string>(const std::string& topic)>;

  explicit Hub(Options options);
  Hub() : Hub(Options{}) {}
  ~Hub();
  Hub(const Hub&) = delete;
  Hub& operator=(const Hub&) = delete;

  /// To be set before the server starts; called on a worker thread, and may throw Failure.
  void on_subscribe(Snapshot snapshot) { snapshot_ = std::move(snapshot); }

  /// Sends {"topic":topic,"data":json} to whoever listens to the topic.
  void publish(std::string_view topic, std::string_view json);
  /// The topics that somebody listens to, in order.
  std::vector<std::string> topics() const;
  std::size_t connections() const;
  const Options& options() const { return options_; }

  /// One listener, for the server's connection. Ends with the object.
  class Subscription {
   public:
    ~Subscription();
    Subscription(const Subscription&) = delete;
    Subscription& operator=(const Subscription&) = delete;
    /// The next message to send; null when nothing waits.
    std::shared_ptr<const std::string> pop();

   private:
    friend class Hub;
    struct Waiting {
      std::string topic;
      std::shared_ptr<const std::string> text;  // shared with the other listeners
    };
    Subscription(Hub& hub, std::vector<std::string> topics, std::function<void()> wake);
    Hub& hub_;
    const std::vector<std::string> topics_;
    const std::function<void()> wake_;
    std::vector<Waiting> waiting_;  // guarded by hub_.mutex_; in the order of sending
  };
  /// Null when connections_max is reached. `wake` is called, with a lock held, whenever there is
  /// something to pop; never after the subscription has ended. The snapshots are asked for here.
  std::unique_ptr<Subscription> subscribe(std::vector<std::string> topics,
                                          std::function<void()> wake);

 private:
  void put(Subscription& to, std::string_view topic, std::shared_ptr<const std::string> text);

  const Options options_;
  Snapshot snapshot_;
  mutable std::mutex mutex_;
  std::map<std::string, std::vector<Subscription*>, std::less<>> listeners_;
  std::size_t connections_ = 0;
};

}  // namespace hustings::net
