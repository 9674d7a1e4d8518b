#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/error.h"
#include "base/guarded.h"
#include "base/log.h"
#include "feed/feed.h"
#include "model/ids.h"
#include "pg/pool.h"
#include "spending/planning.h"

namespace hustings::spending {

/// A plan as it was made.
struct Plan {
  PlanId id;
  std::int64_t inputs = 0;
  Instant made_at;
  std::int64_t budget_cents = 0;
  std::int64_t booked_cents = 0;
  std::int64_t planned_cents = 0;
  std::string document;  ///< JSON: plan_json with "changes" since the plan before
  std::int64_t lines = 0;
  std::int64_t approved_lines = 0;
  std::int64_t rejected_lines = 0;
  std::int64_t approved_cents = 0;
};

struct PlanLine {
  int line = 0;
  std::string market;
  std::string channel;
  std::int64_t week = 1;
  std::int64_t cents = 0;
  double marginal = 0;
  std::string state;  ///< proposed, approved, rejected
  std::optional<std::string> decided_by;
  std::optional<CommitmentId> commitment;
};

/// How the planning stands.
struct PlanningState {
  std::int64_t inputs = 0;             ///< as they are
  std::int64_t tried_inputs = 0;       ///< of the last try
  std::optional<std::string> problem;  ///< why there is no plan for them
  std::optional<PlanId> newest;
};

/// Money between two plans, by market and channel.
struct PlanDifference {
  std::string market;
  std::string channel;
  std::int64_t before_cents = 0;
  std::int64_t after_cents = 0;
};

/// What happened that made a plan old.
struct PlanReason {
  std::string kind;
  std::string subject;
  std::string payload;
};

/// Plans: made from what is stored, kept for ever, approved by people line by line. The only writer
/// of plan, plan_line and planning. Calls may come from several threads.
class Plans {
 public:
  Plans(pg::Pool& pool, const Clock& clock, Log& log);
  ~Plans();

  /// Follows the feed and plans anew after each change of inputs or money, on one thread.
  void start();

  /// Plans for the inputs as they are, unless that was done. Nothing where it cannot be planned:
  /// then state() says why. (For start(), and for tests.)
  std::optional<PlanId> plan_now(const std::vector<PlanReason>& reasons = {});

  PlanningState state() const;
  /// Newest first, those before `before`; documents are left out.
  std::vector<Plan> page(std::optional<PlanId> before, int limit) const;
  Result<Plan> get(PlanId id) const;
  /// By money, the most first, or by place.
  std::vector<PlanLine> lines(PlanId id, int after_line, int limit) const;
  Result<std::vector<PlanDifference>> difference(PlanId older, PlanId newer) const;

  struct Decision {
    PlanId plan;
    std::vector<std::int64_t> lines;  ///< empty: all that are proposed
    bool approve = true;
    std::string actor;
  };
  struct Decided {
    std::int64_t lines = 0;
    std::int64_t cents = 0;
  };
  /// Approved lines are commitments at once, all or none. Refuses: not_found; conflict for a plan
  /// older than its inputs, and for lines that were decided; over_limit.
  Result<Decided> decide(const Decision& decision);

  /// What a plan would be; nothing is kept. The JSON of plan_json.
  Result<std::string> try_out(const WhatIf& what_if);

 private:
  struct State;
  pg::Pool& pool_;
  const Clock& clock_;
  Log& log_;
  std::unique_ptr<State> state_;
};

}  // namespace hustings::spending
