#include <algorithm>

#include <fmt/format.h>

#include "base/text.h"
#include "lists/list_service.h"
#include "lists/sql.h"

namespace hustings::lists {
namespace {

Reason reason_of(const Difference::Line& line, const segments::VoterState& state) {
  if (line.has_joined) return line.reason;
  if (!state.is_known) return Reason::removed;
  if (state.is_protected) return Reason::is_protected;
  if (state.is_suppressed) return Reason::suppressed;
  return state.matches ? Reason::not_drawn : Reason::no_match;
}

}  // namespace

Result<Difference> ListService::difference(const Compare& compare) const {
  const List older = TRY(get(compare.older));
  const List newer = TRY(get(compare.newer));
  Difference difference;
  std::vector<Difference::Line> lines;
  {
    const auto connection = pool_.acquire();
    const auto sums = connection->run(sql::kDifferenceSums, older.id, newer.id);
    difference.stayed = sums.only().get<std::int64_t>(0);
    difference.changed_arm = sums.only().get<std::int64_t>(1);
    difference.joined = sums.only().get<std::int64_t>(2);
    difference.left = sums.only().get<std::int64_t>(3);
    if (difference.joined + difference.left > kDifferenceMax) {
      return refuse(ErrorCode::over_limit,
                    fmt::format("{} voters joined and {} left: more than the {} that are compared "
                                "one by one.",
                                with_thousands(difference.joined), with_thousands(difference.left),
                                with_thousands(kDifferenceMax)),
                    "older");
    }
    for (const pg::Row row :
         connection->run(sql::kDifferenceLines, older.id, newer.id, older.created_at)) {
      lines.push_back({.voter = row.get<VoterId>(0),
                       .has_joined = row.get<bool>(1),
                       .arm = row.get<std::optional<std::string>>(2).value_or(""),
                       .reason = row.get<bool>(3) ? Reason::new_voter : Reason::now_matches});
    }
  }
  TRY(add_reasons(newer, difference, lines));
  for (const Difference::Line& line : lines) {
    if (std::ssize(difference.lines) >= compare.limit) break;
    if (!compare.after || line.voter > *compare.after) difference.lines.push_back(line);
  }
  return difference;
}

Status ListService::add_reasons(const List& newer, Difference& difference,
                                std::vector<Difference::Line>& lines) const {
  std::vector<VoterId> voters;
  for (const Difference::Line& line : lines)
    voters.push_back(line.voter);
  // The rule may name what is gone by now; then who left has simply ceased to match.
  auto now = segments_.states(newer.rule, voters);
  if (!now) now = TRY(segments_.states(segments::Rule{segments::AnyOf{}}, voters));
  difference.position = now->position;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    lines[i].reason = reason_of(lines[i], now->states[i]);
    ++difference.reasons[lines[i].reason];
  }
  return {};
}

}  // namespace hustings::lists
