#pragma once

#include "api/context.h"
#include "phonebank/phonebank_service.h"

namespace hustings::api {

/// Who asks, as a caller of the phone bank that they have joined. Refuses: conflict.
inline Result<phonebank::Caller> caller_of(const Context& context) {
  const access::Identity& identity = context.identity();
  if (!identity.phonebank) {
    return refuse(ErrorCode::conflict,
                  "You have not joined a phone bank. Open the link that you were given.",
                  "phonebank");
  }
  return phonebank::Caller{identity.person, *identity.phonebank};
}

}  // namespace hustings::api
