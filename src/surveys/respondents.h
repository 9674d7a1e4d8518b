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
  int choice = 0;    ///< 0: would not say; -1: `text`
  std::string text;  ///< of several choices, a number or free words
  Instant at;
  std::optional<int> age;  ///< when the answer was given
  std::string party;       ///< empty: not known
  std::string gender;
  std::string county;
  std::string state;
};

/// Whose answers are meant; what is left out does not matter.
struct AnswersOf {
  std::optional<PhonebankId> phonebank{};  ///< given on its calls
  /// Given by whom it has as members, since it was frozen, in whatever way.
  std::optional<ListId> list{};
};
std::vector<Respondent> respondents(pg::Connection& connection, QuestionId question,
                                    const AnswersOf& of);

/// With which chance somebody came onto a sample. A person under whose identities several were
/// drawn has the first's.
struct SampleChance {
  VoterId voter;
  double probability = 1;
  std::uint32_t stratum = 0;
  std::uint32_t cluster = 0;
  double cluster_probability = 0;  ///< 0: not known, of samples drawn before it was kept
};
/// Of all members of a list; none: the list is no sample.
std::vector<SampleChance> sample_chances(pg::Connection& connection, ListId list);
/// Of those whom phone banks and web forms were to ask; who was asked otherwise (files, other
/// programs) is in no state. `phonebank`: of that one alone, without forms.
ResponseStates response_states(pg::Connection& connection, QuestionId question,
                               std::optional<PhonebankId> phonebank);

}  // namespace hustings::surveys
