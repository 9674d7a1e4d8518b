#include "phonebank/removal_effects.h"

#include <vector>

#include "model/ids.h"
#include "model/phone.h"
#include "phonebank/sql.h"

namespace hustings::phonebank {

void RemovalEffects::on_voters_removed(pg::Transaction& transaction) {
  std::vector<PhonebankId> phonebanks;
  std::vector<PhoneNumber> numbers;
  for (const pg::Row row : transaction.run(sql::kBarVanished)) {
    phonebanks.push_back(row.get<PhonebankId>(0));
    numbers.push_back(row.get<PhoneNumber>(1));
  }
  if (!numbers.empty()) transaction.run(sql::kBarEmptyLines, phonebanks, numbers, "removed");
}

}  // namespace hustings::phonebank
