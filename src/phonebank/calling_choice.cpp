#include <fmt/format.h>

#include "feed/feed.h"
#include "phonebank/phonebank_service.h"

namespace hustings::phonebank {

campaign::CallingChoice PhonebankService::calling_choice(Deadline deadline) {
  const auto connection = pool_.acquire(deadline);
  return campaign::calling_choice(*connection);
}

Status PhonebankService::choose_calling_rules(const std::string& country, bool state_hours,
                                              const std::string& actor, Deadline deadline) {
  if (rule_book_.find(country) == nullptr) {
    return invalid("There are no calling rules of this country. GET /v1/calling-rules lists them.",
                   "country");
  }
  const auto connection = pool_.acquire(deadline);
  pg::Transaction transaction(*connection, deadline);
  campaign::choose(transaction, {.country = country,
                                 .state_hours = state_hours,
                                 .chosen_by = actor,
                                 .chosen_at = time_.given()});
  const feed::Change change{
      .kind = ChangeKind::calling_rules_chosen,
      .subject = "campaign",
      .actor = actor,
      .payload = fmt::format(R"({{"country":"{}","state_hours":{}}})", country, state_hours)};
  feed::commit(transaction, {&change, 1});
  return {};
}

}  // namespace hustings::phonebank
