#include "ingest/import_store.h"

#include <array>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "base/text.h"
#include "ingest/raw_load.h"
#include "ingest/sql.h"
#include "registry/bulk_writer.h"

namespace hustings::ingest {
namespace {

constexpr std::array<std::string_view, 6> kStates = {"running",   "published", "failed",
                                                     "cancelled", "tried",     "undone"};
constexpr std::array<std::string_view, 4> kStages = {"reading", "publishing", "done", "undoing"};
constexpr std::size_t kRejectsOfFailedMax = 1000;

std::string warnings_json(const std::vector<ImportWarning>& warnings) {
  boost::json::array out;
  for (const ImportWarning& warning : warnings) {
    out.push_back({{"kind", warning.kind}, {"count", warning.count}, {"text", warning.text}});
  }
  return boost::json::serialize(out);
}

std::vector<ImportWarning> warnings_from(std::string_view json) {
  std::vector<ImportWarning> out;
  for (const boost::json::value& value :
       boost::json::parse(boost::json::string_view(json.data(), json.size())).as_array()) {
    const auto& object = value.as_object();
    out.push_back({.kind = std::string(object.at("kind").as_string()),
                   .count = object.at("count").to_number<std::int64_t>(),
                   .text = std::string(object.at("text").as_string())});
  }
  return out;
}

template <class Enum, std::size_t N>
Enum enum_from(const std::array<std::string_view, N>& names, std::string_view text) {
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (names[i] == text) return static_cast<Enum>(i);
  }
  throw Failure("The table import_run holds a word that this program does not know.");
}

LayoutKind kind_from(std::string_view text) {
  constexpr std::array<std::string_view, 3> kKinds = {"voters", "history", "scores"};
  return enum_from<LayoutKind>(kKinds, text);
}

Import import_of(const pg::Row& row) {
  Import out;
  out.id = row.get<ImportId>(0);
  out.layout = row.get<std::string>(1);
  out.layout_version = row.get<std::int32_t>(2);
  out.kind = kind_from(row.text(3));
  out.file_name = row.get<std::string>(4);
  out.file_bytes = row.get<std::int64_t>(5);
  out.state = enum_from<ImportState>(kStates, row.text(6));
  out.counts.rows_read = row.get<std::int64_t>(7);
  out.counts.rows_new = row.get<std::int64_t>(8);
  out.counts.rows_changed = row.get<std::int64_t>(9);
  out.counts.rows_same = row.get<std::int64_t>(10);
  out.counts.rows_rejected = row.get<std::int64_t>(11);
  out.warnings = warnings_from(row.text(12));
  out.error = row.get<std::optional<std::string>>(13);
  out.started_by = row.get<std::string>(14);
  out.started_at = row.get<Instant>(15);
  out.ended_at = row.get<std::optional<Instant>>(16);
  out.report = row.get<std::optional<std::string>>(17);
  out.undone_at = row.get<std::optional<Instant>>(18);
  out.undone_by = row.get<std::optional<std::string>>(19);
  out.mends = row.get<std::optional<ImportId>>(20);
  const auto mended_by = row.get<std::optional<std::string>>(21).value_or("");
  for (const std::string_view id : split(mended_by, ' ')) {
    if (const auto number = parse_int(id)) out.mended_by.emplace_back(*number);
  }
  out.restarts = row.get<std::int32_t>(22);
  out.run_name = row.get<std::string>(23);
  out.request = row.get<std::string>(24);
  const bool runs = out.state == ImportState::running;
  out.stage = runs ? ImportStage::reading : ImportStage::done;
  const bool was_read = out.state == ImportState::published || out.state == ImportState::tried ||
                        out.state == ImportState::undone;
  out.bytes_done = was_read ? out.file_bytes : 0;
  if (out.ended_at && *out.ended_at > out.started_at) {
    const std::chrono::duration<double> took = *out.ended_at - out.started_at;
    out.rows_per_s = static_cast<double>(out.counts.rows_read) / took.count();
  }
  return out;
}

}  // namespace

std::string_view to_string(ImportState state) {
  return kStates.at(static_cast<std::size_t>(state));
}
std::string_view to_string(ImportStage stage) {
  return kStages.at(static_cast<std::size_t>(stage));
}

bool take_import_lock(pg::Connection& connection) {
  return connection.run(sql::kImportLock).only().get<bool>(0);
}
void release_import_lock(pg::Connection& connection) { connection.run(sql::kImportUnlock); }

LockReturn::~LockReturn() {
  if (connection_ == nullptr || connection_->is_broken()) return;
  try {
    release_import_lock(*connection_);
  } catch (const Failure&) {  // NOLINT(bugprone-empty-catch): a lost connection holds no lock
  }
}

std::vector<DeadRun> find_dead(pg::Connection& connection) {
  std::vector<DeadRun> out;
  for (const pg::Row row : connection.run(sql::kRunsOfTheDead)) {
    out.push_back({row.get<ImportId>(0), row.get<std::string>(1), row.get<std::int32_t>(2)});
  }
  return out;
}

void remove_rest(pg::Connection& connection, ImportId id) {
  connection.run(sql::kRawRemove, id);
  registry::drop_loads(connection, id);
}

int clean_up(pg::Connection& connection, Instant now, std::string_view sentence) {
  const auto dead = find_dead(connection);
  for (const DeadRun& run : dead) {
    connection.run(sql::kRunFail, run.id, to_string(ImportState::failed), sentence, std::int64_t{0},
                   std::int64_t{0}, now);
    remove_rest(connection, run.id);
  }
  registry::drop_all_loads(connection);
  return static_cast<int>(dead.size());
}

std::optional<std::string> what_runs(pg::Connection& connection) {
  const auto rows = connection.run(sql::kRunRunning);
  if (rows.empty()) return std::nullopt;
  return fmt::format("'{}' ({}, since {} UTC)", rows[0].text(1), rows[0].get<ImportId>(0).text(),
                     to_iso(rows[0].get<Instant>(2)).substr(11, 5));
}

ImportId add_run(pg::Connection& connection, const NewRun& run) {
  const auto run_name =
      run.run_name.empty() ? std::optional<std::string>() : std::string(run.run_name);
  return connection
      .run(sql::kRunAdd, run.layout.name, run.layout.version, to_string(run.layout.kind),
           run.layout.source, run.file_name, run.file_bytes, run.actor, run.at, run.blank_keeps,
           pg::Json{run.request}, run.header, run.mends, run_name)
      .only()
      .get<ImportId>(0);
}

void mark_restarted(pg::Connection& connection, const RestartedRun& run) {
  CHECK(connection.run(sql::kRunRestart, run.id, run.file_bytes, run.header).affected() == 1);
}

std::string header_of(pg::Connection& connection, ImportId id) {
  return connection.run(sql::kRunHeader, id).only().get<std::string>(0);
}

std::vector<ImportId> mending(pg::Connection& connection, ImportId id) {
  std::vector<ImportId> out;
  for (const pg::Row row : connection.run(sql::kRunsMending, id))
    out.push_back(row.get<ImportId>(0));
  return out;
}

void mark_published(pg::Transaction& transaction, const PublishedRun& run) {
  const ImportCounts& counts = run.counts;
  const auto rows =
      transaction.run(sql::kRunPublish, run.id, pg::Bytes{run.sha256}, counts.rows_read,
                      counts.rows_new, counts.rows_changed, counts.rows_same, counts.rows_rejected,
                      pg::Json{warnings_json(run.warnings)}, run.at);
  CHECK(rows.affected() == 1);
}

void mark_tried(pg::Transaction& transaction, const PublishedRun& run, const std::string& report) {
  const ImportCounts& counts = run.counts;
  const auto rows =
      transaction.run(sql::kRunTry, run.id, pg::Bytes{run.sha256}, counts.rows_read,
                      counts.rows_new, counts.rows_changed, counts.rows_same, counts.rows_rejected,
                      pg::Json{warnings_json(run.warnings)}, run.at, pg::Json{report});
  CHECK(rows.affected() == 1);
}

void mark_undone(pg::Transaction& transaction, const UndoneRun& run) {
  CHECK(transaction.run(sql::kRunUndo, run.id, run.at, run.actor).affected() == 1);
}

void mark_orphaned(pg::Transaction& transaction, const OrphanedRun& run) {
  transaction.run(sql::kRunOrphaned, run.id, run.rows,
                  fmt::format("{} rows went when {} was undone, because no other file has their "
                              "voters; import this file again once one has",
                              with_thousands(run.rows), run.undone.text()));
}

std::string source_of(pg::Transaction& transaction, ImportId id) {
  return transaction.run(sql::kRunSource, id).only().get<std::string>(0);
}

void remove_raw(pg::Transaction& transaction, ImportId id) { transaction.run(sql::kRawRemove, id); }

bool mark_failed(pg::Connection& connection, const FailedRun& run,
                 const std::vector<Reject>& rejects) {
  pg::Transaction transaction(connection);
  const auto rows = transaction.run(sql::kRunFail, run.id, to_string(run.state), run.error,
                                    run.counts.rows_read, run.counts.rows_rejected, run.at);
  // Somebody else may have found it dead meanwhile (the database was away): then it has failed too.
  const std::string_view before = rows.only().text(0);
  if (before != "running") return before != "published";
  transaction.run(sql::kRawRemove, run.id);
  const auto count = std::min(rejects.size(), kRejectsOfFailedMax);
  write_rejects(connection, run.id, {rejects.begin(), rejects.begin() + static_cast<long>(count)});
  transaction.commit();
  registry::drop_loads(connection, run.id);
  return true;
}

std::vector<ImportId> voter_imports(pg::Connection& connection, std::string_view source) {
  std::vector<ImportId> out;
  for (const pg::Row row : connection.run(sql::kRunsOfSource, source)) {
    out.push_back(row.get<ImportId>(0));
  }
  return out;
}

std::vector<ImportId> voter_imports_after(pg::Connection& connection, std::string_view source,
                                          ImportId import) {
  std::vector<ImportId> out;
  for (const pg::Row row : connection.run(sql::kRunsAfter, source, import)) {
    out.push_back(row.get<ImportId>(0));
  }
  return out;
}

bool may_be_repeat(pg::Connection& connection, std::string_view layout, std::int64_t file_bytes) {
  return connection.run(sql::kRunSameSize, layout, file_bytes).only().get<std::int64_t>(0) > 0;
}

std::optional<ImportId> same_file(pg::Connection& connection, std::string_view layout,
                                  const std::string& sha256) {
  const auto rows = connection.run(sql::kRunSameFile, layout, pg::Bytes{sha256});
  return rows.empty() ? std::nullopt : std::optional(rows[0].get<ImportId>(0));
}

std::optional<Import> find_run(pg::Connection& connection, ImportId id) {
  const auto rows = connection.run(sql::kRunFind, id);
  return rows.empty() ? std::nullopt : std::optional(import_of(rows[0]));
}

std::vector<Import> list_runs(pg::Connection& connection, std::optional<ImportId> before, int limit,
                              std::optional<LayoutKind> only) {
  std::vector<Import> out;
  const auto kind = only ? std::optional<std::string>(to_string(*only)) : std::nullopt;
  for (const pg::Row row : connection.run(sql::kRunList, before, limit, kind))
    out.push_back(import_of(row));
  return out;
}

std::vector<Reject> find_rejects(pg::Connection& connection, ImportId id, std::int64_t after,
                                 int limit) {
  std::vector<Reject> out;
  for (const pg::Row row : connection.run(sql::kRejectsFind, id, after, limit)) {
    out.push_back({.line = row.get<std::int64_t>(0),
                   .byte_offset = row.get<std::int64_t>(1),
                   .column = row.get<std::optional<std::string>>(2),
                   .reason = row.get<std::string>(3),
                   .raw = row.get<std::string>(4)});
  }
  return out;
}

std::optional<std::string> find_raw_line(pg::Connection& connection, ImportId id,
                                         std::int64_t line) {
  const auto rows = connection.run(sql::kRawFind, id, line);
  if (rows.empty()) return std::nullopt;
  return raw_line(rows[0].get<pg::Bytes>(0).bytes, rows[0].get<std::int64_t>(1));
}

}  // namespace hustings::ingest
