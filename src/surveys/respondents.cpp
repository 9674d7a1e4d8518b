#include "surveys/respondents.h"

#include <map>
#include <string_view>

#include "surveys/sql.h"

namespace hustings::surveys {

std::vector<Respondent> respondents(pg::Connection& connection, QuestionId question,
                                    std::optional<PhonebankId> phonebank) {
  std::vector<Respondent> out;
  for (const pg::Row row : connection.run(sql::kRespondents, question, phonebank)) {
    out.push_back({.voter = row.get<VoterId>(0),
                   .choice = row.get<int>(1),
                   .at = row.get<Instant>(2),
                   .age = row.get<std::optional<int>>(3),
                   .party = row.get<std::string>(4),
                   .gender = row.get<std::string>(5),
                   .county = row.get<std::string>(6),
                   .state = row.get<std::string>(7)});
  }
  return out;
}

ResponseStates response_states(pg::Connection& connection, QuestionId question,
                               std::optional<PhonebankId> phonebank) {
  ResponseStates states;
  const std::map<std::string_view, std::int64_t*> counts = {
      {"complete", &states.complete},     {"partial", &states.partial},
      {"refused", &states.refused},       {"no_contact", &states.no_contact},
      {"other", &states.other},           {"unknown", &states.unknown},
      {"ineligible", &states.ineligible}, {"not_tried", &states.not_tried}};
  for (const pg::Row row : connection.run(sql::kResponseStates, question, phonebank))
    *counts.at(row.text(0)) = row.get<std::int64_t>(1);
  return states;
}

}  // namespace hustings::surveys
