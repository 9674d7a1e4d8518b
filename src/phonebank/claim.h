#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "model/disposition.h"
#include "model/ids.h"
#include "model/phone.h"

/// What a caller is given.
namespace hustings::phonebank {

struct EarlierAttempt {
  Instant at;
  Disposition disposition = Disposition::no_answer;
  std::string note;
  bool other_number = false;  ///< it was another number of theirs
};

struct LeaseVoter {
  VoterId id;
  std::string first_name;
  std::string last_name;
  std::optional<int> age;
  std::optional<std::string> city;
  std::optional<std::string> party;
  std::optional<std::string> gender;
  std::vector<EarlierAttempt> earlier;  ///< newest first
};

/// A line lent to one caller for a limited time. Lease and epoch together are what a result names.
struct Lease {
  LeaseId id;
  int epoch = 0;
  PhoneNumber number = 0;
  Instant until;
  std::vector<LeaseVoter> voters;  ///< at least one; in the list's order
};

enum class NothingReason : std::uint8_t {
  none_ready,             ///< what is left is with other callers, or promised to them
  outside_calling_hours,  ///< there are lines, where it is too early or too late
  paused,
  closed,
  all_done,
  waiting,  ///< every line waits for its next attempt
};
std::string_view to_string(NothingReason reason);

/// Why there is no line just now.
struct NothingReady {
  NothingReason reason = NothingReason::none_ready;
  std::string sentence;            ///< for the caller
  std::optional<Instant> next_at;  ///< when it is worth asking again, if that is known
};

/// Exactly one of the two.
struct Claim {
  std::optional<Lease> lease;
  std::optional<NothingReady> nothing;
};

enum class ReleaseReason : std::uint8_t { skipped, on_break, technical };

}  // namespace hustings::phonebank
