#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <vector>

#include "base/clock.h"
#include "model/ids.h"

namespace hustings::simulate {

using Moment = std::chrono::steady_clock::time_point;

/// A result's key: a UUID in two halves.
struct ResultKey {
  std::uint64_t high = 0;
  std::uint64_t low = 0;
};

/// A number that a caller was shown, and what became of it, by the caller's own clock: one
/// monotonic clock for all callers, since they are of one process.
struct Showing {
  enum class Ended : std::uint8_t { not_yet, stored, stored_late, released, refused };

  std::uint32_t caller = 0;
  std::int32_t epoch = 0;
  PhonebankId phonebank;
  LeaseId lease;
  std::int64_t number = 0;
  Moment asked;      ///< the claim was sent, for the first time
  Moment shown;      ///< its answer came
  Moment lease_end;  ///< as the server has said
  ResultKey key;
  Moment told;   ///< the result was sent, for the first time
  Moment ended;  ///< its answer came
  Ended end = Ended::not_yet;
  std::uint8_t voters = 0;   ///< of the result
  std::uint8_t answers = 0;  ///< to questions, of all voters
  bool is_do_not_call = false;
  bool is_wrong_number = false;
  bool was_resent = false;  ///< the answer to the first sending was lost
};

/// Numbers that must not be called any more, from somewhere else than a caller's result.
struct Barred {
  std::int64_t number = 0;
  Moment acknowledged;
};

struct History {
  std::vector<Showing> showings;  ///< in the order in which they were shown
  std::vector<Barred> barred;
  std::int64_t refusals = 0;  ///< answers that are neither a number, a stored result nor "nothing"
  std::int64_t disconnects = 0;  ///< connections that ended
};

}  // namespace hustings::simulate
