#include "phonebank/queue_following.h"

#include <set>
#include <string_view>

#include "phonebank/filling.h"
#include "phonebank/sql.h"

namespace hustings::phonebank {
namespace {

constexpr std::string_view kLeft = "left_segment";

}  // namespace

std::vector<QueueFollowing::Target> QueueFollowing::targets(pg::Connection& connection,
                                                            PhonebankId id) {
  std::vector<Target> all;
  for (const pg::Row row : connection.run(sql::kFollowedTargets, id))
    all.push_back({.voter = row.get<VoterId>(0), .is_open = row.get<bool>(1)});
  return all;
}

std::vector<VoterId> QueueFollowing::drop(pg::Transaction& transaction, PhonebankId id,
                                          const std::vector<VoterId>& voters) {
  std::vector<VoterId> leavers;
  std::vector<PhoneNumber> numbers;
  std::set<VoterId> staying;
  for (const pg::Row row : transaction.run(sql::kLeaversLines, id, voters)) {
    if (row.get<bool>(2)) {
      staying.insert(row.get<VoterId>(0));
      continue;
    }
    leavers.push_back(row.get<VoterId>(0));
    numbers.push_back(row.get<PhoneNumber>(1));
  }
  if (!leavers.empty()) {
    transaction.run(sql::kDropLeavers, id, leavers, numbers);
    const std::vector<PhonebankId> banks(numbers.size(), id);
    transaction.run(sql::kBarEmptyLines, banks, numbers, kLeft);
  }
  return {staying.begin(), staying.end()};
}

void QueueFollowing::take_back(pg::Transaction& transaction, PhonebankId id,
                               const std::vector<VoterId>& voters) {
  std::vector<PhoneNumber> numbers;
  for (const pg::Row row : transaction.run(sql::kTakeBackLeavers, id, voters))
    numbers.push_back(row.get<PhoneNumber>(0));
  if (!numbers.empty()) transaction.run(sql::kReopenLines, id, numbers);
}

void QueueFollowing::take_in(pg::Transaction& transaction, const Phonebank& phonebank) {
  const auto at = transaction.run(sql::kMoment, time_.given()).only().get<Instant>(0);
  const Rules& rules = phonebank.rules;
  fill_joined(transaction, zone_sets_, phonebank.id, phonebank.list,
              {rules.window, book_.find(rules.country), rules.state_hours}, at);
}

}  // namespace hustings::phonebank
