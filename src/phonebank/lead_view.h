#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/guarded.h"
#include "feed/feed.h"
#include "pg/pool.h"
#include "phonebank/phonebank.h"
#include "phonebank/tally.h"
#include "phonebank/zone_sets.h"
#include "surveys/survey_service.h"

namespace hustings::phonebank {

struct LineCounts {
  std::int64_t lines = 0;
  std::int64_t ready = 0;    ///< could be handed out now
  std::int64_t held = 0;     ///< with callers
  std::int64_t waiting = 0;  ///< for the next attempt
  std::int64_t done = 0;
  std::int64_t barred = 0;
  std::int64_t callbacks = 0;      ///< promised, among ready and waiting
  std::int64_t outside_hours = 0;  ///< would be ready if it were not too early or too late there
};

struct QuestionCounts {
  surveys::Question question;
  std::int64_t declined = 0;
  std::vector<std::int64_t> choices;  ///< in the order of question.choices
};

/// What a lead sees of a phone bank: true at `position` of the feed.
struct LeadView {
  Phonebank phonebank;
  LineCounts lines;
  std::int64_t callers_active = 0;
  Tally tally;
  Calls last_hour;
  std::vector<QuestionCounts> results;
  std::map<std::string, std::int64_t> barred_reasons;
  /// Numbers that were shown and must not be called when their callers wanted to.
  std::map<std::string, std::int64_t> dial_refusals;
  feed::Position position = 0;
  std::chrono::milliseconds age{0};
};

struct CallerRow {
  PersonId person;
  std::string name;
  Instant joined_at;
  Instant last_seen_at;
  bool on_call = false;
  bool resting = false;  ///< on a break, as the caller's page says
  bool away = false;     ///< has left, or no sign of life for a minute
  Calls calls;
};

/// Works out what leads see, and keeps it for a moment: however many pages look, a view is worked
/// out at most so often that it takes a tenth of one connection's time. Calls may come from several
/// threads.
class LeadViews {
 public:
  LeadViews(pg::Pool& pool, surveys::SurveyService& surveys, ZoneSets& zone_sets, QueueTime time)
      : pool_(pool), surveys_(surveys), zone_sets_(zone_sets), time_(time) {}

  static constexpr int kPhonebanksMax = 200;
  static constexpr int kCallersMax = 10'000;

  std::vector<Phonebank> all(Deadline deadline);
  std::optional<Phonebank> find(PhonebankId id, Deadline deadline);
  std::optional<LeadView> view(PhonebankId id, Deadline deadline);
  std::vector<CallerRow> callers(PhonebankId id, Deadline deadline);
  /// The minutes of the last `length` that had calls.
  std::vector<CallsAt> progress(PhonebankId id, std::chrono::minutes length, Deadline deadline);
  /// The next look is a new one.
  void forget(PhonebankId id);

 private:
  using Steady = std::chrono::steady_clock;
  struct Kept {
    std::mutex working;  ///< one thread works a view out, the others wait for it
    std::shared_ptr<const LeadView> view;
    Steady::time_point made_at;
    Steady::time_point good_until;
    TallySoFar so_far;
    std::vector<QuestionId> questions;  ///< that so_far counts
  };
  std::shared_ptr<Kept> kept(PhonebankId id);
  LeadView make(const Phonebank& phonebank, Kept& kept, Deadline deadline);
  void count_lines(pg::Transaction& transaction, Instant at, LeadView& view);
  void count_answers(LeadView& view);

  pg::Pool& pool_;
  surveys::SurveyService& surveys_;
  ZoneSets& zone_sets_;
  QueueTime time_;
  Guarded<std::map<PhonebankId, std::shared_ptr<Kept>>> kept_;
};

}  // namespace hustings::phonebank
