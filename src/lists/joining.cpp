#include <span>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "lists/list_service.h"
#include "lists/sql.h"

namespace hustings::lists {
namespace {

/// Voters whom one change names; more make more changes.
constexpr std::size_t kChangeVotersMax = 10'000;

feed::Change joined(ListId list, std::span<const Drawn> drawn) {
  std::vector<std::int64_t> voters;
  std::vector<int> arms;
  for (const Drawn& one : drawn) {
    voters.push_back(one.voter.value());
    arms.push_back(one.arm);
  }
  return {.kind = ChangeKind::list_joined,
          .subject = feed::subject_of("list", list),
          .actor = "system",
          .payload = fmt::format(R"({{"voters":[{}],"arms":[{}]}})", fmt::join(voters, ","),
                                 fmt::join(arms, ","))};
}

}  // namespace

std::size_t ListService::append(pg::Transaction& transaction, const List& list,
                                const Joining& joining, std::vector<feed::Change>& changes) {
  const std::vector<Drawn> drawn = draw_joining(joining.members,
                                                {.seed = static_cast<std::uint64_t>(list.seed),
                                                 .holdout_percent = list.draw.holdout_percent,
                                                 .arms = list.draw.arms,
                                                 .is_stratified = false,
                                                 .one_per_household = list.draw.one_per_household,
                                                 .is_top = false,
                                                 .size_max = {}},
                                                joining.arms);
  if (drawn.empty()) return 0;
  transaction.run(sql::kAppendLock, list.id);
  const auto last = transaction.run(sql::kAppendLast, list.id).only().get<std::int64_t>(0);
  std::vector<std::int16_t> buckets;
  std::vector<VoterId> voters;
  std::vector<std::int16_t> arms;
  for (const Drawn& one : drawn) {
    buckets.push_back(bucket_of(one.voter));
    voters.push_back(one.voter);
    arms.push_back(one.arm);
  }
  transaction.run(sql::kAppendMembers, list.id, last, joining.members.position, buckets, voters,
                  arms);
  for (std::size_t from = 0; from < drawn.size(); from += kChangeVotersMax) {
    const std::size_t count = std::min(kChangeVotersMax, drawn.size() - from);
    changes.push_back(joined(list.id, std::span(drawn).subspan(from, count)));
  }
  return drawn.size();
}

}  // namespace hustings::lists
