#pragma once

#include <string>
#include <utility>
#include <vector>

#include "base/clock.h"
#include "base/error.h"
#include "model/ids.h"
#include "pg/connection.h"
#include "rights/erasure.h"
#include "rights/person_tables.h"

/// Everything that is known of one person, as one JSON document: who asks what is kept of them gets
/// this file.
///
///   {"voter":"vtr_…","made_at":"…","protected":false,"withheld":[],
///    "identities":[{"source":…,"external_id":…}],"held_by_files":[{"import":…,"file_name":…,…}],
///    "rows_as_received":[{"import":…,"file_name":…,"line":…,"row":…}],
///    "tables":{"voter":[…],"phone":[…],…}}
///
/// `tables` has every table of person_tables.h, columns by their names in the database, empty ones
/// too. Of a person who is protected by law nothing leaves that leads to the door: address,
/// numbers, districts, notes and rows as received are left out, and `withheld` says what; the
/// authority that protects the person has the rest.
namespace hustings::rights {

/// not_found where there is no such voter. `raw` may be null. In one snapshot if the connection is
/// in a repeatable read transaction.
Result<std::string> person_report(pg::Connection& connection, VoterId voter, RawRows* raw,
                                  Instant now);

/// What an erasure would take away: how many rows of which table.
Result<Erasure> erasure_outlook(pg::Connection& connection, VoterId voter, RawRows* raw);

}  // namespace hustings::rights
