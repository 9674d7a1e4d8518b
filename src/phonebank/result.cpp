#include "phonebank/result.h"

#include <algorithm>
#include <set>

#include <fmt/format.h>

namespace hustings::phonebank {

namespace {

constexpr auto kCallbackMax = std::chrono::days(60);

Status check_voter(const VoterResult& voter, const std::string& where) {
  if (voter.note.size() > kResultNoteMax) {
    return refuse(ErrorCode::over_limit,
                  fmt::format("A note has at most {} letters.", kResultNoteMax), where + ".note");
  }
  if (voter.answers.size() > kResultAnswersMax) {
    return refuse(ErrorCode::over_limit,
                  fmt::format("At most {} answers for a voter.", kResultAnswersMax),
                  where + ".answers");
  }
  if (!voter.answers.empty() && !effect_of(voter.disposition).spoken) {
    return invalid(fmt::format("Nobody can have answered when the call's result is {}.",
                               to_string(voter.disposition)),
                   where + ".answers");
  }
  std::set<QuestionId> asked;
  for (std::size_t i = 0; i < voter.answers.size(); ++i) {
    if (!asked.insert(voter.answers[i].question).second) {
      return invalid("This question is answered twice for one voter.",
                     fmt::format("{}.answers[{}].question", where, i));
    }
  }
  return {};
}

Status check_callback(const CallResult& result, Instant now) {
  const bool promised = std::ranges::any_of(result.voters, [](const VoterResult& voter) {
    return voter.disposition == Disposition::callback;
  });
  if (promised && !result.callback_at) {
    return invalid("Say when the voter is to be called back.", "callback_at");
  }
  if (!promised && result.callback_at) {
    return invalid("A time to call back goes with the result callback only.", "callback_at");
  }
  // A time that has passed is taken: the result may have waited for the network.
  if (promised && *result.callback_at > now + kCallbackMax) {
    return invalid("A call back can be promised for the next 60 days.", "callback_at");
  }
  return {};
}

}  // namespace

bool is_result_key(std::string_view key) {
  if (key.size() != 36) return false;
  for (std::size_t i = 0; i < key.size(); ++i) {
    const char c = key[i];
    const bool dash = i == 8 || i == 13 || i == 18 || i == 23;
    const bool hex = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
    if (dash ? c != '-' : !hex) return false;
  }
  return true;
}

Status check_result(const CallResult& result, Instant now) {
  if (!is_result_key(result.key)) {
    return invalid("The key is a UUID that the caller's page makes for each result.", "key");
  }
  if (result.voters.empty() || result.voters.size() > kResultVotersMax) {
    return invalid(fmt::format("A result is about 1 to {} voters.", kResultVotersMax), "voters");
  }
  std::set<VoterId> seen;
  for (std::size_t i = 0; i < result.voters.size(); ++i) {
    const std::string where = fmt::format("voters[{}]", i);
    if (!seen.insert(result.voters[i].voter).second) {
      return invalid("The same voter is named twice.", where + ".voter");
    }
    TRY(check_voter(result.voters[i], where));
  }
  return check_callback(result, now);
}

}  // namespace hustings::phonebank
