#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/error.h"
#include "base/guarded.h"
#include "model/ids.h"
#include "pg/pool.h"
#include "phonebank/phonebank.h"
#include "phonebank/tally.h"

namespace hustings::phonebank {

/// What a lead may look at, of one caller on one phone bank. Signs, no verdicts: a caller with many
/// short calls may have a list of dead numbers.
struct QualityRow {
  PersonId person;
  std::string name;
  Calls calls;
  double median_seconds = 0;  ///< from the showing of the number to its result
  std::int64_t hasty = 0;     ///< nobody reached, within kHasty of the showing: hardly rung
  std::int64_t unspoken = 0;  ///< calls on which nobody spoke
  std::int64_t barring = 0;   ///< that barred a number or a voter
  std::int64_t late = 0;      ///< results that came after their lease
  std::int64_t changed = 0;   ///< results that the caller changed or took back
};
inline constexpr std::chrono::seconds kHasty{15};  ///< the least time to let it ring

/// How long it took from a caller's result to the next number on that caller's page. What is longer
/// than kBreak was a break and is left out.
struct Waits {
  std::int64_t counted = 0;
  double median_seconds = 0;
  double most_seconds = 0;  ///< 95 of 100 were shorter
  double longest_seconds = 0;
};
inline constexpr std::chrono::minutes kBreak{10};

/// Tries to reach a voter, and how many of them were conversations.
struct VoterCalls {
  VoterId voter;
  Calls calls;
};

/// Of whom a phone bank is the room. Empty: of anybody.
struct Room {
  std::string state;
  std::string language;
  std::string team;
  bool takes_guests = false;  ///< callers whose own room has no work may come
};

struct RoomRow {
  PhonebankId phonebank;
  std::string name;
  Room room;
};

struct BoardRow {
  std::string name;
  std::int64_t conversations = 0;
  bool is_own = false;
};

/// What leads do beside the queue, and what callers see of each other. Calls may come from several
/// threads.
class Supervision {
 public:
  Supervision(pg::Pool& pool, QueueTime time) : pool_(pool), time_(time) {}

  static constexpr int kRowsMax = 10'000;
  static constexpr int kTriesRead = 100'000;
  static constexpr std::size_t kMessageMax = 500;
  static constexpr std::size_t kRoomWordMax = 60;

  /// The hours since then that had calls.
  std::vector<CallsAt> hours(PhonebankId phonebank, Instant since, Deadline deadline);
  std::vector<QualityRow> quality(PhonebankId phonebank, Deadline deadline);
  /// How long callers waited since then.
  Waits waits(PhonebankId phonebank, Instant since, Deadline deadline);
  /// The newest tries to reach voters, at most kTriesRead, by voter.
  std::vector<VoterCalls> calls_by_voter(PhonebankId phonebank, Deadline deadline);

  /// Words that callers see at their next sign of life, for a while. Nobody named: all of them.
  Status send(PhonebankId phonebank, std::optional<PersonId> person, const std::string& text,
              std::chrono::minutes length, const std::string& actor, Deadline deadline);
  /// What this caller is to read now.
  std::optional<std::string> message_for(const Caller& caller, Deadline deadline);

  Result<Room> room(PhonebankId phonebank, Deadline deadline);
  Status set_room(PhonebankId phonebank, const Room& room, const std::string& actor,
                  Deadline deadline);
  /// Open rooms that take guests and have numbers ready, besides the caller's own.
  std::vector<RoomRow> rooms_for(const Caller& caller, Deadline deadline);

  /// Callers who want to be seen, by conversations of the last 24 hours, and the asking one.
  std::vector<BoardRow> board(const Caller& caller, Deadline deadline);
  bool is_on_board(const Caller& caller, Deadline deadline);
  void show_on_board(const Caller& caller, bool shown, Deadline deadline);

 private:
  struct Message {
    std::optional<PersonId> person;
    std::string text;
    Instant ends_at;
  };
  struct Kept {
    std::chrono::steady_clock::time_point good_until;
    std::vector<Message> messages;  ///< newest first
    Instant moment;
  };
  void forget_messages(PhonebankId phonebank);

  pg::Pool& pool_;
  QueueTime time_;
  Guarded<std::map<PhonebankId, Kept>> messages_;
};

}  // namespace hustings::phonebank
