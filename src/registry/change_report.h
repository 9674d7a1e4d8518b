#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "model/ids.h"
#include "pg/connection.h"

namespace hustings::registry {

/// What the staged rows of known identities would change.
struct ChangeReport {
  using Value = std::optional<std::string>;
  struct Same {
    Value old;
    Value now;
    std::int64_t count = 0;
  };
  struct Field {
    std::string name;
    std::int64_t count = 0;     ///< rows in which it would change
    std::int64_t distinct = 0;  ///< different changes: few of many rows are new codes, not moves
    std::vector<Same> same;     ///< changes that several rows have in common, the commonest first
  };
  struct Sample {
    VoterId voter;
    std::string external_id;
    std::string field;
    Value old;
    Value now;
  };
  std::vector<Field> fields;    ///< the commonest first
  std::vector<Sample> samples;  ///< at most 20, of many fields; none of protected voters
};

/// Compares what registry::Stage holds of changed voters with the newest version of each identity.
/// Leaves nothing behind once the transaction is rolled back.
ChangeReport report_changes(pg::Transaction& transaction);

}  // namespace hustings::registry
