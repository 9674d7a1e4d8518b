#include "identity/review.h"

#include <algorithm>
#include <array>

#include "identity/evidence.h"
#include "identity/sql.h"

namespace hustings::identity {
namespace {

constexpr std::array<std::string_view, 5> kStates = {"open", "later", "same", "different", "gone"};

/// The columns of sql/record_of_home.sql.
constexpr std::array<std::string_view, 19> kShown = {
    "source",       "external_id", "status", "last_name", "first_name",   "middle_name", "suffix",
    "gender",       "birth",       "street", "city",      "state",        "zip5",        "county",
    "mail_address", "phone",       "email",  "party",     "registered_on"};
constexpr std::size_t kIdColumns = 2;  ///< of these two records always differ

MatchPerson person_of(const pg::Row& row, int home, int first) {
  return {.voter = row.get<VoterId>(first),
          .home = row.get<VoterId>(home),
          .source = row.get<std::string>(first + 1),
          .last_name = row.get<std::string>(first + 2),
          .first_name = row.get<std::string>(first + 3),
          .middle_name = std::string(row.text(first + 4)),
          .suffix = std::string(row.text(first + 5)),
          .birth_year = row.get<std::optional<std::int32_t>>(first + 6),
          .city = row.get<std::optional<std::string>>(first + 7)};
}

MatchPair pair_of(const pg::Row& row) {
  return {.id = row.get<MatchId>(0),
          .one = person_of(row, 6, 8),
          .other = person_of(row, 7, 16),
          .probability = row.get<double>(1),
          .gain = row.get<double>(2),
          .adds = row.get<std::vector<std::string>>(3),
          .same_source = row.get<bool>(4),
          .state = match_state_from(row.text(5)).value_or(MatchState::gone)};
}

constexpr std::string_view kNothingToDecide =
    "There is nothing to decide on this pair any more: it was decided, joined, undone or erased "
    "meanwhile.";

}  // namespace

std::string_view to_string(MatchState state) { return kStates.at(static_cast<std::size_t>(state)); }

std::optional<MatchState> match_state_from(std::string_view text) {
  const auto found = std::ranges::find(kStates, text);
  if (found == kStates.end()) return std::nullopt;
  return static_cast<MatchState>(found - kStates.begin());
}

std::vector<MatchPair> Review::list(const MatchQuery& query, Deadline deadline) {
  const auto connection = pool_.acquire(deadline);
  pg::Transaction transaction(*connection, deadline);
  std::vector<MatchPair> out;
  for (const pg::Row row :
       transaction.run(sql::kCandidatesList, to_string(query.state), query.source,
                       query.probability_min, query.same_source, query.after, query.limit)) {
    out.push_back(pair_of(row));
  }
  return out;
}

Review::Counts Review::count(Deadline deadline) {
  const auto connection = pool_.acquire(deadline);
  pg::Transaction transaction(*connection, deadline);
  const pg::Rows rows = transaction.run(sql::kCandidatesCount);
  return {rows.only().get<std::int64_t>(0), rows.only().get<std::int64_t>(1)};
}

Result<MatchDetail> Review::find(MatchId id, Deadline deadline) {
  const auto connection = pool_.acquire(deadline);
  // One snapshot: who is in the pair must still be there when the records are read.
  pg::Transaction transaction(*connection, deadline, pg::Transaction::Isolation::repeatable_read);
  const pg::Rows found = transaction.run(sql::kCandidateFind, id);
  if (found.empty()) return refuse(ErrorCode::not_found, std::string(kNothingToDecide));
  MatchDetail detail{.pair = pair_of(found[0]),
                     .fields = {},
                     .evidence = evidence_from(found[0].text(24)),
                     .decision = found[0].get<std::optional<DecisionId>>(25)};
  const auto record = [&](const MatchPerson& person) {
    return transaction.run(sql::kRecordOfHome, bucket_of(person.voter), person.voter, person.home);
  };
  const pg::Rows one = record(detail.pair.one);
  const pg::Rows other = record(detail.pair.other);
  for (std::size_t i = 0; i < kShown.size(); ++i) {
    const int column = static_cast<int>(i);
    MatchField field{.name = std::string(kShown[i]),
                     .one = one.only().get<std::optional<std::string>>(column),
                     .other = other.only().get<std::optional<std::string>>(column),
                     .differs = false};
    field.differs = i >= kIdColumns && field.one && field.other && *field.one != *field.other;
    if (field.one || field.other) detail.fields.push_back(std::move(field));
  }
  return detail;
}

Result<std::pair<VoterId, VoterId>> Review::homes_of(MatchId id, Deadline deadline) {
  const auto connection = pool_.acquire(deadline);
  pg::Transaction transaction(*connection, deadline);
  const pg::Rows rows = transaction.run(sql::kCandidateHomes, id);
  if (rows.empty()) return refuse(ErrorCode::not_found, std::string(kNothingToDecide));
  return std::pair(rows[0].get<VoterId>(0), rows[0].get<VoterId>(1));
}

Result<std::optional<DecisionId>> Review::decide(MatchId id, MatchState said,
                                                 const std::string& actor, Deadline deadline) {
  const auto [one, other] = TRY(homes_of(id, deadline));
  if (said == MatchState::same) {
    return TRY(decisions_.join({.stays = one, .joins = other, .actor = actor}, deadline)).decision;
  }
  if (said == MatchState::different) {
    return TRY(decisions_.keep_apart({.one = one, .other = other, .actor = actor}, deadline));
  }
  if (said != MatchState::later) {
    return invalid("Say same, different or later.", "decision");
  }
  const auto connection = pool_.acquire(deadline);
  pg::Transaction transaction(*connection, deadline);
  transaction.run(sql::kCandidatePutOff, id, "later", actor, clock_.now());
  transaction.commit();
  return std::optional<DecisionId>();
}

Status Review::bring_back(MatchId id, Deadline deadline) {
  const auto connection = pool_.acquire(deadline);
  pg::Transaction transaction(*connection, deadline);
  const auto changed = transaction
                           .run(sql::kCandidatePutOff, id, "open", std::optional<std::string>(),
                                std::optional<Instant>())
                           .affected();
  if (changed == 0) return refuse(ErrorCode::not_found, std::string(kNothingToDecide));
  transaction.commit();
  return {};
}

}  // namespace hustings::identity
