#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "segments/aggregate.h"
#include "segments/electorate.h"
#include "segments/queue_state.h"

namespace hustings::segments {

/// Why a voter cannot be called now. Of several reasons the first of these counts.
enum class Hindrance : std::uint8_t {
  no_number,
  do_not_call,     ///< protected, or barred for anything but a ballot that is in
  no_consent,      ///< withdrawn for the campaign's calls, or not given where all banks need it
  not_registered,  ///< the registration was removed or denied
  outside_hours,   ///< of every phone bank and its rules, in a zone that address and number imply
  cooling_down,    ///< the number was called and may not be called again yet
  held,            ///< a caller has the number just now
  callback,        ///< promised for later
  hold_out,        ///< of a list that a phone bank works through, or locked by an experiment
  already_voted,
};
inline constexpr std::size_t kHindrances = 10;
std::string_view to_string(Hindrance hindrance);

/// Everybody who matches, each counted once: `callable` and what is in `by` make the whole.
struct Waterfall {
  std::uint64_t whole = 0;
  std::array<std::uint64_t, kHindrances> by{};
  std::uint64_t callable = 0;
  friend bool operator==(const Waterfall&, const Waterfall&) = default;
};

struct BarredRow {
  Row row = 0;
  QueueState::Bar bar{};
  friend auto operator<=>(const BarredRow&, const BarredRow&) = default;
};
/// Whom the queues bar, by row, each once. They hold as long as rows are whose they were: to be
/// found anew after a load, a removal or a new voter.
std::vector<BarredRow> barred_rows(const Electorate& electorate, const QueueState& queues);

/// What the queues say, and of whom.
struct Barring {
  const QueueState& queues;
  std::span<const BarredRow> rows;
};
/// Takes those who match `universe` apart, as of `now`. Exact for the columns and the queues' state
/// given.
Waterfall waterfall(const Scan& scan, const Electorate& electorate, const Filter& universe,
                    const Barring& barring, Instant now);

}  // namespace hustings::segments
