#include "phonebank/phonebank.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "base/text.h"

namespace hustings::phonebank {

namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr std::array<std::string_view, 3> kStateNames{"open", "paused", "closed"};
constexpr std::size_t kNameMax = 200;
constexpr seconds kRetryMax = hours(24 * 14);
constexpr seconds kBusyMin{60};
constexpr seconds kLeaseMin{30};
constexpr seconds kLeaseMax = hours(2);
constexpr int kAttemptsMax = 20;

}  // namespace

std::string_view to_string(PhonebankState state) {
  return kStateNames.at(static_cast<std::size_t>(state));
}

std::optional<PhonebankState> phonebank_state_from(std::string_view text) {
  const auto found = std::ranges::find(kStateNames, text);
  if (found == kStateNames.end()) return std::nullopt;
  return static_cast<PhonebankState>(found - kStateNames.begin());
}

Status check_draft(const PhonebankDraft& draft) {
  const auto name = trim(draft.name);
  if (name.empty() || name.size() > kNameMax) {
    return invalid(fmt::format("Give the phone bank a name of 1 to {} letters.", kNameMax), "name");
  }
  return check_rules(draft.rules);
}

Status check_rules(const Rules& rules) {
  if (rules.retry < seconds(0) || rules.retry > kRetryMax) {
    return invalid("The time between two attempts is 0 minutes to 14 days.", "retry_minutes");
  }
  if (rules.busy_retry < kBusyMin || rules.busy_retry > kRetryMax) {
    return invalid("Busy is tried again after 1 minute to 14 days.", "busy_minutes");
  }
  if (rules.message_retry < seconds(0) || rules.message_retry > kRetryMax) {
    return invalid("The time after a message is 0 minutes to 14 days.", "message_minutes");
  }
  if (rules.lease < kLeaseMin || rules.lease > kLeaseMax) {
    return invalid("A caller has 30 seconds to 2 hours for a call.", "lease_seconds");
  }
  if (rules.attempts_max < 1 || rules.attempts_max > kAttemptsMax) {
    return invalid(fmt::format("A line is tried 1 to {} times.", kAttemptsMax), "attempts_max");
  }
  if (rules.window.opens < minutes(0) || rules.window.closes > hours(24) ||
      rules.window.opens >= rules.window.closes) {
    return invalid("The calling hours begin before they end, on one day.", "opens");
  }
  return {};
}

}  // namespace hustings::phonebank
