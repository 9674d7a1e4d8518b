#include <stop_token>

#include <fmt/format.h>

#include "app/database.h"
#include "app/installation.h"
#include "archive/archive.h"
#include "base/clock.h"
#include "base/text.h"
#include "cli/commands.h"
#include "cli/erased_in.h"
#include "cli/log_of.h"
#include "cli/shell_archive.h"
#include "cli/stop_signal.h"
#include "cli/terminal.h"
#include "feed/feed.h"
#include "objectstore/folder_store.h"

namespace hustings::cli {
namespace {

std::string counted(std::uint64_t tables, std::uint64_t rows) {
  return fmt::format("{} tables, {} rows", tables, with_thousands(static_cast<std::int64_t>(rows)));
}

/// Shows how far it is; Ctrl-C asks the work to stop, which then cleans up after itself.
archive::OnProgress shown_on(ProgressLine& line, StopSignal& signal, std::stop_source& stop) {
  return [&](const archive::Progress& now) {
    if (signal.came()) stop.request_stop();
    line.update(fmt::format("{}: {} rows, {}", now.table,
                            with_thousands(static_cast<std::int64_t>(now.rows)),
                            bytes_text(static_cast<std::int64_t>(now.plain_bytes))));
  };
}

/// What the feed remembers of an archive; the archive itself was taken before this.
void tell_the_feed(const pg::ConnectOptions& database, const archive::ArchiveReport& report,
                   Instant at) {
  pg::Connection connection(database);
  archive::note_verified(connection, report.archive, at);
  pg::Transaction transaction(connection);
  const std::vector<feed::Change> changes = {
      {.kind = ChangeKind::archive_written,
       .subject = fmt::format("archive:{}", report.archive),
       .actor = "system",
       .payload = fmt::format(R"({{"tables":{},"rows":{}}})", report.tables, report.rows)}};
  feed::commit(transaction, changes);
}

Status write(const Config& config, const ArchiveArguments& arguments, StopSignal& signal) {
  Log log = quiet_log_of(config);
  const auto database = TRY(app::Database::open(config, app::Database::Sharing::beside, log));
  ProgressLine line("archive");
  const ArchiveSummary summary =
      TRY(archive_and_verify(database->options(), arguments.folder, signal, line));
  line.done(
      fmt::format("{}, {} in {}; every digest verified", counted(summary.tables, summary.rows),
                  bytes_text(static_cast<std::int64_t>(summary.bytes)), arguments.folder.string()));
  return {};
}

Status verify(const ArchiveArguments& arguments, StopSignal& signal) {
  const auto store = TRY(objectstore::FolderStore::open(arguments.folder));
  ProgressLine line("verify");
  std::stop_source stop;
  const auto report = TRY(archive::verify_archive(
      *store, {.on_progress = shown_on(line, signal, stop), .stop = stop.get_token()}));
  line.done(fmt::format("{} in {} files: every digest verified",
                        counted(report.tables, report.rows), report.files));
  return {};
}

Status restore(const Config& config, const ArchiveArguments& arguments, StopSignal& signal) {
  const auto store = TRY(objectstore::FolderStore::open(arguments.folder));
  TRY(archive::read_manifest(*store));  // before a database is made for nothing
  rights::TombstoneSet erasures;
  if (!arguments.erased_in.empty()) erasures = TRY(erasures_in(arguments.erased_in));
  Log log = quiet_log_of(config);
  const auto database = TRY(app::Database::open(config, app::Database::Sharing::alone, log));
  ProgressLine line("restore");
  std::stop_source stop;
  const auto report = TRY(archive::restore_archive(
      *store, database->options(),
      {.on_progress = shown_on(line, signal, stop), .stop = stop.get_token()}));
  line.done(counted(report.tables, report.rows) + ": equal to the archive, digest for digest");
  for (const std::string& remark : report.remarks)
    fmt::print("  {}\n", remark);
  if (arguments.erased_in.empty()) return {};
  auto erased = apply_erasures(database->options(), erasures);
  if (!erased) {
    erased.error().sentence += fmt::format(
        " The database holds persons who were erased: run 'hustings erase --again {}' before "
        "anything else.",
        arguments.erased_in.string());
    return std::unexpected(erased.error());
  }
  fmt::print("  {} persons who were erased since did not come back\n", with_thousands(*erased));
  return {};
}

int code_of(const Status& ended) {
  if (ended) return 0;
  fmt::print(stderr, "hustings: {}\n", ended.error().text());
  return ended.error().code == ErrorCode::cancelled ? 130 : 2;
}

}  // namespace

Result<ArchiveSummary> archive_and_verify(const pg::ConnectOptions& database,
                                          const std::filesystem::path& folder, StopSignal& signal,
                                          ProgressLine& line) {
  const SystemClock clock;
  const auto store = TRY(objectstore::FolderStore::create(folder));
  std::stop_source stop;
  const auto on_progress = shown_on(line, signal, stop);
  const auto report = TRY(archive::write_archive(
      database, *store, clock,
      {.product_version = app::version(), .on_progress = on_progress, .stop = stop.get_token()}));
  const auto verified =
      TRY(archive::verify_archive(*store, {.on_progress = on_progress, .stop = stop.get_token()}));
  if (verified.manifest_sha256 != report.manifest_sha256 || verified.rows != report.rows) {
    return refuse(ErrorCode::unavailable, "What was read back is not what was written.",
                  folder.string());
  }
  tell_the_feed(database, report, clock.now());
  return ArchiveSummary{.tables = report.tables, .rows = report.rows, .bytes = report.stored_bytes};
}

int write_archive(const Config& config, const ArchiveArguments& arguments) {
  StopSignal signal;
  return code_of(write(config, arguments, signal));
}
int verify_archive(const ArchiveArguments& arguments) {
  StopSignal signal;
  return code_of(verify(arguments, signal));
}
int restore_archive(const Config& config, const ArchiveArguments& arguments) {
  StopSignal signal;
  return code_of(restore(config, arguments, signal));
}

}  // namespace hustings::cli
