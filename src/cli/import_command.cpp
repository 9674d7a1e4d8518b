#include <algorithm>
#include <chrono>

#include <fmt/format.h>

#include "app/installation.h"
#include "base/counted.h"
#include "cli/commands.h"
#include "cli/import_report.h"
#include "cli/log_of.h"
#include "cli/stop_signal.h"
#include "cli/terminal.h"
#include "ingest/importer.h"
#include "ingest/mapping.h"

namespace hustings::cli {
namespace {

using ingest::Import;
using ingest::ImportState;

constexpr std::chrono::milliseconds kShowEvery{200};

std::string now_text(const Import& now) {
  const double share = now.file_bytes == 0 ? 1.0
                                           : static_cast<double>(now.bytes_done) /
                                                 static_cast<double>(now.file_bytes);
  std::string text = fmt::format("{} {:3.0f} %  {}, {} rows/s", ingest::to_string(now.stage),
                                 share * 100, counted(now.counts.rows_read, "row", "rows"),
                                 with_thousands(static_cast<std::int64_t>(now.rows_per_s)));
  if (now.seconds_left) text += fmt::format(", {} left", duration_text(*now.seconds_left));
  return text;
}

std::string counts_text(const Import& ended) {
  const auto& counts = ended.counts;
  return fmt::format("{}: {} new, {} changed, {} the same, {} rejected; {} rows/s",
                     counted(counts.rows_read, "row", "rows"), with_thousands(counts.rows_new),
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
  if (now.state == ImportState::published || now.state == ImportState::tried) {
    line.done(counts_text(now));
    for (const auto& warning : now.warnings)
      fmt::print("  {}\n", warning.text);
    if (now.report) print_import_report(*now.report);
    if (now.state == ImportState::published) {
      if (now.counts.rows_rejected > 0) {
        fmt::print("  mend the rejected: hustings rejects {} --out FILE\n", id.text());
      }
      fmt::print("  take it back: hustings undo {}\n", id.text());
    }
    return {};
  }
  line.failed("nothing was changed");
  if (now.state == ImportState::cancelled)
    return refuse(ErrorCode::cancelled, "The import was stopped.");
  return invalid(now.error.value_or("The import failed."));
}

Result<std::vector<ingest::ColumnMapping>> mapping_of(const ImportArguments& arguments) {
  std::vector<ingest::ColumnMapping> out;
  for (const std::string& text : arguments.mapping)
    out.push_back(TRY(ingest::parse_mapping(text)));
  return out;
}

Status run(const Config& config, const ImportArguments& arguments, StopSignal& stop) {
  Log log = quiet_log_of(config);
  const auto installation =
      TRY(app::Installation::open(config, app::Installation::Part::tools, log));
  const auto mapping = TRY(mapping_of(arguments));
  std::optional<ImportId> mends;
  if (!arguments.mends.empty()) {
    mends = ImportId::from_text(arguments.mends);
    if (!mends) return invalid("Name an import as 'hustings imports' lists it: imp_….", "mends");
  } else if (arguments.layout.empty()) {
    return invalid("Say what the file's columns are: --layout nc, …, or --layout auto.", "layout");
  }
  const auto started =
      TRY(installation->importer().start({.file = arguments.file,
                                          .parts = arguments.parts,
                                          .mapping = mapping,
                                          .parts_may_be_missing = arguments.parts_may_be_missing,
                                          .file_name = {},
                                          .layout = arguments.layout,
                                          .sha256 = {},
                                          .dry_run = arguments.dry_run,
                                          .absent_share_max = arguments.absent_share_max,
                                          .blank_keeps = arguments.blank_keeps,
                                          .mends = mends,
                                          .run_name = arguments.run_name}));
  if (started.is_repeat) {
    const Import earlier = TRY(installation->importer().find(started.id));
    fmt::print("This file was imported before ({}, {} rows); there is nothing to do.\n",
               to_iso(earlier.started_at).substr(0, 16), with_thousands(earlier.counts.rows_read));
    return {};
  }
  ProgressLine line(arguments.dry_run ? "dry run" : "import");
  return follow(installation->importer(), started.id, stop, line);
}

Status list(const Config& config) {
  constexpr int kShownMax = 50;
  Log log = quiet_log_of(config);
  const auto installation =
      TRY(app::Installation::open(config, app::Installation::Part::tools, log));
  for (const Import& import : installation->importer().list(std::nullopt, kShownMax)) {
    fmt::print("{:<10} {}  {:<9} {:<7} {:>12} rows  {}\n", import.id.text(),
               to_iso(import.started_at).substr(0, 16), ingest::to_string(import.state),
               to_string(import.kind), with_thousands(import.counts.rows_read), import.file_name);
  }
  return {};
}

Status undo(const Config& config, const UndoArguments& arguments, StopSignal& stop) {
  const auto id = ImportId::from_text(arguments.import);
  if (!id) return invalid("Name an import as 'hustings imports' lists it: imp_….");
  Log log = quiet_log_of(config);
  const auto installation =
      TRY(app::Installation::open(config, app::Installation::Part::tools, log));
  ingest::Importer& importer = installation->importer();
  TRY(importer.undo(*id, "system"));
  ProgressLine line("undo");
  Import now = TRY(importer.find(*id));
  while (now.stage == ingest::ImportStage::undoing) {
    line.update(now.file_name);
    if (stop.wait_for(kShowEvery)) return refuse(ErrorCode::cancelled, "The undo was stopped.");
    now = TRY(importer.find(*id));
  }
  if (now.state == ImportState::undone) {
    line.done(fmt::format("{}: as if it had never been imported", now.file_name));
    return {};
  }
  line.failed("nothing was changed");
  return invalid(now.error.value_or("The undo failed."));
}

int code_of(const Status& ended) {
  if (ended) return 0;
  fmt::print(stderr, "hustings: {}\n", ended.error().text());
  return ended.error().code == ErrorCode::cancelled ? 130 : 2;
}

}  // namespace

int import_file(const Config& config, const ImportArguments& arguments) {
  StopSignal stop;
  return code_of(run(config, arguments, stop));
}

int list_imports(const Config& config) { return code_of(list(config)); }

int undo_import(const Config& config, const UndoArguments& arguments) {
  StopSignal stop;
  return code_of(undo(config, arguments, stop));
}

}  // namespace hustings::cli
