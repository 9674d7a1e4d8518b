// What the money pages wait for, without server and database: from what is stored to the plan in
// cents, explained, as JSON.
#pragma once

namespace hustings::bench {

struct LivePlan {
  double what_if_ms = 0;  ///< a changed budget, effect or swing: median
  double what_if_p95_ms = 0;
  double what_if_cpu_ms = 0;
  double replan_ms = 0;  ///< a new poll
  double replan_p95_ms = 0;
  double replan_cpu_ms = 0;
  double carried_ms = 0;  ///< a swing, where four channels are remembered (adstock)
  double carried_cpu_ms = 0;
};

/// 208 markets x 10 channels x 20 weeks in the race of 2012; so many changes of each kind.
LivePlan live_plan(int changes);

}  // namespace hustings::bench
