#pragma once

#include <atomic>
#include <cstdint>
#include <optional>
#include <string>

#include "base/clock.h"
#include "base/error.h"
#include "base/log.h"
#include "identity/run.h"
#include "pg/connection.h"

namespace hustings::registry {
class PersonListener;
}

namespace hustings::identity {

/// How far a run is; read from other threads while it goes on.
struct RunProgress {
  std::atomic<RunStage> stage = RunStage::loading;
  std::atomic<std::int64_t> rows_read = 0;
  std::atomic<bool> is_cancelled = false;
};

/// What one run works with.
struct ResolveTask {
  pg::Connection& connection;
  registry::PersonListener* listener;
  const Clock& clock;
  Log& log;
  RunProgress& progress;
  MatchRunId run;
  RunScope scope;
  std::string actor;
  int threads;  ///< 0: one for each core
};

/// What a run over the newest files would look at; nothing if there is no more than one source, or
/// nothing new. `registry` where no single source is new: then everybody has to be looked at.
std::optional<RunScope> pending_scope(pg::Connection& connection);

/// Loads, compares, decides, and writes everything that follows in one transaction: joins, queue,
/// model and the run's report. A process that is killed leaves nothing behind. What has happened to
/// a person since it was loaded wins; where that was too much, all is reckoned anew, at most three
/// times. Asked for what is new where several sources are, it looks at everybody.
Result<RunReport> resolve(const ResolveTask& task);

}  // namespace hustings::identity
