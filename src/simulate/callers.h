#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/rng.h"
#include "net/live_fleet.h"
#include "simulate/history.h"

namespace hustings::simulate {

/// A caller who has joined, as the browser knows it.
struct Session {
  std::string cookie;
  std::string csrf;
  PhonebankId phonebank;
};

/// How callers and voters behave; all follows from the seed.
struct Behaviour {
  std::uint64_t seed = 1;
  std::chrono::milliseconds think{0};  ///< mean time on a call, exponential; 0: none
  std::string question;                ///< a question of the script, with two choices
  double reached = 0.3;                ///< of the calls somebody talks, and answers the question
  double do_not_call = 0.005;
  double wrong_number = 0.0;  ///< of the calls somebody says that the number is not the voter's
  double released = 0.0;      ///< of the numbers are handed back undialled
};

/// Callers on their WebSockets, each as the caller's page does it: next number, call, result. What
/// is not answered because the connection or the server has gone is sent again after the
/// reconnect, a result with the same key. Everything that they see goes into the history.
class Callers {
 public:
  Callers(net::LiveFleet& fleet, const std::vector<Session>& sessions, Behaviour behaviour);

  /// Connects all; returns when they are. False if one could not within a minute.
  bool connect();

  /// Times in milliseconds, from the moment for which the request was planned to its answer.
  struct Latencies {
    std::vector<float> next;
    std::vector<float> result;
    std::int64_t missed = 0;  ///< planned and not sent: the answer before had not come
  };
  /// Calls at a steady rate over all callers, each at its own times whatever became of the time
  /// before; the result half a period after the number.
  Latencies pace(double calls_per_s, std::chrono::seconds time);

  struct Until {
    std::int64_t calls = 0;             ///< acknowledged results; 0: no matter how many
    std::chrono::milliseconds time{0};  ///< 0: however long it takes, if there are numbers
  };
  /// Each caller as fast as it goes, or with its time on each call. Returns the seconds it took.
  double work(const Until& until);
  /// Called about every 50 ms while they work, on their thread.
  void on_tick(std::function<void()> callback) { tick_ = std::move(callback); }
  /// Lets what is under way be answered, and begins nothing new.
  void settle(std::chrono::seconds time_max);

  void cut(std::size_t caller) { fleet_.cut(caller); }
  std::size_t size() const { return ones_.size(); }
  /// How many are connected; asked on their thread.
  std::size_t open() const { return open_; }
  std::int64_t acknowledged() const { return acknowledged_; }
  /// When the last answer came that was a number or a stored result.
  Moment last_success() const { return last_success_; }
  History& history() { return history_; }

 private:
  enum class Phase : std::uint8_t { idle, asking, calling, telling, pausing };
  struct One {
    Phase phase = Phase::idle;
    bool is_open = false;
    int failures = 0;  // connections in a row that did not last
    Moment due;
    Moment asked;
    std::optional<std::size_t> showing;  // its place in the history
    std::string result;                  // as it is sent, until it is answered
  };
  void on_open(std::size_t caller);
  void on_closed(std::size_t caller);
  void on_message(std::size_t caller, std::string_view message);
  void on_claim(std::size_t caller, std::string_view body);
  void on_told(std::size_t caller, int status, std::string_view body);
  void ask(std::size_t caller);
  void tell(std::size_t caller);
  void call(std::size_t caller);
  void next(std::size_t caller);
  void resend(std::size_t caller);
  void later(std::size_t caller, std::chrono::milliseconds wait,
             void (Callers::*what)(std::size_t));
  void resend_after(std::size_t caller, std::chrono::milliseconds wait);
  void plan(std::size_t caller);
  void keep_time();
  void keep_time_at(Moment moment);
  void write_result(std::size_t caller, std::string_view lease);
  std::string one_voter(std::string_view id, Showing& showing, bool is_first);

  net::LiveFleet& fleet_;
  std::vector<Session> sessions_;
  std::vector<One> ones_;
  const Behaviour behaviour_;
  Rng rng_;
  History history_;
  Latencies latencies_;
  std::function<void()> tick_;
  enum class Mode : std::uint8_t { connecting, paced, working, settling };
  Mode mode_ = Mode::connecting;
  std::size_t open_ = 0;
  int round_ = 0;  // timers of earlier rounds of work mean nothing
  Moment begun_;
  Moment end_;
  Moment last_success_;
  std::int64_t acknowledged_ = 0;
  std::int64_t wanted_ = 0;
  std::chrono::steady_clock::duration period_{};
};

}  // namespace hustings::simulate
