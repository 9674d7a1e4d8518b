#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "model/ids.h"
#include "model/phone.h"
#include "pg/connection.h"
#include "phonebank/claim.h"
#include "phonebank/phonebank.h"

namespace hustings::phonebank {

/// What the registry says of a line's voters at the moment of showing its number. The queue has
/// been told of every bar already; this is looked at again so that nothing rests on that alone.
struct SecondLook {
  Instant moment;
  std::vector<LeaseVoter> voters;  ///< who may be called
  std::optional<std::string> bar;  ///< why nobody may be
  bool complete = false;           ///< nobody is left to reach
};

struct LookAt {
  PhonebankId phonebank;
  std::vector<PhoneNumber> numbers;  ///< none twice
  Instant at;
};

/// One look for each number, in their order. Marks voters who turn out to be barred, in the same
/// transaction.
std::vector<SecondLook> look_again(pg::Transaction& transaction, const LookAt& lines,
                                   const QueueTime& time);

}  // namespace hustings::phonebank
