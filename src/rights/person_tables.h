#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "model/ids.h"
#include "pg/connection.h"

/// Every table that knows something of a person, with the statement that shows it to the person and
/// the one that takes it away. This is the one place where the registry reads and deletes rows of
/// other modules: what is asked for here is asked of all that is kept, and a list in one place can
/// be held against the database's own catalogue (person_tables_pgtest: a table with a voter, a home
/// or a number that is not named here fails).
namespace hustings::rights {

struct PersonTable {
  std::string_view table;
  /// Rows as JSON, for ($1 buckets, $2 ids, $3 names of columns to leave out); null where the rows
  /// are of no person alone.
  const pg::Statement* report;
  /// Deletes them, for ($1 buckets, $2 ids); null where erasure.cpp does more than that.
  const pg::Statement* erase;
};
/// In the order in which they are shown, and deleted.
std::span<const PersonTable> person_tables();

/// The ids under which rows of a person stand: the person's own and those of its identities.
struct PersonIds {
  VoterId voter;
  std::vector<std::int16_t> buckets;  ///< of the ids, in their order
  std::vector<VoterId> ids;
};
PersonIds ids_of(pg::Connection& connection, VoterId voter);

}  // namespace hustings::rights
