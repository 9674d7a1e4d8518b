#include "phonebank/hold_out_effects.h"

#include <vector>

#include "model/phone.h"
#include "phonebank/sql.h"

namespace hustings::phonebank {

void lock_hold_out(pg::Transaction& transaction, ExperimentId experiment, Instant at) {
  std::vector<PhoneNumber> numbers;
  for (const pg::Row row : transaction.run(sql::kHoldOutNumbers, experiment))
    numbers.push_back(row.get<PhoneNumber>(0));
  // A claim takes its lines before it notes attempts, and passes over locked ones.
  transaction.run(sql::kHoldOutLockLines, numbers);
  transaction.run(sql::kHoldOutGuard, experiment, at);
  transaction.run(sql::kHoldOutBar, numbers);
}

void unlock_hold_out(pg::Transaction& transaction, ExperimentId experiment, Instant at) {
  transaction.run(sql::kHoldOutUnguard, experiment);
  transaction.run(sql::kHoldOutGuard, ExperimentId(0), at);
  transaction.run(sql::kHoldOutUnbar, at);
}

}  // namespace hustings::phonebank
