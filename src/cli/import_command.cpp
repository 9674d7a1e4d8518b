#include <chrono>

#include <fmt/format.h>

#include "app/installation.h"
#include "base/text.h"
#include "cli/commands.h"
#include "cli/log_of.h"
#include "cli/stop_signal.h"
#include "cli/terminal.h"
#include "ingest/importer.h"

namespace hustings::cli {
namespace {

using ingest::Import;
using ingest::ImportState;

constexpr std::chrono::milliseconds kShowEvery{200};

std::string now_text(const Import& now) {
  const double share = now.file_bytes == 0 ? 1.0
                                           : static_cast<double>(now.bytes_done) /
                                                 static_cast<double>(now.file_bytes);
  std::string text = fmt::format("{} {:3.0f} %  {} rows, {} rows/s", ingest::to_string(now.stage),
                                 share * 100, with_thousands(now.counts.rows_read),
                                 with_thousands(static_cast<std::int64_t>(now.rows_per_s)));
  if (now.seconds_left) text += fmt::format(", {} left", duration_text(*now.seconds_left));
  return text;
}

std::string counts_text(const Import& ended) {
  const auto& counts = ended.counts;
  return fmt::format("{} rows: {} new, {} changed, {} the same, {} rejected; {} rows/s",
                     with_thousands(counts.rows_read), with_thousands(counts.rows_new),
                     with_thousands(counts.rows_changed), with_thousands(counts.rows_same),
                     with_thousands(counts.rows_rejected),
                     with_thousands(static_cast<std::int64_t>(ended.rows_per_s)));
}

Status follow(ingest::Importer& importer, ImportId id, StopSignal& stop, ProgressLine& line) {
  Import now = TRY(importer.find(id));
  while (now.state == ImportState::running) {
    line.update(now_text(now));
    if (stop.wait_for(kShowEvery)) {
      // Not every stop comes in time: one that is just publishing ends as published.
      if (const Status asked = importer.cancel(id); !asked) line.update(asked.error().sentence);
      now = TRY(importer.wait(id));
      break;
    }
    now = TRY(importer.find(id));
  }
  if (now.state == ImportState::published) {
    line.done(counts_text(now));
    for (const auto& warning : now.warnings)
      fmt::print("  {}\n", warning.text);
    return {};
  }
  line.failed("nothing was changed");
  if (now.state == ImportState::cancelled)
    return refuse(ErrorCode::cancelled, "The import was stopped.");
  return invalid(now.error.value_or("The import failed."));
}

Status run(const Config& config, const ImportArguments& arguments, StopSignal& stop) {
  Log log = quiet_log_of(config);
  const auto installation =
      TRY(app::Installation::open(config, app::Installation::Part::tools, log));
  const auto started = TRY(installation->importer().start(
      {.file = arguments.file, .file_name = {}, .layout = arguments.layout, .sha256 = {}}));
  if (started.is_repeat) {
    const Import earlier = TRY(installation->importer().find(started.id));
    fmt::print("This file was imported before ({}, {} rows); there is nothing to do.\n",
               to_iso(earlier.started_at).substr(0, 16), with_thousands(earlier.counts.rows_read));
    return {};
  }
  ProgressLine line("import");
  return follow(installation->importer(), started.id, stop, line);
}

}  // namespace

int import_file(const Config& config, const ImportArguments& arguments) {
  StopSignal stop;
  const Status ended = run(config, arguments, stop);
  if (ended) return 0;
  fmt::print(stderr, "hustings: {}\n", ended.error().text());
  return ended.error().code == ErrorCode::cancelled ? 130 : 2;
}

}  // namespace hustings::cli
