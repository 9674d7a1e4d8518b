#pragma once

#include <cstddef>
#include <limits>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "feed/feed.h"
#include "pg/connection.h"
#include "segments/electorate.h"
#include "segments/history.h"

/// How rows of the database become columns.
namespace hustings::segments {

/// A field of a row, wherever it came from.
struct Cell {
  std::string_view text;
  bool is_null = false;
};

/// Reads a row whose columns are those of sql/copy_voters.sql. Throws Failure if it is not one.
VoterRecord voter_of(std::span<const Cell> cells);
ElectionInfo election_of(const pg::Row& row);
QuestionInfo question_of(const pg::Row& row);
ListInfo list_of(const pg::Row& row);
/// Further scores by name, from their JSON object; what is no whole number is left out.
std::map<std::string, int> scores_of(std::string_view json);

struct Snapshot {
  std::unique_ptr<Electorate> electorate;
  feed::Position position = 0;
};
/// The whole electorate and the feed position that it stands at, from one database snapshot. Throws
/// Failure, with a sentence of what is needed, once its columns take more than so many bytes.
Snapshot load_snapshot(pg::Connection& connection,
                       std::size_t bytes_max = std::numeric_limits<std::size_t>::max());

}  // namespace hustings::segments
