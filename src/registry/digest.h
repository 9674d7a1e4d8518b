#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "pg/connection.h"

namespace hustings::registry {

/// Everything visible in the registry, row by row: profiles with all their values, numbers, votes,
/// elections, scores, links, corrections, bars and consents, each voter by the id of the source.
/// `use` gets the kind of row and the row, as text. Numbers of imports and of voters are not in it,
/// so that two registries that were filled in different ways can be compared. In one transaction.
void each_visible_row(pg::Connection& connection,
                      const std::function<void(std::string_view kind, std::string_view row)>& use);

/// A digest of each kind of row, whatever their order, a line each: "voters 1000 5f…".
std::string digest(pg::Connection& connection);

}  // namespace hustings::registry
