#pragma once

#include <optional>
#include <string>

#include "telephony/call_control.h"

namespace hustings::telephony {

/// The caller's own phone: each order is a tel: link (RFC 3966), and nothing is heard of the call.
class ManualCalls final : public CallControl {
 public:
  Driver driver() const override { return Driver::manual; }
  bool has_events() const override { return false; }
  void on_event(Listener /*listener*/) override {}
  std::optional<std::string> place(const CallOrder& order) override;
  void hang_up(LeaseId /*key*/) override {}
};

}  // namespace hustings::telephony
