#include "registry/survivorship_policy.h"

#include <algorithm>
#include <chrono>

#include <fmt/format.h>

#include "registry/profiles.h"
#include "registry/registry.h"
#include "registry/sql.h"

namespace hustings::registry {
namespace {

/// Profiles of all persons with several identities are written in one step, however many.
constexpr std::chrono::minutes kResolveMax{30};

}  // namespace

std::string_view to_string(Policy policy) {
  return policy == Policy::official_first ? "official_first" : "newest_first";
}

std::vector<GroupPolicy> Registry::policies(Deadline deadline) {
  std::vector<GroupPolicy> out;
  for (const std::string_view group : kFieldGroups)
    out.push_back({.group = group, .policy = usual_policy(group), .usual = usual_policy(group)});
  const auto connection = pool_.acquire(deadline);
  for (const pg::Row row : connection->run(sql::kSurvivorshipRead)) {
    const auto found = std::ranges::find(out, row.text(0), &GroupPolicy::group);
    if (found == out.end()) continue;
    found->policy = row.text(1) == to_string(Policy::official_first) ? Policy::official_first
                                                                     : Policy::newest_first;
  }
  return out;
}

Result<std::int64_t> Registry::set_policy(std::string_view group, Policy policy,
                                          std::string_view actor, Deadline deadline) {
  if (std::ranges::find(kFieldGroups, group) == kFieldGroups.end()) {
    return refuse(ErrorCode::not_found, fmt::format("There is no group of fields '{}'.", group));
  }
  const auto connection = pool_.acquire(deadline);
  pg::Transaction transaction(*connection, Deadline::after(kResolveMax));
  lock_profiles(transaction);
  transaction.run(sql::kSurvivorshipSet, group, to_string(policy));
  begin_persons(transaction);
  const std::int64_t persons = transaction.run(sql::kPersonSetOfJoined).affected();
  resolve_profiles(transaction);
  const feed::Change change{
      .kind = ChangeKind::survivorship_changed,
      .subject = fmt::format("survivorship:{}", group),
      .actor = std::string(actor),
      .payload = fmt::format(R"({{"policy":"{}","persons":{}}})", to_string(policy), persons)};
  feed::commit(transaction, {&change, 1});
  log_.info("survivorship_changed",
            {{"group", group}, {"policy", to_string(policy)}, {"persons", persons}});
  return persons;
}

}  // namespace hustings::registry
