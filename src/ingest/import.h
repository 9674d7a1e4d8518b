#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/clock.h"
#include "ingest/layout.h"
#include "model/ids.h"

namespace hustings::ingest {

/// tried: a dry run that has ended; undone: was published, and taken back since.
enum class ImportState : std::uint8_t { running, published, failed, cancelled, tried, undone };
std::string_view to_string(ImportState state);
enum class ImportStage : std::uint8_t { reading, publishing, done, undoing };
std::string_view to_string(ImportStage stage);

/// Something that a person should look at, and how often it occurs.
struct ImportWarning {
  std::string kind;  ///< "phone_unusable", "unknown_columns", "orphans", …
  std::int64_t count = 0;
  std::string text;  ///< "12 phone numbers that cannot be called; left empty"
};

struct ImportCounts {
  std::int64_t rows_read = 0;  ///< lines that hold a row, rejected ones included
  std::int64_t rows_new = 0;
  std::int64_t rows_changed = 0;
  std::int64_t rows_same = 0;
  std::int64_t rows_rejected = 0;
  std::int64_t lines_empty = 0;
  std::int64_t lines_header = 0;
};

/// An import as it is now.
struct Import {
  ImportId id;
  std::string layout;
  int layout_version = 0;
  LayoutKind kind{};
  std::string file_name;
  std::int64_t file_bytes = 0;
  ImportState state{};
  ImportStage stage{};
  std::int64_t bytes_done = 0;
  ImportCounts counts;
  double rows_per_s = 0;
  std::optional<double> seconds_left;  ///< while it runs, once it can be told
  std::vector<ImportWarning> warnings;
  std::optional<std::string> error;  ///< a sentence
  std::string started_by;
  Instant started_at;
  std::optional<Instant> ended_at;
  std::optional<std::string> report;  ///< of a dry run: trial_report.h, as JSON
  std::optional<Instant> undone_at;
  std::optional<std::string> undone_by;
  std::optional<ImportId> mends;    ///< these are rows that it had rejected, mended
  std::vector<ImportId> mended_by;  ///< published imports of its own mended rows
  int restarts = 0;                 ///< how often a restart of the program began it anew
  std::string run_name;             ///< of scores: what people call the run
  std::string request;              ///< what was asked: run_request.h
};

/// A row that was not taken.
struct Reject {
  std::int64_t line = 0;
  std::int64_t byte_offset = 0;
  std::optional<std::string> column;
  std::string reason;
  std::string raw;  ///< the line as received, as UTF-8; other bytes as "\x81"
};

struct ImportRequest {
  std::filesystem::path file;                ///< a file, an archive, or a folder of parts
  std::vector<std::filesystem::path> parts;  ///< further files of the same delivery
  /// For a layout that is mapped by hand: target and column; "=text" in place of a column gives
  /// every row that text.
  std::vector<std::pair<std::string, std::string>> mapping;
  bool parts_may_be_missing = false;  ///< take a delivery that lacks parts which the layout expects
  std::string file_name;              ///< as people know it; empty: the file's own name
  std::string layout;                 ///< a layout's name, a path that ends in .toml, or "auto"
  std::string actor = "system";
  std::string sha256;                    ///< of the file, 32 raw bytes, if it is known already
  double reject_share_max = 0.02;        ///< of all rows; above it nothing is published
  double reject_share_max_early = 0.05;  ///< of the first 10,000 rows
  int threads = 2;                       ///< that parse
  /// Read, match and compare, change nothing: the import ends as tried, with a report.
  bool dry_run = false;
  /// Of the source's known voters in the counties of the file, how many it may lack; beyond it
  /// nothing is published.
  double absent_share_max = 0.10;
  /// Fields (registry/survivorship.h) that an empty value of this file does not clear.
  std::vector<std::string> blank_keeps = {};
  /// The rows are those that this import had rejected, mended: they are read as its file was, say
  /// nothing of voters whom they do not hold, and are undone with it.
  std::optional<ImportId> mends = {};
  std::string run_name = {};  ///< of scores: what people call the run; empty: the file's name
  /// The file stays where it is: a program that ends in the middle begins anew at its next start.
  bool may_restart = false;
  std::filesystem::path remove_after = {};  ///< goes once the import has published
  std::string upload = {};                  ///< what the API calls the file
};

/// What start() did.
struct ImportStarted {
  ImportId id;
  bool is_repeat = false;  ///< the same file was imported before as `id`; nothing was started
};

}  // namespace hustings::ingest
