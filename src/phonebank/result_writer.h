#pragma once

#include <span>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/error.h"
#include "feed/feed.h"
#include "pg/connection.h"
#include "phonebank/line_outcome.h"
#include "phonebank/phonebank.h"
#include "phonebank/result.h"
#include "phonebank/suppression_effects.h"
#include "registry/registry.h"
#include "surveys/survey_service.h"

namespace hustings::phonebank {

/// Writes results with all that follows from them, inside a transaction that the caller commits:
/// one result or many. A result that is refused has written nothing; the others stand.
///
/// Rows are locked in one order: attempt, then (by bars) lines in order of number and phone bank,
/// then the own line. A claim locks its line before it looks at attempts, but waits there only for
/// one that a transaction is writing, and none is written here before all lines are locked.
class ResultWriter {
 public:
  ResultWriter(registry::Registry& registry, surveys::SurveyService& surveys,
               SuppressionEffects& effects, QueueTime time)
      : registry_(registry), surveys_(surveys), effects_(effects), time_(time) {}

  /// One answer for each result, in their order. Appends to `changes` what the feed must say; if
  /// that stays empty (repeats, refusals) there is nothing to commit.
  std::vector<Result<Stored>> write(pg::Transaction& transaction,
                                    std::span<const CallResult> results,
                                    std::vector<feed::Change>& changes);

 private:
  struct Call;
  Result<Stored> write_one(pg::Transaction& transaction, const CallResult& given,
                           std::vector<feed::Change>& changes);
  Result<CallResult> behind_line(pg::Transaction& transaction, Call& call, const CallResult& given);
  void bar(pg::Transaction& transaction, Call& call, const CallResult& result,
           std::vector<feed::Change>& changes);
  void write_attempts(pg::Transaction& transaction, const Call& call, const CallResult& result,
                      std::vector<feed::Change>& changes);
  void write_targets(pg::Transaction& transaction, const Call& call, const CallResult& result);
  void move_line(pg::Transaction& transaction, const Call& call, const CallResult& result);

  registry::Registry& registry_;
  surveys::SurveyService& surveys_;
  SuppressionEffects& effects_;
  QueueTime time_;
};

}  // namespace hustings::phonebank
