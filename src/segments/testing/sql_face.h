#pragma once

#include <vector>

#include "pg/connection.h"
#include "segments/electorate.h"
#include "segments/query.h"
#include "segments/rule.h"

/// The two ways to run a rule, side by side.
namespace hustings::segments::testing {

Totals sql_totals(pg::Connection& connection, const Rule& rule, Instant now);
/// In the order of their ids.
std::vector<VoterId> sql_members(pg::Connection& connection, const Rule& rule, Instant now);
std::vector<VoterId> engine_members(const Electorate& electorate, const Rule& rule, Instant now);

}  // namespace hustings::segments::testing
