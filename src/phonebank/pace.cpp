#include <fmt/format.h>

#include "feed/feed.h"
#include "phonebank/phonebank_service.h"
#include "phonebank/retrying.h"
#include "phonebank/sql.h"

namespace hustings::phonebank {

/// New times for a phone bank that may be running. Lines that wait now wait the new times, lines
/// whose tries were used up come back if more are allowed; who is on the phone is not touched.
Result<Phonebank> PhonebankService::set_pace(PhonebankId id, const Rules& rules,
                                             const std::string& actor, Deadline deadline) {
  TRY(check_rules(rules));
  const bool found = retrying([&] {
    const auto connection = pool_.acquire(deadline);
    pg::Transaction transaction(*connection, deadline);
    const auto before = transaction.run(sql::kPaceForUpdate, id);
    if (before.empty()) return false;
    transaction.run(sql::kSetPace, id, rules.retry.count(), rules.busy_retry.count(),
                    rules.message_retry.count(), rules.lease.count(), rules.attempts_max,
                    rules.window.opens.count(), rules.window.closes.count(), rules.whole_passes,
                    rules.next_at_once);
    const RetryTimes old{std::chrono::seconds(before[0].get<int>(0)),
                         std::chrono::seconds(before[0].get<int>(1)),
                         std::chrono::seconds(before[0].get<int>(2))};
    const bool moves = old.usual != rules.retry || old.busy != rules.busy_retry ||
                       old.message != rules.message_retry;
    if (moves) {
      transaction.run(sql::kPaceWaiting, id, old.usual.count(), old.busy.count(),
                      old.message.count(), rules.retry.count(), rules.busy_retry.count(),
                      rules.message_retry.count());
    }
    transaction.run(sql::kPaceAttempts, id, rules.attempts_max);
    if (before[0].get<bool>(3) != rules.whole_passes) {
      transaction.run(sql::kPaceOrder, id, rules.whole_passes);
    }
    const feed::Change change{
        .kind = ChangeKind::phonebank_saved,
        .subject = feed::subject_of("phonebank", id),
        .actor = actor,
        .payload = fmt::format(R"({{"retry":{},"busy":{},"message":{},"attempts":{}}})",
                               rules.retry.count(), rules.busy_retry.count(),
                               rules.message_retry.count(), rules.attempts_max)};
    feed::commit(transaction, {&change, 1});
    return true;
  });
  if (!found) return refuse(ErrorCode::not_found, "There is no such phone bank.");
  views_.forget(id);
  return get(id, deadline);
}

std::vector<PassRow> PhonebankService::passes(PhonebankId id, Deadline deadline) {
  const auto connection = pool_.acquire(deadline);
  std::vector<PassRow> rows;
  for (const pg::Row row : connection->run(sql::kPasses, id))
    rows.push_back({row.get<int>(0), row.get<std::int64_t>(1), row.get<std::int64_t>(2)});
  return rows;
}

}  // namespace hustings::phonebank
