#pragma once

#include "pg/connection.h"

namespace hustings::pg::testing {

/// Citus is in no Debian, so no test can run it. These functions stand where its own do, in the
/// connection's schema: they spread nothing, but refuse what Citus refuses of a table (a unique key
/// or exclusion without the column, a foreign key, a trigger, a generated column, another type than
/// the table beside it has), as measured on Citus 13.2, and remember the rest.
void make_citus_rules(Connection& connection);

}  // namespace hustings::pg::testing
