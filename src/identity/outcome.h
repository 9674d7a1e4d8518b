#pragma once

#include <functional>
#include <span>

#include "feed/feed.h"
#include "identity/match_plan.h"
#include "identity/resolve_run.h"
#include "linkage/model.h"

namespace hustings::identity {

/// What a run has found out, of a registry as it was at `position`.
struct Outcome {
  std::span<const Identity> identities;
  const MatchPlan& plan;
  const linkage::Model& model;
  feed::Position position = 0;
  ImportId import_past;
  std::function<void()> note_time;  ///< called when all is written but the report
};

/// Pairs that a queue holds after one run; of more, those of the least gain are left out.
inline constexpr std::size_t kQueueMax = 200'000;

/// Joins, fills the queue, keeps the model and the report, in one transaction. False if the
/// registry has changed so much since `position` that all has to be reckoned anew; then nothing is
/// written.
Result<bool> write_outcome(const ResolveTask& task, const Outcome& outcome, RunReport& report);

}  // namespace hustings::identity
