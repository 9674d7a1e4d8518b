#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <span>

#include "base/log.h"
#include "feed/feed.h"
#include "pg/connection.h"

namespace hustings::feed {

/// A thread that follows the feed from a position and hands over what is new, in order and without
/// gaps. NOTIFY wakes it; polling once a second guarantees. When the database is away it waits and
/// goes on where it was. The destructor stops and joins.
class Tail {
 public:
  /// Called on the tail's own thread with 1 to 1,000 entries; must not throw, except Failure when
  /// its own database work failed: the same entries then come again.
  using Handler = std::function<void(std::span<const Entry>)>;

  Tail(pg::ConnectOptions options, Position after, Handler handler, Log& log);
  ~Tail();
  Tail(const Tail&) = delete;
  Tail& operator=(const Tail&) = delete;

  /// Everything up to here has been handed over.
  Position position() const;
  /// True once position() >= position; false if the time is over first.
  bool wait_until(Position position, std::chrono::milliseconds wait) const;
  /// How long ago it was certain that everything there was had been handed over: under a second or
  /// so when all is well, growing while the database is away or the handler is behind.
  std::chrono::milliseconds age() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace hustings::feed
