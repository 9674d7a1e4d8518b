#pragma once

#include <string>

#include "base/clock.h"
#include "pg/value.h"
#include "segments/rule.h"

namespace hustings::segments {

/// A rule as SQL: the oracle of the engine's tests, and the way to run a rule on what the engine
/// does not hold.
struct RuleSql {
  std::string text;
  pg::Parameters parameters;
};

/// One row: how many voters, households and voters with a phone match.
RuleSql count_sql(const Rule& rule, Instant now);
/// The ids of the voters that match, in order.
RuleSql members_sql(const Rule& rule, Instant now);

}  // namespace hustings::segments
