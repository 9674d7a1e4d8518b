#pragma once

#include <atomic>
#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/error.h"
#include "base/guarded.h"
#include "base/log.h"
#include "base/periodic.h"
#include "identity/run.h"
#include "pg/pool.h"

namespace hustings::registry {
class Registry;
}

namespace hustings::identity {

/// Finds out which identities of the registry are of one person, as background runs, one at a time
/// in a database, whichever process starts them. Joins what is certain, asks about the rest
/// (review.h). All calls may come from several threads. The destructor stops what runs and waits.
class Resolver {
 public:
  Resolver(pg::Pool& pool, registry::Registry& registry, const Clock& clock, Log& log);
  ~Resolver();
  Resolver(const Resolver&) = delete;
  Resolver& operator=(const Resolver&) = delete;

  /// From now on a run begins by itself when a voter file is there that no run has considered and
  /// whose voters other sources may know: within `pause` of its publishing, or of the start of the
  /// program. Imports never wait for it.
  void follow_imports(std::chrono::milliseconds pause = std::chrono::seconds(2));

  /// Marks runs of processes that have gone as failed. Returns how many there were.
  int clean_up_after_crash();

  struct Start {
    RunScope scope = RunScope::registry;
    std::string actor = "system";
    int threads = 0;  ///< 0: one for each core
  };
  /// Goes on in the background. conflict while another run goes on.
  Result<MatchRunId> start(const Start& asked);
  /// Waits until the run has ended, however it ends.
  Result<Run> wait(MatchRunId id);
  /// It ends as cancelled, with nothing changed, unless it was just ending.
  Status cancel(MatchRunId id);
  Result<Run> find(MatchRunId id, Deadline deadline = Deadline::never());
  /// Newest first; `before` is the id of the last one of the page before.
  std::vector<Run> list(std::optional<MatchRunId> before, int limit,
                        Deadline deadline = Deadline::never());

 private:
  class Job;
  std::shared_ptr<Job> job(MatchRunId id);
  void look_for_new_files();
  void cancel_last();

  pg::Pool& pool_;
  registry::Registry& registry_;
  const Clock& clock_;
  Log& log_;
  Guarded<std::shared_ptr<Job>> job_;  ///< the newest; shared with whoever waits for it
  std::atomic<bool> is_stopping_ = false;
  std::chrono::steady_clock::time_point not_before_;  ///< of the follower's thread only
  std::unique_ptr<Periodic> follower_;                ///< last: its thread uses all of the above
};

}  // namespace hustings::identity
