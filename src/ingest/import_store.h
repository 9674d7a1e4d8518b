#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ingest/import.h"
#include "ingest/layout.h"
#include "pg/connection.h"

/// The tables import_run, import_reject and import_raw.
namespace hustings::ingest {

bool take_import_lock(pg::Connection& connection);
void release_import_lock(pg::Connection& connection);

/// Only with the lock: fails the imports of processes that have gone and removes what they left.
/// Returns how many there were.
int clean_up(pg::Connection& connection, Instant now);

struct NewRun {
  const Layout& layout;
  std::string_view file_name;
  std::int64_t file_bytes = 0;
  std::string_view actor;
  Instant at;
};
ImportId add_run(pg::Connection& connection, const NewRun& run);

struct PublishedRun {
  ImportId id;
  std::string sha256;
  ImportCounts counts;
  const std::vector<ImportWarning>& warnings;
  Instant at;
};
void mark_published(pg::Transaction& transaction, const PublishedRun& run);

struct FailedRun {
  ImportId id;
  ImportState state = ImportState::failed;
  std::string error;
  ImportCounts counts;
  Instant at;
};
/// Also takes away what was loaded for it, and keeps its first rejects. False, and nothing is done,
/// if the import has published after all: the connection can break off when it just has.
bool mark_failed(pg::Connection& connection, const FailedRun& run,
                 const std::vector<Reject>& rejects);

std::vector<ImportId> voter_imports(pg::Connection& connection, std::string_view source);
bool may_be_repeat(pg::Connection& connection, std::string_view layout, std::int64_t file_bytes);
std::optional<ImportId> same_file(pg::Connection& connection, std::string_view layout,
                                  const std::string& sha256);

std::optional<Import> find_run(pg::Connection& connection, ImportId id);
std::vector<Import> list_runs(pg::Connection& connection, std::optional<ImportId> before,
                              int limit);
std::vector<Reject> find_rejects(pg::Connection& connection, ImportId id, std::int64_t after,
                                 int limit);
std::optional<std::string> find_raw_line(pg::Connection& connection, ImportId id,
                                         std::int64_t line);

}  // namespace hustings::ingest
