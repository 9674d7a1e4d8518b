#include "identity/resolver.h"

#include <condition_variable>
#include <mutex>
#include <thread>

#include <fmt/format.h>

#include "identity/resolve_run.h"
#include "identity/sql.h"
#include "registry/registry.h"

namespace hustings::identity {
namespace {

/// After a run that failed nothing begins by itself for so long.
constexpr std::chrono::minutes kPauseAfterFailure{5};

Run run_of(const pg::Row& row) {
  const auto report = row.get<std::optional<std::string>>(6);
  Run run{.id = row.get<MatchRunId>(0),
          .scope = run_scope_from(row.text(1)).value_or(RunScope::registry),
          .state = run_state_from(row.text(2)).value_or(RunState::failed),
          .stage = RunStage::ended,
          .rows_read = 0,
          .seconds = 0,
          .started_by = row.get<std::string>(3),
          .started_at = row.get<Instant>(4),
          .ended_at = row.get<std::optional<Instant>>(5),
          .report = std::nullopt,
          .error = row.get<std::optional<std::string>>(7)};
  if (report) run.report = report_from(*report);
  if (run.state == RunState::running) run.stage = RunStage::loading;
  if (run.ended_at) {
    run.seconds = std::chrono::duration<double>(*run.ended_at - run.started_at).count();
  }
  return run;
}

void release_lock(pg::Connection& connection) {
  if (connection.is_broken()) return;
  try {
    connection.run(sql::kRunUnlock);
  } catch (const Failure&) {  // NOLINT(bugprone-empty-catch): a lost connection holds no lock
  }
}

Result<Run> find_run(pg::Connection& connection, MatchRunId id) {
  const pg::Rows rows = connection.run(sql::kRunFind, id);
  if (rows.empty()) return refuse(ErrorCode::not_found, "There is no such run.");
  return run_of(rows[0]);
}

}  // namespace

/// One run and its thread.
class Resolver::Job {
 public:
  struct Parts {
    std::unique_ptr<pg::Connection> connection;  ///< holds the lock
    registry::PersonListener* listener;
    const Clock& clock;
    Log& log;
    Run shown;
    int threads;
  };
  explicit Job(Parts parts) : parts_(std::move(parts)), thread_([this] { work(); }) {}
  ~Job() { thread_.join(); }
  Job(const Job&) = delete;
  Job& operator=(const Job&) = delete;

  MatchRunId id() const { return parts_.shown.id; }
  bool has_ended() const { return has_ended_; }
  void cancel() {
    progress_.is_cancelled = true;
    const std::lock_guard lock(mutex_);
    if (parts_.connection) parts_.connection->cancel();
  }
  void wait() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return has_ended_.load(); });
  }
  Run shown() const {
    Run run = parts_.shown;
    run.stage = progress_.stage;
    run.rows_read = progress_.rows_read;
    run.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begun_).count();
    return run;
  }

 private:
  void work() {
    std::optional<std::string> error;
    try {
      const auto report = resolve({.connection = *parts_.connection,
                                   .listener = parts_.listener,
                                   .clock = parts_.clock,
                                   .log = parts_.log,
                                   .progress = progress_,
                                   .run = parts_.shown.id,
                                   .scope = parts_.shown.scope,
                                   .actor = parts_.shown.started_by,
                                   .threads = parts_.threads});
      if (!report) error = report.error().sentence;
      if (report) {
        parts_.log.info("matches_resolved", {{"run", id().value()},
                                             {"records", report->records},
                                             {"joined", report->joined},
                                             {"queued", report->queued}});
      }
    } catch (const pg::SqlFailure& failure) {
      error = fmt::format("The database refused '{}' ({}: {}); nothing was changed.",
                          failure.statement(), failure.sqlstate(), failure.message());
    } catch (const std::exception& failure) {
      error = failure.what();
    }
    end(std::move(error));
  }

  void end(std::optional<std::string> error) {
    if (error) note_failure(*error);
    release_lock(*parts_.connection);
    progress_.stage = RunStage::ended;
    const std::lock_guard lock(mutex_);
    parts_.connection.reset();
    has_ended_ = true;
    changed_.notify_all();
  }

  void note_failure(std::string error) {
    const bool is_cancelled = progress_.is_cancelled;
    if (is_cancelled) error = "The run was stopped; nothing was changed.";
    parts_.log.warning("resolve_failed", {{"run", id().value()}, {"cancelled", is_cancelled}});
    try {
      parts_.connection->run(sql::kRunEnded, id(),
                             to_string(is_cancelled ? RunState::cancelled : RunState::failed),
                             parts_.clock.now(), error);
    } catch (const Failure&) {  // NOLINT(bugprone-empty-catch): the next run marks it
    }
  }

  Parts parts_;
  RunProgress progress_;
  const std::chrono::steady_clock::time_point begun_ = std::chrono::steady_clock::now();
  std::atomic<bool> has_ended_ = false;
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::thread thread_;  // last: it uses all of the above
};

Resolver::Resolver(pg::Pool& pool, registry::Registry& registry, const Clock& clock, Log& log)
    : pool_(pool), registry_(registry), clock_(clock), log_(log) {}

Resolver::~Resolver() {
  is_stopping_ = true;
  cancel_last();  // the follower may be waiting for it
  follower_.reset();
  cancel_last();
}

void Resolver::cancel_last() {
  if (const auto last = *job_.lock(); last && !last->has_ended()) last->cancel();
}

int Resolver::clean_up_after_crash() {
  const auto connection = pool_.acquire();
  if (!connection->run(sql::kRunLock).only().get<bool>(0)) return 0;
  const int cleaned = connection->run(sql::kRunsOfTheDead, clock_.now()).size();
  release_lock(*connection);
  return cleaned;
}

Result<MatchRunId> Resolver::start(const Start& asked) {
  auto connection = std::make_unique<pg::Connection>(pool_.options());
  if (!connection->run(sql::kRunLock).only().get<bool>(0)) {
    return refuse(ErrorCode::conflict,
                  "Another run is looking for matches. Wait until it has ended, or stop it.");
  }
  const Instant now = clock_.now();
  connection->run(sql::kRunsOfTheDead, now);
  const auto id = connection->run(sql::kRunAdd, to_string(asked.scope), asked.actor, now)
                      .only()
                      .get<MatchRunId>(0);
  log_.info("resolve_started", {{"run", id.value()}, {"scope", to_string(asked.scope)}});
  Run shown{.id = id,
            .scope = asked.scope,
            .state = RunState::running,
            .stage = RunStage::loading,
            .rows_read = 0,
            .seconds = 0,
            .started_by = asked.actor,
            .started_at = now,
            .ended_at = std::nullopt,
            .report = std::nullopt,
            .error = std::nullopt};
  auto job = std::make_shared<Job>(Job::Parts{.connection = std::move(connection),
                                              .listener = registry_.person_listener(),
                                              .clock = clock_,
                                              .log = log_,
                                              .shown = std::move(shown),
                                              .threads = asked.threads});
  job_.lock()->swap(job);
  return id;
}

std::shared_ptr<Resolver::Job> Resolver::job(MatchRunId id) {
  auto last = *job_.lock();
  return last && last->id() == id && !last->has_ended() ? last : nullptr;
}

Result<Run> Resolver::find(MatchRunId id, Deadline deadline) {
  if (const auto running = job(id)) return running->shown();
  const auto connection = pool_.acquire(deadline);
  return find_run(*connection, id);
}

Result<Run> Resolver::wait(MatchRunId id) {
  if (const auto running = job(id)) running->wait();
  return find(id);
}

Status Resolver::cancel(MatchRunId id) {
  if (const auto running = job(id)) {
    running->cancel();
    return {};
  }
  TRY(find(id));
  return refuse(ErrorCode::conflict, "This run has ended, or another process runs it.");
}

std::vector<Run> Resolver::list(std::optional<MatchRunId> before, int limit, Deadline deadline) {
  const auto connection = pool_.acquire(deadline);
  std::vector<Run> runs;
  for (const pg::Row row : connection->run(sql::kRunList, before, limit)) {
    runs.push_back(run_of(row));
    if (const auto running = job(runs.back().id)) runs.back() = running->shown();
  }
  return runs;
}

void Resolver::follow_imports(std::chrono::milliseconds pause) {
  follower_ = std::make_unique<Periodic>(pause, [this] { look_for_new_files(); });
}

void Resolver::look_for_new_files() {
  if (std::chrono::steady_clock::now() < not_before_) return;
  if (const auto last = *job_.lock(); last && !last->has_ended()) return;
  try {
    std::optional<RunScope> scope;
    {
      const auto connection = pool_.acquire(Deadline::never());
      scope = pending_scope(*connection);
    }
    if (!scope) return;
    // Callers go on while it reckons: one core is left to them.
    const int cores = static_cast<int>(std::thread::hardware_concurrency());
    const auto id = start({.scope = *scope, .actor = "system", .threads = std::max(1, cores - 1)});
    if (!id) return;  // another process is at it
    if (is_stopping_) cancel_last();
    const auto ended = wait(*id);
    if (!ended || ended->state != RunState::done) {
      not_before_ = std::chrono::steady_clock::now() + kPauseAfterFailure;
    }
  } catch (const Failure& failure) {
    log_.warning("resolve_follow_failed", {{"reason", failure.what()}});
    not_before_ = std::chrono::steady_clock::now() + kPauseAfterFailure;
  }
}

}  // namespace hustings::identity
