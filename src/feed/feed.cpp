#include "feed/feed.h"

#include <array>

#include "feed/sql.h"

namespace hustings::feed {
namespace {

Entry entry_of(const pg::Row& row) {
  const auto kind = change_kind_from(row.text(2));
  if (!kind) throw Failure("The feed holds a kind of change that this program does not know.");
  return {.position = row.get<Position>(0),
          .at = row.get<Instant>(1),
          .kind = *kind,
          .subject = row.get<std::string>(3),
          .actor = row.get<std::string>(4),
          .payload = row.get<std::string>(5)};
}

std::vector<Entry> entries_of(const pg::Rows& rows) {
  std::vector<Entry> entries;
  entries.reserve(static_cast<std::size_t>(rows.size()));
  for (const pg::Row row : rows)
    entries.push_back(entry_of(row));
  return entries;
}

}  // namespace

Position commit(pg::Transaction& transaction, std::span<const Change> changes) {
  CHECK(!changes.empty());
  std::vector<std::string> kinds;
  std::vector<std::string> subjects;
  std::vector<std::string> actors;
  std::vector<std::string> payloads;
  for (const Change& change : changes) {
    kinds.emplace_back(to_string(change.kind));
    subjects.push_back(change.subject);
    actors.push_back(change.actor);
    payloads.push_back(change.payload);
  }
  const std::array<pg::Connection::Call, 3> calls = {{
      {&sql::kLock, pg::Parameters()},
      {&sql::kAppend, pg::Parameters(kinds, subjects, actors, payloads)},
      {&sql::kCommit, pg::Parameters()},
  }};
  const std::vector<pg::Rows> answers = transaction.connection().run_pipeline(calls);
  transaction.mark_committed();
  return answers[1].only().get<Position>(0);
}

Position head(pg::Connection& connection) {
  return connection.run(sql::kHead).only().get<Position>(0);
}

std::vector<Entry> read(pg::Connection& connection, Position after, int limit) {
  return entries_of(connection.run(sql::kReadAfter, after, limit));
}

std::vector<Entry> history(pg::Connection& connection, std::string_view subject, int limit) {
  return entries_of(connection.run(sql::kHistoryOf, subject, limit));
}

}  // namespace hustings::feed
