#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/error.h"
#include "feed/feed.h"
#include "pg/pool.h"
#include "phonebank/phonebank.h"
#include "phonebank/result.h"
#include "registry/registry.h"
#include "surveys/survey_service.h"

namespace hustings::phonebank {

/// What a caller makes of a result that is stored already: other results for some of its voters,
/// or, with none, that nothing came of the call.
struct ResultChange {
  std::string key;  ///< a UUID that the page made: the same key is the same change
  std::string of;   ///< the key of the stored result
  PersonId caller;
  std::vector<VoterResult> voters;  ///< empty: taken back
  std::optional<Instant> callback_at;
  CallbackBy callback_by = CallbackBy::anyone;
};

struct Changed {
  LeaseId lease;
  bool repeat = false;  ///< it was changed so before, under this key
};

/// How long a caller may change a result. Less than kSettling (tally.h), after which counts are
/// kept.
inline constexpr std::chrono::minutes kChangeMax{10};

/// Changes stored results with all that follows: bars that the first result brought are ended,
/// answers replaced, the voters open or done again, and the line moved unless somebody has been
/// shown the number since. What stood before is kept (result_change).
class ResultChanges {
 public:
  ResultChanges(pg::Pool& pool, registry::Registry& registry, surveys::SurveyService& surveys,
                QueueTime time)
      : pool_(pool), registry_(registry), surveys_(surveys), time_(time) {}

  /// Durable when it returns. Refuses: not_found, conflict (too late), invalid.
  Result<Changed> change(const ResultChange& change, Deadline deadline);

 private:
  struct Call;
  Result<Changed> change_once(const ResultChange& change, Deadline deadline);
  Status match(pg::Transaction& transaction, Call& call, const ResultChange& change);
  void end_bars(pg::Transaction& transaction, Call& call);
  void add_bars(pg::Transaction& transaction, Call& call);
  void write_attempts(pg::Transaction& transaction, Call& call, const ResultChange& change);
  void write_targets(pg::Transaction& transaction, const Call& call);
  void move_line(pg::Transaction& transaction, const Call& call, const ResultChange& change);

  pg::Pool& pool_;
  registry::Registry& registry_;
  surveys::SurveyService& surveys_;
  QueueTime time_;
};

}  // namespace hustings::phonebank
