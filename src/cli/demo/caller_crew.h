#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <unordered_set>
#include <vector>

#include "base/error.h"
#include "cli/demo/phone_network.h"
#include "simulate/api_client.h"

namespace hustings::cli {

using simulate::ApiClient;
using simulate::number_at;
using simulate::text_at;

/// What the simulated callers did, by their own count; the summary compares it with the server's.
struct CrewTally {
  std::int64_t calls = 0;  ///< results that the server acknowledged
  std::int64_t conversations = 0;
  std::int64_t answers = 0;
  std::int64_t refused_writes = 0;  ///< results that it refused: none should be
  std::int64_t shown_twice = 0;     ///< numbers that were handed out again: none should be
  std::int64_t support_asked = 0;   ///< voters who answered the first question
  std::int64_t support_yes = 0;
  std::vector<double> claim_ms;  ///< of each claim, from sending to answer
  std::vector<double> result_ms;
};

/// Simulated volunteers. Each joins by the link and then does what the caller's page does, over
/// HTTP with a session of its own: claim, dial (the network of invented people answers), save,
/// next.
class CallerCrew {
 public:
  struct Options {
    std::uint16_t port = 0;
    std::string join_code;
    int callers = 1;
    std::chrono::milliseconds pause{0};  ///< between a saved result and the next claim
    std::uint64_t seed = 1;
  };
  CallerCrew(const PhoneNetwork& network, Options options);
  ~CallerCrew();  ///< stops
  CallerCrew(const CallerCrew&) = delete;
  CallerCrew& operator=(const CallerCrew&) = delete;

  /// Each finishes the call it is in.
  void stop();
  CrewTally tally() const;
  /// True once every caller has been told that nothing is left.
  bool is_done() const { return working_ == 0; }
  /// The first thing that went wrong, if anything did.
  std::string trouble() const;

 private:
  void work(int number);
  Status call_until_stopped(ApiClient& client, Rng& rng);
  Status one_call(ApiClient& client, const boost::json::value& lease, Rng& rng);
  bool pause_or_stop(std::chrono::milliseconds wait);

  const PhoneNetwork& network_;
  const Options options_;
  mutable std::mutex mutex_;
  std::condition_variable stopped_;
  bool stopping_ = false;
  std::atomic<int> working_;
  CrewTally tally_;
  std::string trouble_;
  boost::json::value script_;
  std::unordered_set<std::int64_t> shown_;  ///< every number that was handed out
  std::vector<std::thread> threads_;
};

}  // namespace hustings::cli
