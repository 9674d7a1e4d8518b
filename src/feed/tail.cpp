#include "feed/tail.h"

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "feed/sql.h"

namespace hustings::feed {
namespace {

constexpr int kEntriesMax = 1000;
constexpr std::chrono::milliseconds kPoll{1000};
constexpr std::chrono::milliseconds kAwayPause{500};
constexpr std::chrono::milliseconds kStopGranularity{100};

}  // namespace

struct Tail::State {
  State(pg::ConnectOptions o, Position after, Handler h, Log& l)
      : options(std::move(o)), handler(std::move(h)), log(l), position(after) {}

  pg::ConnectOptions options;
  Handler handler;
  Log& log;
  mutable std::mutex mutex;
  mutable std::condition_variable moved;
  Position position;
  std::chrono::steady_clock::time_point complete_at = std::chrono::steady_clock::now();
  std::atomic<bool> stopping = false;
  std::thread thread;

  void run();
  void follow(pg::Connection& connection);
  void wait_for_more(pg::Connection& connection) const;
};

/// Reads until there is nothing new, then waits to be woken.
void Tail::State::follow(pg::Connection& connection) {
  connection.run(sql::kListen);
  while (!stopping) {
    const auto asked_at = std::chrono::steady_clock::now();
    const std::vector<Entry> entries = read(connection, position, kEntriesMax);
    if (entries.empty()) {
      {
        const std::lock_guard lock(mutex);
        complete_at = asked_at;
      }
      wait_for_more(connection);
      continue;
    }
    handler(entries);
    {
      const std::lock_guard lock(mutex);
      position = entries.back().position;
      if (entries.size() < kEntriesMax) complete_at = asked_at;
    }
    moved.notify_all();
  }
}

void Tail::State::wait_for_more(pg::Connection& connection) const {
  for (std::chrono::milliseconds waited{0}; waited < kPoll && !stopping;
       waited += kStopGranularity) {
    if (connection.wait_for_notification(kStopGranularity)) return;
  }
}

void Tail::State::run() {
  while (!stopping) {
    try {
      pg::Connection connection(options);
      follow(connection);
    } catch (const Failure& failure) {
      if (stopping) return;
      log.warning("feed_tail_interrupted", {{"reason", failure.what()}, {"position", position}});
      std::unique_lock lock(mutex);
      moved.wait_for(lock, kAwayPause, [this] { return stopping.load(); });
    }
  }
}

Tail::Tail(pg::ConnectOptions options, Position after, Handler handler, Log& log)
    : state_(std::make_unique<State>(std::move(options), after, std::move(handler), log)) {
  state_->thread = std::thread([state = state_.get()] { state->run(); });
}

Tail::~Tail() {
  {
    const std::lock_guard lock(state_->mutex);
    state_->stopping = true;
  }
  state_->moved.notify_all();
  state_->thread.join();
}

Position Tail::position() const {
  const std::lock_guard lock(state_->mutex);
  return state_->position;
}

bool Tail::wait_until(Position position, std::chrono::milliseconds wait) const {
  std::unique_lock lock(state_->mutex);
  return state_->moved.wait_for(lock, wait, [&] { return state_->position >= position; });
}

std::chrono::milliseconds Tail::age() const {
  const std::lock_guard lock(state_->mutex);
  return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() -
                                                               state_->complete_at);
}

}  // namespace hustings::feed
