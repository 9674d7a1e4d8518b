#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/guarded.h"
#include "model/ids.h"
#include "model/zone.h"
#include "pg/pool.h"

namespace hustings::segments {

/// How a phone bank that is open or paused calls.
struct CallingBank {
  CallingWindow window;
  std::string country;  ///< whose calling rules it keeps; empty: none
  bool state_hours = true;
  bool needs_consent = false;  ///< of everybody whom it calls
  friend bool operator==(const CallingBank&, const CallingBank&) = default;
};

/// When a phone bank may call voters who live in a state.
struct PlaceHours {
  CallingWeek week = every_day(CallingWindow{});
  /// Of every address of a country that lies in one; nothing: those that address and number imply.
  std::optional<ZoneNames> zones;
  friend bool operator==(const PlaceHours&, const PlaceHours&) = default;
};
/// What calling rules make of it. Segments know none: who does gives this.
using HoursOf = std::function<PlaceHours(const CallingBank&, std::string_view state)>;
PlaceHours window_alone(const CallingBank& bank, std::string_view state);

/// What the phone banks' queues say of voters, at a moment.
struct QueueState {
  enum class Bar : std::uint8_t { cooling_down, held, callback };
  struct Barred {
    VoterId voter;
    Bar bar;  ///< a caller has the number, else a call was promised, else it was called lately
  };
  Instant at;
  std::vector<Barred> barred;
  std::vector<ListId> called_lists;  ///< of phone banks that are open or paused
  std::vector<CallingBank> banks;    ///< different ones; while there is none the campaign's usual
  HoursOf hours = window_alone;

  /// From the first hour of one of the banks to the last of one.
  CallingWindow window() const;
};

/// Reads it, at most once a second however many ask. Safe for several threads.
class QueueReader {
 public:
  QueueReader(pg::Pool& pool, const Clock& clock, HoursOf hours)
      : pool_(pool), clock_(clock), hours_(std::move(hours)) {}
  std::shared_ptr<const QueueState> read(Deadline deadline) const;

 private:
  std::shared_ptr<const QueueState> read_now(pg::Connection& connection, Instant at) const;

  pg::Pool& pool_;
  const Clock& clock_;
  HoursOf hours_;
  mutable Guarded<std::shared_ptr<const QueueState>> newest_;  ///< shared with who asks
};

}  // namespace hustings::segments
