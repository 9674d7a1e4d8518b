#pragma once

#include "model/ids.h"
#include "pg/connection.h"

/// An import matches its rows to persons while it reads the file, perhaps for minutes; whoever is
/// joined or split meanwhile has another person when it publishes.
namespace hustings::registry {

enum class Matched : unsigned char { changed_voters, votes, scores };

/// Gives rows that were matched before to the persons of now: of changed voters and votes those
/// that are staged (bulk_writer.h), of scores those of the run. Under lock_profiles(), before the
/// rows are used.
void follow_late_links(pg::Transaction& transaction, Matched what, ImportId import);

}  // namespace hustings::registry
