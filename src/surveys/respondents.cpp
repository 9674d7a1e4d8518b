#include "surveys/respondents.h"

#include <map>
#include <string_view>

#include "surveys/sql.h"

namespace hustings::surveys {

std::vector<Respondent> respondents(pg::Connection& connection, QuestionId question,
                                    const AnswersOf& of) {
  std::vector<Respondent> out;
  for (const pg::Row row : connection.run(sql::kRespondents, question, of.phonebank, of.list)) {
    out.push_back({.voter = row.get<VoterId>(0),
                   .choice = row.get<int>(1),
                   .text = std::string(row.text(8)),
                   .at = row.get<Instant>(2),
                   .age = row.get<std::optional<int>>(3),
                   .party = row.get<std::string>(4),
                   .gender = row.get<std::string>(5),
                   .county = row.get<std::string>(6),
                   .state = row.get<std::string>(7)});
  }
  return out;
}

std::vector<SampleChance> sample_chances(pg::Connection& connection, ListId list) {
  std::vector<SampleChance> out;
  for (const pg::Row row : connection.run(sql::kSampleChances, list)) {
    out.push_back({.voter = row.get<VoterId>(0),
                   .probability = row.get<double>(1),
                   .stratum = static_cast<std::uint32_t>(row.get<std::int32_t>(2)),
                   .cluster = static_cast<std::uint32_t>(row.get<std::int32_t>(3)),
                   .cluster_probability = row.get<double>(4)});
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
