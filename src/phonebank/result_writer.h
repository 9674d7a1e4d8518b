#pragma once

#include <cstddef>
#include <optional>
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
/// one result or hundreds, with the same number of statements. A result that is refused has written
/// nothing; the others stand.
///
/// Results that are about one lease, one key or one number come one after the other, in waves; all
/// others of a batch are written together. Rows are locked in one order: attempts, the voters, then
/// (by bars) lines in order of number and phone bank, then the own lines in that order. A claim
/// locks its line before it looks at attempts, but waits there only for one that a transaction is
/// writing, and none is written here before all lines are locked. What meets all the same is tried
/// again.
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
  using Calls = std::vector<Call>;
  using Answers = std::vector<std::optional<Result<Stored>>>;
  std::vector<std::size_t> write_wave(pg::Transaction& transaction,
                                      std::span<const CallResult> results,
                                      std::span<const std::size_t> places, Answers& answers,
                                      std::vector<feed::Change>& changes);
  void answer_repeats(pg::Transaction& transaction, std::span<const CallResult> results,
                      std::span<const std::size_t> places, Answers& answers);
  void check_voters(pg::Transaction& transaction, Calls& calls, Answers& answers);
  void bar(pg::Transaction& transaction, Call& call, std::vector<feed::Change>& changes);
  void lock_lines(pg::Transaction& transaction, Calls& calls);
  void write_attempts(pg::Transaction& transaction, const Calls& calls,
                      std::vector<feed::Change>& changes);
  void write_targets(pg::Transaction& transaction, const Calls& calls);
  void move_lines(pg::Transaction& transaction, const Calls& calls);
  void write_results(pg::Transaction& transaction, const Calls& calls);

  registry::Registry& registry_;
  surveys::SurveyService& surveys_;
  SuppressionEffects& effects_;
  QueueTime time_;
};

}  // namespace hustings::phonebank
