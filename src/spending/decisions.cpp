#include <fmt/format.h>

#include "feed/feed.h"
#include "spending/booking.h"
#include "spending/plans.h"
#include "spending/sql.h"

namespace hustings::spending {

Result<Plans::Decided> Plans::decide(const Decision& decision) {
  Decided decided;
  {
    const auto connection = pool_.acquire();
    pg::Transaction transaction(*connection);
    const MoneyLock lock = lock_money(transaction);
    const auto plan = transaction.run(sql::kPlanGet, decision.plan);
    if (plan.empty()) return refuse(ErrorCode::not_found, "There is no such plan.");
    if (plan[0].get<std::int64_t>(1) != lock.inputs) {
      return refuse(ErrorCode::conflict,
                    "This plan is older than its inputs: polls, prices, effects, limits or the "
                    "ledger have changed since. Look at the new plan and decide there.");
    }
    const auto rows = transaction.run(sql::kPlanLinesProposed, decision.plan, decision.lines);
    std::vector<CellChange> changes;
    std::vector<std::int64_t> lines;
    for (const pg::Row row : rows) {
      lines.push_back(row.get<std::int64_t>(0));
      changes.push_back({.market = row.get<std::int64_t>(1),
                         .channel = row.get<std::int64_t>(2),
                         .week = row.get<std::int64_t>(3),
                         .cents = row.get<std::int64_t>(4)});
      decided.cents += changes.back().cents;
    }
    decided.lines = std::ssize(lines);
    if (lines.empty() || (!decision.lines.empty() && lines.size() != decision.lines.size())) {
      return refuse(ErrorCode::conflict,
                    "Some of these lines were decided already, or are not there. Load the plan "
                    "anew.");
    }
    if (decision.approve) {
      // The plan's own money leaves the rest of the plan as good as it was.
      TRY(book(transaction, lock, changes, false));
      transaction.run(sql::kPlanLinesCommit, decision.plan, lines, decision.actor, clock_.now());
    } else {
      transaction.run(sql::kPlanLinesReject, decision.plan, lines, decision.actor, clock_.now());
    }
    const std::string_view state = decision.approve ? "approved" : "rejected";
    const feed::Change change{.kind = ChangeKind::plan_decided,
                              .subject = feed::subject_of("plan", decision.plan),
                              .actor = decision.actor,
                              .payload = fmt::format(R"({{"state":"{}","lines":{},"cents":{}}})",
                                                     state, decided.lines, decided.cents)};
    feed::commit(transaction, {&change, 1});
  }
  log_.info("plan_decided", {{"plan", decision.plan.value()},
                             {"approved", decision.approve},
                             {"lines", decided.lines},
                             {"cents", decided.cents}});
  return decided;
}

}  // namespace hustings::spending
