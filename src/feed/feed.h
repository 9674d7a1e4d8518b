#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "model/change.h"
#include "pg/connection.h"

/// The change feed: the audit trail and the outbox in one.
///
/// A producer writes its rows and appends changes in the same transaction, and knows no reader.
/// Positions are in commit order: a reader that has seen position p will never be shown one below
/// it. (commit() takes a lock, draws the positions, inserts and commits in one round trip.)
namespace hustings::feed {

using Position = std::int64_t;  ///< 0 is before everything

/// What a producer says.
struct Change {
  ChangeKind kind;
  std::string subject;         ///< "voter:17": what it is about, as subject_of() writes it
  std::string actor;           ///< "person:3", "system"; who did it
  std::string payload = "{}";  ///< a small JSON object
};

/// What a reader gets.
struct Entry {
  Position position = 0;
  Instant at;
  ChangeKind kind{};
  std::string subject;
  std::string actor;
  std::string payload;
};

template <class Tag>
std::string subject_of(std::string_view what, Id<Tag> id) {
  return std::string(what) + ':' + std::to_string(id.value());
}

/// Appends the changes and commits the transaction, in one round trip. Returns the last position
/// drawn. Durable and visible to every reader when it returns. `changes` must not be empty.
Position commit(pg::Transaction& transaction, std::span<const Change> changes);

/// The position of the newest visible change; 0 for none.
Position head(pg::Connection& connection);
/// The changes after `after`, oldest first, at most `limit`.
std::vector<Entry> read(pg::Connection& connection, Position after, int limit);
/// The changes about one subject, newest first, at most `limit`: its history.
std::vector<Entry> history(pg::Connection& connection, std::string_view subject, int limit);

}  // namespace hustings::feed
