#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "feed/feed.h"
#include "phonebank/phonebank_service.h"
#include "phonebank/sql.h"

namespace hustings::phonebank {

Result<int> PhonebankService::arm_of(const std::vector<std::string>& arms,
                                     const std::string& name) {
  if (name.empty()) return 1;
  const auto found = std::ranges::find(arms, name);
  if (found == arms.begin()) {
    return invalid("Nobody calls the hold-out: it shows what happens without calls.", "arm");
  }
  if (found == arms.end()) {
    const std::vector<std::string> callable(arms.begin() + 1, arms.end());
    return invalid(
        fmt::format("The list has no arm \"{}\", but {}.", name, fmt::join(callable, ", ")), "arm");
  }
  return static_cast<int>(found - arms.begin());
}

Result<PhonebankService::ListFacts> PhonebankService::facts_of(pg::Transaction& transaction,
                                                               ListId list) {
  const auto rows = transaction.run(sql::kListSize, list);
  if (rows.empty()) return refuse(ErrorCode::not_found, "There is no such list.", "list");
  return ListFacts{.with_phone = rows[0].get<std::int64_t>(0),
                   .arms = rows[0].get<std::vector<std::string>>(1),
                   .has_segment = rows[0].get<bool>(2),
                   .is_limited = rows[0].get<bool>(3)};
}

Status PhonebankService::check_followed(const ListFacts& facts) {
  if (!facts.has_segment) {
    return invalid("This list was not frozen from a segment: there is nothing to follow.",
                   "follows");
  }
  if (facts.is_limited) {
    return invalid(
        "This list is a sample or of a limited size, and voters who join would change it. Freeze "
        "the segment without a size to follow it.",
        "follows");
  }
  return {};
}

Result<Phonebank> PhonebankService::set_follows(PhonebankId id, bool follows,
                                                const std::string& actor, Deadline deadline) {
  const Phonebank phonebank = TRY(get(id, deadline));
  {
    const auto connection = pool_.acquire(deadline);
    pg::Transaction transaction(*connection, deadline);
    const ListFacts facts = TRY(facts_of(transaction, phonebank.list));
    if (follows) TRY(check_followed(facts));
    transaction.run(sql::kSetFollows, id, follows);
    const feed::Change change{.kind = ChangeKind::phonebank_saved,
                              .subject = feed::subject_of("phonebank", id),
                              .actor = actor,
                              .payload = fmt::format(R"({{"follows":{}}})", follows)};
    feed::commit(transaction, {&change, 1});
  }
  views_.forget(id);
  return get(id, deadline);
}

}  // namespace hustings::phonebank
