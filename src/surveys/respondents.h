#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "model/ids.h"
#include "pg/connection.h"
#include "surveys/response_rates.h"

/// Who answered a question, read from the database.
namespace hustings::surveys {

/// A voter's newest answer, with what it can be weighted by.
struct Respondent {
  VoterId voter;
  int choice = 0;  ///< 0: would not say; -1: free words
  Instant at;
  std::optional<int> age;  ///< when the answer was given
  std::string party;       ///< empty: not known
  std::string gender;
  std::string county;
  std::string state;
};

/// All phone banks, and answers from elsewhere; or one phone bank.
std::vector<Respondent> respondents(pg::Connection& connection, QuestionId question,
                                    std::optional<PhonebankId> phonebank);
ResponseStates response_states(pg::Connection& connection, QuestionId question,
                               std::optional<PhonebankId> phonebank);

}  // namespace hustings::surveys
