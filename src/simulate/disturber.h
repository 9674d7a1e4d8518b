#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "base/error.h"
#include "simulate/callers.h"
#include "simulate/server_process.h"

namespace hustings::simulate {

/// What can go wrong while people call.
enum class Disturbance : std::uint8_t {
  kill_program,   ///< kill -9 of hustings, which is started again
  kill_database,  ///< kill -9 of PostgreSQL's main process
  kill_backends,  ///< kill -9 of every process of PostgreSQL
  freeze,         ///< hustings is stopped until every lease has run out, and goes on
  cut,            ///< every second connection is cut, answers of committed results with them
  reconnect,      ///< every connection is cut at one moment, and all come back at once
  clock,          ///< the clock of hustings' machine jumps an hour on, then an hour back
  full_disk,      ///< no space is left for some seconds
};
std::string_view to_string(Disturbance what);
std::optional<Disturbance> disturbance_from(std::string_view word);

/// Does one after the other while callers work, each once calls have gone on after the one before,
/// and takes the time until they go on.
class Disturber {
 public:
  struct Options {
    std::vector<Disturbance> plan;
    std::chrono::seconds lease{};
    std::filesystem::path data_dir;    ///< full_disk: fills its file system, which must be small
    std::filesystem::path clock_file;  ///< clock: where its library reads the seconds to add
  };
  struct Recovery {
    Disturbance what;
    /// The longest time without an answer that was a success; of reconnect: until the last caller
    /// was connected again.
    double seconds = 0;
  };

  Disturber(ServerProcess& server, Callers& callers, Options options);
  ~Disturber();
  Disturber(const Disturber&) = delete;
  Disturber& operator=(const Disturber&) = delete;

  bool is_done() const { return is_done_; }
  /// After is_done().
  const std::vector<Recovery>& recoveries() const { return recoveries_; }
  /// What did not recover; empty if all is well.
  const std::string& trouble() const { return trouble_; }

 private:
  void work();
  void on_tick();
  Status disturb(Disturbance what);
  Status freeze();
  Status step_clock();
  Status fill_disk();
  Status wait_for_success_after(Moment moment);
  Status watch(Disturbance what);
  Status watch_reconnect();

  ServerProcess& server_;
  Callers& callers_;
  const Options options_;
  std::atomic<Moment> last_success_{Moment{}};  // told by the callers' thread
  std::atomic<double> longest_silence_ = 0;     // the same; set back before a disturbance
  std::atomic<bool> cuts_ = false;              // asked of the callers' thread
  std::atomic<bool> cuts_all_ = false;          // the same
  std::atomic<Moment> whole_{Moment{}};         // when all were connected again; told by it
  bool is_cut_ = false;                         // the callers' thread's own
  std::atomic<bool> is_done_ = false;
  std::vector<Recovery> recoveries_;
  std::string trouble_;
  std::jthread thread_;  // last: it uses all of the above
};

}  // namespace hustings::simulate
