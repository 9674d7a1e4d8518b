#include "telephony/manual_calls.h"

namespace hustings::telephony {

std::optional<std::string> ManualCalls::place(const CallOrder& order) {
  return "tel:" + phone_e164(order.number);
}

}  // namespace hustings::telephony
