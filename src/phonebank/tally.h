#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <utility>

#include "base/clock.h"
#include "model/ids.h"
#include "pg/connection.h"
#include "surveys/survey_service.h"

namespace hustings::phonebank {

struct Calls {
  std::int64_t calls = 0;
  std::int64_t conversations = 0;  ///< calls on which somebody spoke with the caller
  Calls& operator+=(const Calls& other) {
    calls += other.calls;
    conversations += other.conversations;
    return *this;
  }
};

/// Calls of a stretch of time that begins then: of a minute, of an hour.
struct CallsAt {
  Instant at;
  Calls calls;
};

/// What callers have done on a phone bank.
struct Tally {
  Calls calls;
  std::map<PersonId, Calls> by_caller;
  std::map<std::string, std::int64_t> dispositions;            ///< of voters, not of calls
  std::map<std::pair<QuestionId, int>, std::int64_t> answers;  ///< by question and choice
  std::int64_t answers_given() const;
};

/// A tally over everything up to `until`, which never changes any more: results carry the time of
/// their transaction, and no request may take as long as kSettling (600 s at most). What is newer
/// is counted anew each time, so that a view costs the same after two million calls as after two
/// thousand.
struct TallySoFar {
  Tally tally;
  Instant until;
};

inline constexpr std::chrono::minutes kSettling{15};

/// The tally of a phone bank at `at`; advances `so_far`.
Tally tally_at(pg::Transaction& transaction, surveys::SurveyService& surveys, PhonebankId phonebank,
               std::span<const QuestionId> questions, Instant at, TallySoFar& so_far);

}  // namespace hustings::phonebank
