#include "ingest/import_job.h"

#include <array>

#include <fmt/format.h>

#include "campaign/calling_choice.h"
#include "feed/feed.h"
#include "ingest/counted_words.h"
#include "ingest/import_store.h"
#include "ingest/raw_load.h"
#include "ingest/run_request.h"

namespace hustings::ingest {
namespace {

/// How much of an import's time is reading; the rest builds indexes and publishes.
constexpr double kReadingShare = 0.7;

std::unique_ptr<Loader> make_loader(const LoadContext& context) {
  switch (context.format.layout.kind) {
    case LayoutKind::voters:
      return make_voter_loader(context);
    case LayoutKind::history:
      return make_history_loader(context);
    case LayoutKind::scores:
      return make_score_loader(context);
  }
  return nullptr;
}

std::string payload_of(const Layout& layout, const ImportCounts& counts) {
  return fmt::format(R"({{"kind":"{}","rows":{},"new":{},"changed":{}}})", to_string(layout.kind),
                     counts.rows_read, counts.rows_new, counts.rows_changed);
}

}  // namespace

std::string sentence_of(const pg::SqlFailure& failure) {
  const std::string_view state = failure.sqlstate();
  if (failure.is_connection_lost()) {
    return "The database went away in the middle of the import; nothing was changed. See that it "
           "runs and that its disk is not full, then import the file again.";
  }
  if (state == "53100") {
    return "The database's disk is full; nothing was changed. Make room (an import takes about "
           "twice "
           "the file's size), then import the file again.";
  }
  if (state.starts_with("53")) {
    return fmt::format(
        "The database is short of memory or connections ({}); nothing was changed. "
        "Import the file again when it has less to do.",
        state);
  }
  return fmt::format("The database refused '{}' ({}: {}); nothing was changed.",
                     failure.statement(), state, failure.message());
}

ImportJob::ImportJob(PreparedImport prepared, pg::ConnectOptions database,
                     registry::LikenessFinder* likeness, const Clock& clock, Log& log)
    : prepared_(std::move(prepared)),
      database_(std::move(database)),
      likeness_(likeness),
      clock_(clock),
      log_(log) {
  shown_.id = prepared_.id;
  shown_.layout = prepared_.layout.name;
  shown_.layout_version = prepared_.layout.version;
  shown_.kind = prepared_.layout.kind;
  shown_.file_name = prepared_.request.file_name;
  shown_.file_bytes = prepared_.reader.file_bytes();
  shown_.started_by = prepared_.request.actor;
  shown_.started_at = prepared_.started_at;
  shown_.mends = prepared_.request.mends;
  shown_.run_name = prepared_.request.run_name;
  shown_.request = to_json(prepared_.request);
  shown_.restarts = prepared_.restarts;
  thread_ = std::thread([this] { work(); });
}

ImportJob::~ImportJob() { thread_.join(); }

void ImportJob::wait() {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [&] { return ended_.load(); });
}

std::optional<double> ImportJob::seconds_left(double elapsed) const {
  constexpr double kShareMin = 0.02;  // before that a guess is of no use
  const double read =
      static_cast<double>(progress_.bytes_done) / static_cast<double>(shown_.file_bytes);
  const double published =
      static_cast<double>(progress_.steps_done) / static_cast<double>(progress_.steps_all);
  const double share = kReadingShare * read + (1 - kReadingShare) * std::min(published, 1.0);
  if (share < kShareMin) return std::nullopt;
  return elapsed * (1 - share) / share;
}

Import ImportJob::snapshot() const {
  const std::lock_guard lock(mutex_);
  Import out = shown_;
  if (out.state != ImportState::running) return out;
  const std::chrono::duration<double> elapsed = std::chrono::steady_clock::now() - begun_;
  out.stage = progress_.stage;
  out.bytes_done = progress_.bytes_done;
  out.counts = progress_.counts();
  out.rows_per_s = static_cast<double>(out.counts.rows_read) / std::max(elapsed.count(), 1e-3);
  out.seconds_left = seconds_left(elapsed.count());
  return out;
}

void ImportJob::keep(std::vector<Reject> rejects) {
  for (Reject& reject : rejects) {
    if (rejects_.size() < kRejectsKeptMax) {
      rejects_.push_back(std::move(reject));
    } else {
      ++rejects_not_kept_;
    }
  }
}

std::vector<ImportWarning> ImportJob::warnings(const Loader& loader,
                                               const PipelineResult& read) const {
  std::vector<ImportWarning> out = loader.warnings();
  out.insert(out.end(), read.warnings.begin(), read.warnings.end());
  const auto add = [&](std::string_view kind, std::int64_t count, std::string_view text) {
    if (count == 0) return;
    out.push_back({std::string(kind), count, counted_words(count, text)});
  };
  const auto& unknown = prepared_.map.unknown;
  add("unknown_columns", static_cast<std::int64_t>(unknown.size()),
      fmt::format("columns that the layout does not know, kept only in the rows as received: {}",
                  fmt::join(unknown.begin(),
                            unknown.begin() + std::min<long>(5, std::ssize(unknown)), ", ")));
  for (std::size_t i = 0; i < registry::kQualities; ++i) {
    add(registry::kQualityWords[i].name, read.quality[i], registry::kQualityWords[i].sentence);
  }
  add("rejected", progress_.rows_rejected, "rows that were not taken; see the list of rejects");
  add("rejects_not_kept", rejects_not_kept_,
      "rejected rows beyond the first 100,000, counted only");
  add("lines_empty", progress_.lines_empty, "empty lines");
  if (prepared_.layout.has_header && progress_.lines_header > 1) {
    add("headers_repeated", progress_.lines_header - 1, "header rows in the middle of the file");
  }
  add("nul_bytes", read.nuls, "NUL bytes that filled up fields; left out");
  return out;
}

Status ImportJob::check_same_file(const std::string& sha256) {
  const auto earlier = same_file(*prepared_.publisher, prepared_.layout.name, sha256);
  if (!earlier) return {};
  return refuse(ErrorCode::conflict,
                fmt::format("This very file was imported before, as {}; nothing was changed.",
                            earlier->text()));
}

Status ImportJob::publish(Loader& loader, const PipelineResult& read) {
  TRY(run_.result());
  pg::Transaction transaction(*prepared_.publisher);
  TRY(loader.publish(transaction));
  TRY(run_.result());  // a cancel during a long publish still counts
  const ImportCounts counts = progress_.counts();
  const auto all_warnings = warnings(loader, read);
  write_rejects(*prepared_.publisher, prepared_.id, rejects_);
  mark_published(transaction, {prepared_.id, read.sha256, counts, all_warnings, clock_.now()});
  const feed::Change change{.kind = ChangeKind::import_published,
                            .subject = feed::subject_of("import", prepared_.id),
                            .actor = prepared_.request.actor,
                            .payload = payload_of(prepared_.layout, counts)};
  feed::commit(transaction, {&change, 1});
  const std::lock_guard lock(mutex_);
  shown_.counts = counts;
  shown_.warnings = all_warnings;
  shown_.bytes_done = shown_.file_bytes;
  return {};
}

/// A dry run: what publishing would do is found out and rolled back; only the report stays.
Status ImportJob::try_out(Loader& loader, const PipelineResult& read) {
  TRY(run_.result());
  TrialReport report;
  {
    pg::Transaction rolled_back(*prepared_.publisher);
    TRY(loader.try_out(rolled_back, report));
  }
  loader.after_trial(*prepared_.publisher);
  const Source& source = prepared_.reader.source();
  report.parts = std::ssize(source.parts());
  report.missing = source.missing();
  const ImportCounts counts = progress_.counts();
  const auto all_warnings = warnings(loader, read);
  const std::string json = to_json(report, counts);
  pg::Transaction transaction(*prepared_.publisher);
  TRY(run_.result());
  write_rejects(*prepared_.publisher, prepared_.id, rejects_);
  mark_tried(transaction, {prepared_.id, read.sha256, counts, all_warnings, clock_.now()}, json);
  transaction.commit();
  const std::lock_guard lock(mutex_);
  shown_.counts = counts;
  shown_.warnings = all_warnings;
  shown_.bytes_done = shown_.file_bytes;
  shown_.report = json;
  return {};
}

/// The last step, on the publishing connection; a cancel reaches the statement that runs.
Status ImportJob::end_reading(Loader& loader, const PipelineResult& read) {
  pg::Connection& publisher = *prepared_.publisher;
  const RunState::StopGuard guard(run_, [&publisher] { publisher.cancel(); });
  return prepared_.request.dry_run ? try_out(loader, read) : publish(loader, read);
}

Status ImportJob::import() {
  const auto today = std::chrono::floor<std::chrono::days>(clock_.now());
  const LoadContext context{.database = database_,
                            .publisher = *prepared_.publisher,
                            .import = prepared_.id,
                            .format = {prepared_.layout, prepared_.map, today,
                                       campaign::home_country(*prepared_.publisher)},
                            .run = run_,
                            .progress = progress_,
                            .request = prepared_.request,
                            .likeness = likeness_};
  const auto loader = make_loader(context);
  {
    const auto earlier = voter_imports(*prepared_.publisher, prepared_.layout.source);
    pg::Connection connection(database_);
    loader->prepare(connection, earlier);
  }
  Pipeline pipeline(context, *loader,
                    {prepared_.request.reject_share_max, prepared_.request.reject_share_max_early},
                    [this](std::vector<Reject> rejects) { keep(std::move(rejects)); });
  const PipelineResult read = TRY(pipeline.run(prepared_.reader, prepared_.request.threads));
  progress_.stage = ImportStage::publishing;
  loader->finish();
  TRY(run_.result());
  ++progress_.steps_done;
  TRY(check_same_file(read.sha256));
  TRY(end_reading(*loader, read));
  // Whoever waits may start the next import at once: give the lock back first.
  release_import_lock(*prepared_.publisher);
  const bool is_trial = prepared_.request.dry_run;
  end(is_trial ? ImportState::tried : ImportState::published, std::nullopt);
  if (is_trial) return {};
  if (!prepared_.request.remove_after.empty()) {
    std::error_code ignored;  // what is left is removed after a day
    std::filesystem::remove_all(prepared_.request.remove_after, ignored);
  }
  loader->after_publish();
  return {};
}

void ImportJob::work() {
  std::string error;
  ImportState state = ImportState::failed;
  try {
    const Status status = import();
    if (!status) {
      error = status.error().sentence;
      if (status.error().code == ErrorCode::cancelled) state = ImportState::cancelled;
    }
  } catch (const pg::SqlFailure& failure) {
    error = sentence_of(failure);
    log_.error("import_database_refused", {{"import", prepared_.id.value()},
                                           {"statement", failure.statement()},
                                           {"sqlstate", failure.sqlstate()}});
  } catch (const std::exception& failure) {
    error = failure.what();
  }
  if (ended_) {  // published; only what is nice to have may have gone wrong
    prepared_.publisher.reset();
    return;
  }
  error = why_stopped(std::move(error), state);
  // Recorded while the import lock is held: the next import would take this one for dead.
  const bool stays = is_left_ && state == ImportState::cancelled;
  const bool has_failed = stays || record_failure(state, error);
  {
    const LockReturn lock(*prepared_.publisher);
  }  // whoever waits may start the next at once
  prepared_.publisher.reset();
  end(has_failed ? state : ImportState::published,
      has_failed ? std::optional(error) : std::nullopt);
}

/// A statement that was cancelled fails with an error of its own; what counts is why it was.
std::string ImportJob::why_stopped(std::string error, ImportState& state) const {
  try {
    const Status why = run_.result();
    if (!why && why.error().code == ErrorCode::cancelled) {
      state = ImportState::cancelled;
      return why.error().sentence;
    }
  } catch (const std::exception&) {  // NOLINT(bugprone-empty-catch): `error` tells of it
  }
  return error;
}

/// False if the import has published after all. The database may be away: then the next start of
/// an import finds this one among the dead.
bool ImportJob::record_failure(ImportState state, const std::string& error) {
  try {
    pg::Connection connection(database_);
    return mark_failed(connection,
                       {.id = prepared_.id,
                        .state = state,
                        .error = error,
                        .counts = progress_.counts(),
                        .at = clock_.now()},
                       rejects_);
  } catch (const Failure&) {
    log_.warning("import_failure_not_recorded", {{"import", prepared_.id.value()}});
    return true;
  }
}

void ImportJob::end(ImportState state, std::optional<std::string> error) {
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begun_;
  const std::int64_t rows = progress_.rows_read;
  log_.info("import_ended", {{"import", prepared_.id.value()},
                             {"state", to_string(state)},
                             {"rows", rows},
                             {"seconds", took.count()}});
  const std::lock_guard lock(mutex_);
  shown_.state = state;
  shown_.stage = ImportStage::done;
  shown_.error = std::move(error);
  const bool has_ended_well = state == ImportState::published || state == ImportState::tried;
  if (!has_ended_well) shown_.counts = progress_.counts();
  shown_.rows_per_s = static_cast<double>(rows) / std::max(took.count(), 1e-3);
  shown_.ended_at = clock_.now();
  ended_ = true;
  changed_.notify_all();
}

}  // namespace hustings::ingest
