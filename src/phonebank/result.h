#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/error.h"
#include "model/disposition.h"
#include "model/ids.h"
#include "surveys/survey.h"

/// What a caller hands in after a call.
namespace hustings::phonebank {

struct VoterResult {
  VoterId voter;
  Disposition disposition = Disposition::no_answer;
  std::vector<surveys::Answer> answers;
  std::string note;
  /// The campaign's own name for it, whose base is `disposition` (Dispositions::base_of).
  std::optional<std::string> own;
};

enum class CallbackBy : std::uint8_t { me, anyone };

struct CallResult {
  std::string key;  ///< a UUID that the caller's page made: the same key is the same result
  PersonId caller;
  LeaseId lease;
  int epoch = 0;
  std::vector<VoterResult> voters;
  std::optional<Instant> callback_at;  ///< with a disposition callback only
  CallbackBy callback_by = CallbackBy::anyone;
};

struct Stored {
  bool late = false;    ///< the lease had ended when it came; kept all the same
  bool repeat = false;  ///< it was stored before under this key
};

constexpr std::size_t kResultVotersMax = 20;
constexpr std::size_t kResultNoteMax = 2000;
constexpr std::size_t kResultAnswersMax = 50;

/// Whether a key is a UUID, as the page makes it.
bool is_result_key(std::string_view key);

/// Refuses a result that makes no sense in itself; answers are checked by surveys, voters and lease
/// against the database. `now` bounds a promised time.
Status check_result(const CallResult& result, Instant now);

}  // namespace hustings::phonebank
