#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/error.h"
#include "model/ids.h"
#include "pg/connection.h"

/// What happened to a voter, in one list: what each file brought and changed, corrections, consent,
/// bars, calls and answers, joins and splits.
namespace hustings::rights {

struct TimelineChange {
  std::string field;
  std::optional<std::string> before;
  std::optional<std::string> after;
};

struct TimelineEntry {
  Instant at;
  std::string kind;     ///< of the feed (model/change.h), or "record_read", "record_changed"
  std::string actor;    ///< "person:3"
  std::string subject;  ///< of the feed: "voter:17", "number:19195550123"; empty for files
  std::string payload = "{}";
  // Of files:
  std::optional<ImportId> import;
  std::string file_name;
  std::string source;
  std::string external_id;
  std::int64_t line = 0;  ///< 0: the file repeated what an undone one had said
  std::vector<TimelineChange> changes;
};

/// Newest first, at most `limit`, of all identities of the person. Of a protected voter nothing
/// that leads to the door. not_found where there is no such voter.
Result<std::vector<TimelineEntry>> timeline(pg::Connection& connection, VoterId id, int limit);

/// Columns that lead to the door of a protected person, or to the telephone.
const std::vector<std::string>& columns_to_the_door();

}  // namespace hustings::rights
