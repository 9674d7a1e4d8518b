#include "campaign/calling_choice.h"

#include "campaign/sql.h"

namespace hustings::campaign {

CallingChoice calling_choice(pg::Connection& connection) {
  const auto rows = connection.run(sql::kGetCallingChoice);
  if (rows.empty()) return {};
  const pg::Row row = rows[0];
  return {.country = std::string(row.text(0)),
          .state_hours = row.get<bool>(1),
          .chosen_by = std::string(row.text(2)),
          .chosen_at = row.get<Instant>(3)};
}

void choose(pg::Transaction& transaction, const CallingChoice& choice) {
  transaction.run(sql::kSetCallingChoice, choice.country, choice.state_hours, choice.chosen_by,
                  choice.chosen_at);
}

std::string home_country(pg::Connection& connection) {
  const pg::Rows chosen = connection.run(sql::kHomeCountry);
  return chosen.empty() ? "US" : std::string(chosen[0].text(0));
}

}  // namespace hustings::campaign
