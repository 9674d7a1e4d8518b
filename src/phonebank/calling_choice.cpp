#include "phonebank/calling_choice.h"

#include <fmt/format.h>

#include "feed/feed.h"
#include "phonebank/phonebank_service.h"
#include "phonebank/sql.h"

namespace hustings::phonebank {

CallingChoice PhonebankService::calling_choice(Deadline deadline) {
  const auto connection = pool_.acquire(deadline);
  const auto rows = connection->run(sql::kGetCallingChoice);
  if (rows.empty()) return {};
  const pg::Row row = rows[0];
  return {.country = std::string(row.text(0)),
          .state_hours = row.get<bool>(1),
          .chosen_by = std::string(row.text(2)),
          .chosen_at = row.get<Instant>(3)};
}

Status PhonebankService::choose_calling_rules(const std::string& country, bool state_hours,
                                              const std::string& actor, Deadline deadline) {
  if (rule_book_.find(country) == nullptr) {
    return invalid("There are no calling rules of this country. GET /v1/calling-rules lists them.",
                   "country");
  }
  const auto connection = pool_.acquire(deadline);
  pg::Transaction transaction(*connection, deadline);
  transaction.run(sql::kSetCallingChoice, country, state_hours, actor, time_.given());
  const feed::Change change{
      .kind = ChangeKind::calling_rules_chosen,
      .subject = "campaign",
      .actor = actor,
      .payload = fmt::format(R"({{"country":"{}","state_hours":{}}})", country, state_hours)};
  feed::commit(transaction, {&change, 1});
  return {};
}

}  // namespace hustings::phonebank
