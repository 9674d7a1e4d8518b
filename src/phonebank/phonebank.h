#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/error.h"
#include "model/ids.h"
#include "model/zone.h"
#include "phonebank/calling_rules.h"

namespace hustings::phonebank {

enum class PhonebankState : std::uint8_t {
  open,    ///< hands out numbers
  paused,  ///< hands nothing out; results are still taken
  closed,  ///< the same, for good
};
std::string_view to_string(PhonebankState state);
std::optional<PhonebankState> phonebank_state_from(std::string_view text);

/// The least time between two attempts on a line, by what came of the first.
struct RetryTimes {
  std::chrono::seconds usual{4 * 3600};
  /// People hang up soon, but nobody is to be rung every minute.
  std::chrono::seconds busy{20 * 60};
  /// Who got a message is not called again on the same day; never shorter than the usual time.
  std::chrono::seconds message{20 * 3600};
};

/// How a phone bank calls.
struct Rules {
  std::chrono::seconds retry{4 * 3600};  ///< least time between two attempts on a line
  std::chrono::seconds busy_retry = RetryTimes{}.busy;        ///< after busy
  std::chrono::seconds message_retry = RetryTimes{}.message;  ///< after a message was left
  bool whole_passes = false;        ///< lines tried less often come first, whatever their place
  bool next_at_once = false;        ///< a voter's next number after a wrong one need not wait
  std::chrono::seconds lease{600};  ///< how long a caller has for a call without a sign of life
  int attempts_max = 3;             ///< showings of a line that does not answer
  CallingWindow window;             ///< of the voter's local day
  std::string country;      ///< whose calling rules it keeps (RuleBook); empty: its own window only
  bool state_hours = true;  ///< also the narrower hours of that country's states
  ConsentNeed consent = ConsentNeed::none;  ///< no number is shown without it

  RetryTimes retry_times() const { return {retry, busy_retry, message_retry}; }
};

struct Phonebank {
  PhonebankId id;
  std::string name;
  ListId list;
  std::string list_name;
  ScriptId script;
  std::string script_name;
  PhonebankState state = PhonebankState::paused;
  Rules rules;
  Instant created_at;
  int arm = 1;           ///< of its list: whom it calls; never 0, the hold-out
  std::string arm_name;  ///< "treatment"
  /// Whether leavers of the list's segment drop out and joiners are added, as long as it runs.
  bool follows = false;
  std::int64_t joined = 0;  ///< voters who have joined its list since it was frozen, all arms
};

/// What a person writes to make one.
struct PhonebankDraft {
  std::string name;
  ListId list;
  ScriptId script;
  Rules rules;
  std::string arm;  ///< of the list; empty: its first
  bool follows = false;
};

/// Refuses times and numbers out of their limits.
Status check_rules(const Rules& rules);
/// Refuses a name, times or numbers out of their limits.
Status check_draft(const PhonebankDraft& draft);

/// Who calls, and for which phone bank.
struct Caller {
  PersonId person;
  PhonebankId phonebank;
};

/// Whose clock decides when a line is due, held too long, or outside its hours.
enum class TimeSource : std::uint8_t {
  database,  ///< the database's: one clock for all processes, whatever the hosts' clocks say
  clock,     ///< the Clock given to the service: tests and the simulation
};

/// The moment as the queue's statements take it: nothing stands for the database's own.
class QueueTime {
 public:
  QueueTime(TimeSource source, const Clock& clock) : source_(source), clock_(&clock) {}
  std::optional<Instant> given() const {
    return source_ == TimeSource::clock ? std::optional(clock_->now()) : std::nullopt;
  }

 private:
  TimeSource source_;
  const Clock* clock_;
};

}  // namespace hustings::phonebank
