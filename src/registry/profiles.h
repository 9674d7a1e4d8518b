#pragma once

#include "model/ids.h"
#include "pg/connection.h"

/// Profiles out of records. A person with one record has no copy of it: the profile is the record.
/// All others have every version in record_value, and one set of statements resolves any number of
/// persons at once: survivorship.h.
namespace hustings::registry {

/// Waits for the right to write profiles, held to the end of the transaction: an import's or an
/// undo's last step and corrections come one after the other, so that none overlooks the other's.
void lock_profiles(pg::Transaction& transaction);

/// Makes the set of persons that resolve_profiles() works on, empty at the start of a transaction.
void begin_persons(pg::Transaction& transaction);
void add_person(pg::Transaction& transaction, VoterId voter);

/// Writes profile and phones of everybody in the set anew, out of records and corrections. Whoever
/// has no record in record_value is left alone.
void resolve_profiles(pg::Transaction& transaction);

/// Writes out the one record of a voter, if it is not yet: before a correction.
void write_out_record(pg::Transaction& transaction, VoterId voter);

}  // namespace hustings::registry
