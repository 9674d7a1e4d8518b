#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/clock.h"
#include "base/guarded.h"
#include "base/periodic.h"
#include "feed/feed.h"
#include "model/ids.h"
#include "model/zone.h"
#include "pg/pool.h"

namespace hustings::segments {

/// How a phone bank that is open or paused calls.
struct CallingBank {
  CallingWindow window;
  std::string country;  ///< whose calling rules it keeps; empty: none
  bool state_hours = true;
  /// Whose consent it needs to show a number: nobody's, of who has a mobile number, everybody's.
  enum class Consent : std::uint8_t { none, mobile, all };
  Consent consent = Consent::none;
  /// A regular expression that mobile numbers (E.164 without the plus) begin with; empty: all do.
  std::string mobile;
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

/// What segments ask of who knows calling rules.
struct CallingLaw {
  HoursOf hours = window_alone;
  /// The consent that a phone bank needs which is made now, by the rules of its country.
  std::function<void(CallingBank&)> set_consent = [](CallingBank&) {};
};

/// What the phone banks' queues say of voters, at a moment.
struct QueueState {
  /// A caller has the number, else a call was promised, else it was called lately; else it is
  /// locked: an experiment's hold-out has it.
  enum class Bar : std::uint8_t { cooling_down, held, callback, locked };
  struct Barred {
    VoterId voter;
    Bar bar;
  };
  Instant at;
  std::vector<Barred> barred;
  std::vector<ListId> called_lists;  ///< of phone banks that are open or paused
  std::vector<CallingBank> banks;    ///< different ones; while there is none the campaign's usual
  HoursOf hours = window_alone;

  /// From the first hour of one of the banks to the last of one.
  CallingWindow window() const;
};

/// Reads it, each second while somebody asks, or as often as half of one connection's time allows,
/// and each minute while nobody does. Who asks first after a pause waits for what is new since.
/// Safe for several threads.
class QueueReader {
 public:
  QueueReader(pg::Pool& pool, const Clock& clock, CallingLaw law)
      : pool_(pool), clock_(clock), law_(std::move(law)) {}
  ~QueueReader();
  /// Reads it for the first time, on a thread of its own: in a large phone bank that takes seconds.
  void start();
  /// The newest, at most kStale old; while a newer one is read, at most kOldest.
  std::shared_ptr<const QueueState> read(Deadline deadline);
  /// As it is now.
  std::shared_ptr<const QueueState> read_now(Deadline deadline);

  static constexpr std::chrono::seconds kStale{10};
  static constexpr std::chrono::minutes kOldest{2};

 private:
  using Steady = std::chrono::steady_clock;
  struct Shown {
    std::shared_ptr<const QueueState> state;  ///< shared with who asks
    Steady::time_point read_at;
    Steady::time_point due_at;
    Steady::time_point asked_at;
    bool is_being_read = false;  ///< by the thread
  };
  /// Of one read at a time: what takes long and hardly ever changes, as of a feed position.
  struct Known {
    feed::Position position = 0;
    /// Whose best number each is, of those that were asked for.
    std::unordered_map<std::int64_t, std::vector<VoterId>> voters;
    std::vector<std::int64_t> locked;  ///< numbers of experiments' hold-outs
  };

  void read_again();
  static void forget_moved(pg::Connection& connection, Known& known);
  static void forget(pg::Connection& connection, Known& known, const std::vector<VoterId>& voters);
  /// Keeps which numbers are barred and, with their voters, who is.
  static void read_barred(pg::Connection& connection, Known& known, QueueState& state);

  pg::Pool& pool_;
  const Clock& clock_;
  CallingLaw law_;
  Guarded<Known> known_;
  Guarded<Shown> shown_;
  Guarded<std::unique_ptr<Periodic>> thread_;  ///< last: it uses all of the above
};

}  // namespace hustings::segments
