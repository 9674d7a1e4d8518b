#include "registry/profiles.h"

#include "registry/sql.h"

namespace hustings::registry {

void lock_profiles(pg::Transaction& transaction) { transaction.run(sql::kRegistryLock); }

void begin_persons(pg::Transaction& transaction) {
  transaction.run(sql::kPersonSetMake);
  transaction.run(sql::kResolvedMake);
}

void add_person(pg::Transaction& transaction, VoterId voter) {
  transaction.run(sql::kPersonSetAdd, bucket_of(voter), voter);
}

void resolve_profiles(pg::Transaction& transaction) {
  transaction.run(sql::kPersonSetAnalyze);
  transaction.run(sql::kResolveJoinsSets);
  transaction.run(sql::kResolveRecords);
  transaction.run(sql::kResolveCorrections);
  transaction.run(sql::kResolveProtected);
  transaction.run(sql::kResolvedAnalyze);
  transaction.run(sql::kResolveUpdate);
  transaction.run(sql::kResolveInsert);
  transaction.run(sql::kResolvePhonesDrop);
  transaction.run(sql::kResolvePhonesAdd);
  transaction.run(sql::kResolveJoinsAny);
}

void write_out_record(pg::Transaction& transaction, VoterId voter) {
  transaction.run(sql::kRecordsWriteOne, bucket_of(voter), voter);
}

}  // namespace hustings::registry
