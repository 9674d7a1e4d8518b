#pragma once

#include <string>
#include <vector>

#include "pg/connection.h"

namespace hustings::pg::testing {

/// Columns of the table whose rows a statement deletes and inserts again, as those of
/// registry/persons.h do, that its insert does not name: what stands in them would be lost.
std::vector<std::string> columns_not_moved(Connection& connection, const Statement& statement);

}  // namespace hustings::pg::testing
