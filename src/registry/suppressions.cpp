#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "base/text.h"
#include "registry/registry.h"
#include "registry/sql.h"

namespace hustings::registry {
namespace {

constexpr std::array<std::string_view, 8> kReasons = {
    "do_not_call", "wrong_number",  "disconnected",      "deceased",
    "moved",       "already_voted", "consent_withdrawn", "protected"};
constexpr std::size_t kSourceMax = 200;
constexpr std::string_view kNumber = "number:";
/// So many numbers share one change in the feed, whose payload names their voters.
constexpr std::size_t kNumbersAtOnce = 1000;

Status check(const Suppression& suppression) {
  const auto reason = suppression.reason;
  if (!suppression.number && !suppression.voter) {
    return invalid("Name a number or a voter that is not to be contacted.", "number");
  }
  if (reason == SuppressionReason::protected_by_law) {
    return invalid("Protection by law comes from the voter file and cannot be set by hand.",
                   "reason");
  }
  if (reason == SuppressionReason::consent_withdrawn) {
    return invalid("Consent is withdrawn by recording the voter's word on consent.", "reason");
  }
  const bool of_number =
      reason == SuppressionReason::wrong_number || reason == SuppressionReason::disconnected;
  if (of_number && !suppression.number) {
    return invalid(fmt::format("'{}' is about a number; name the number.", to_string(reason)),
                   "number");
  }
  const bool of_voter = reason == SuppressionReason::deceased ||
                        reason == SuppressionReason::moved ||
                        reason == SuppressionReason::already_voted;
  if (of_voter && !suppression.voter) {
    return invalid(fmt::format("'{}' is about a person; name the voter.", to_string(reason)),
                   "voter");
  }
  if (suppression.source.empty() || suppression.source.size() > kSourceMax) {
    return invalid(fmt::format("Say in 1 to {} characters where this comes from.", kSourceMax),
                   "source");
  }
  return {};
}

/// What phone.status says of a number with this bar.
std::string_view status_of(SuppressionReason reason) {
  if (reason == SuppressionReason::wrong_number) return "wrong";
  if (reason == SuppressionReason::disconnected) return "disconnected";
  return "";
}

struct Target {
  std::optional<PhoneNumber> number;
  std::optional<VoterId> voter;
  SuppressionReason reason{};
};

feed::Change change_of(pg::Transaction& transaction, ChangeKind kind, const Target& target,
                       std::string_view actor) {
  std::string voters;
  if (target.voter) voters = std::to_string(target.voter->value());
  if (target.number) {
    for (const pg::Row row : transaction.run(sql::kNumberVoters, *target.number)) {
      if (target.voter == row.get<VoterId>(0)) continue;
      if (!voters.empty()) voters += ',';
      voters += row.text(0);
    }
  }
  const std::string subject =
      target.voter ? feed::subject_of("voter", *target.voter) : number_subject(*target.number);
  return {.kind = kind,
          .subject = subject,
          .actor = std::string(actor),
          .payload =
              fmt::format(R"({{"reason":"{}","voters":[{}]}})", to_string(target.reason), voters)};
}

SuppressionShown shown(const pg::Row& row) {
  return {.id = row.get<SuppressionId>(0),
          .number = row.get<std::optional<PhoneNumber>>(1),
          .voter = row.get<std::optional<VoterId>>(2),
          .reason = suppression_reason_from(row.text(3)).value_or(SuppressionReason::do_not_call),
          .source = row.get<std::string>(4),
          .at = row.get<Instant>(5),
          .ended_at = row.get<std::optional<Instant>>(6)};
}

}  // namespace

std::string number_subject(PhoneNumber number) { return fmt::format("{}{}", kNumber, number); }

std::optional<PhoneNumber> number_of_subject(std::string_view subject) {
  if (!subject.starts_with(kNumber)) return std::nullopt;
  return parse_int(subject.substr(kNumber.size()));
}

std::string_view to_string(SuppressionReason reason) {
  return kReasons.at(static_cast<std::size_t>(reason));
}

std::optional<SuppressionReason> suppression_reason_from(std::string_view text) {
  for (std::size_t i = 0; i < kReasons.size(); ++i) {
    if (kReasons[i] == text) return static_cast<SuppressionReason>(i);
  }
  return std::nullopt;
}

Result<SuppressionId> Registry::add_suppression(pg::Transaction& transaction,
                                                const Suppression& suppression,
                                                std::vector<feed::Change>& changes) {
  TRY(check(suppression));
  Target target{suppression.number, suppression.voter, suppression.reason};
  std::optional<VoterId> home;  // where it is not the person's own
  if (target.voter) {
    target.voter = hold_person(transaction, *suppression.voter);
    if (!target.voter) return refuse(ErrorCode::not_found, "There is no such voter.", "voter");
    if (target.voter != suppression.voter) home = suppression.voter;
  }
  // Two callers who say the same at one moment must not both find that nothing is there yet.
  transaction.run(sql::kSuppressionLock, target.number.value_or(0),
                  target.voter.value_or(VoterId()));
  const auto same = transaction.run(sql::kSuppressionSame, target.number, target.voter,
                                    to_string(target.reason), home);
  if (!same.empty()) return same[0].get<SuppressionId>(0);
  const auto id =
      transaction
          .run(sql::kSuppressionAdd, target.number, target.voter, to_string(target.reason),
               suppression.source, suppression.actor, clock_.now(), home)
          .only()
          .get<SuppressionId>(0);
  if (const auto status = status_of(target.reason); target.number && !status.empty()) {
    transaction.run(sql::kPhoneStatus, *target.number, status);
  }
  if (listener_ != nullptr) {
    listener_->on_suppressed(transaction, target.number, target.voter, target.reason);
  }
  changes.push_back(
      change_of(transaction, ChangeKind::suppression_added, target, suppression.actor));
  return id;
}

Status Registry::end_suppression(pg::Transaction& transaction, SuppressionId id,
                                 std::string_view actor, std::vector<feed::Change>& changes) {
  const auto rows = transaction.run(sql::kSuppressionEnd, id, clock_.now());
  if (rows.empty()) {
    return refuse(ErrorCode::not_found, "There is no such suppression, or it has ended already.");
  }
  const Target target{rows[0].get<std::optional<PhoneNumber>>(0),
                      rows[0].get<std::optional<VoterId>>(1),
                      suppression_reason_from(rows[0].text(2)).value()};
  if (target.number && !status_of(target.reason).empty()) {
    transaction.run(sql::kPhoneStatus, *target.number, "unknown");
  }
  if (listener_ != nullptr) {
    listener_->on_ended(transaction, target.number, target.voter, target.reason);
  }
  changes.push_back(change_of(transaction, ChangeKind::suppression_ended, target, actor));
  return {};
}

Result<SuppressionShown> Registry::suppress(const Suppression& suppression, Deadline deadline) {
  const auto connection = pool_.acquire(deadline);
  pg::Transaction transaction(*connection, deadline);
  std::vector<feed::Change> changes;
  const SuppressionId id = TRY(add_suppression(transaction, suppression, changes));
  auto out = shown(transaction.run(sql::kSuppressionFind, id).only());
  if (!changes.empty()) {
    feed::commit(transaction, changes);
    log_.info("suppression_added",
              {{"suppression", id.value()}, {"reason", to_string(suppression.reason)}});
  }
  return out;
}

Result<SuppressionShown> Registry::end_suppression(SuppressionId id, std::string_view actor,
                                                   Deadline deadline) {
  const auto connection = pool_.acquire(deadline);
  pg::Transaction transaction(*connection, deadline);
  std::vector<feed::Change> changes;
  TRY(end_suppression(transaction, id, actor, changes));
  auto out = shown(transaction.run(sql::kSuppressionFind, id).only());
  feed::commit(transaction, changes);
  log_.info("suppression_ended", {{"suppression", id.value()}});
  return out;
}

Result<Registry::Barred> Registry::suppress_numbers(std::span<const PhoneNumber> numbers,
                                                    const Suppression& like, Deadline deadline) {
  if (numbers.empty()) return Barred{};
  Suppression first = like;
  first.number = numbers.front();
  first.voter.reset();
  TRY(check(first));
  const auto connection = pool_.acquire(deadline);
  pg::Transaction transaction(*connection, deadline);
  std::vector<feed::Change> changes;
  Barred barred;
  for (std::size_t at = 0; at < numbers.size(); at += kNumbersAtOnce) {
    const auto part = numbers.subspan(at, std::min(kNumbersAtOnce, numbers.size() - at));
    bar_part(transaction, part, first, barred, changes);
  }
  if (changes.empty()) return barred;
  feed::commit(transaction, changes);
  log_.info(
      "suppressions_added",
      {{"numbers", barred.added}, {"voters", barred.voters}, {"reason", to_string(like.reason)}});
  return barred;
}

void Registry::bar_part(pg::Transaction& transaction, std::span<const PhoneNumber> part,
                        const Suppression& like, Barred& barred,
                        std::vector<feed::Change>& changes) {
  const auto reason = to_string(like.reason);
  std::vector<PhoneNumber> added;
  SuppressionId first;
  for (const pg::Row row :
       transaction.run(sql::kSuppressionsAdd, std::vector<PhoneNumber>(part.begin(), part.end()),
                       reason, like.source, like.actor, clock_.now())) {
    if (added.empty()) first = row.get<SuppressionId>(0);
    added.push_back(row.get<PhoneNumber>(1));
  }
  if (added.empty()) return;
  if (const auto status = status_of(like.reason); !status.empty()) {
    transaction.run(sql::kPhoneStatusMany, added, status);
  }
  if (listener_ != nullptr) listener_->on_numbers_suppressed(transaction, added, like.reason);
  std::string voters;
  for (const pg::Row row : transaction.run(sql::kNumbersVoters, added)) {
    if (!voters.empty()) voters += ',';
    voters += row.text(0);
    ++barred.voters;
  }
  barred.added += std::ssize(added);
  changes.push_back({.kind = ChangeKind::suppression_added,
                     .subject = feed::subject_of("suppression", first),
                     .actor = like.actor,
                     .payload = fmt::format(R"({{"reason":"{}","numbers":{},"voters":[{}]}})",
                                            reason, added.size(), voters)});
}

std::vector<PhoneNumber> Registry::suppressed_numbers(SuppressionReason reason, PhoneNumber after,
                                                      int limit, Deadline deadline) {
  const auto connection = pool_.acquire(deadline);
  std::vector<PhoneNumber> out;
  for (const pg::Row row :
       connection->run(sql::kSuppressedNumbers, to_string(reason), after, limit)) {
    out.push_back(row.get<PhoneNumber>(0));
  }
  return out;
}

std::optional<SuppressionReason> Registry::reason_for(pg::Transaction& transaction,
                                                      PhoneNumber number, VoterId voter) {
  const auto rows = transaction.run(sql::kSuppressionReason, number, voter, bucket_of(voter));
  return rows.empty() ? std::nullopt : suppression_reason_from(rows[0].text(0));
}

}  // namespace hustings::registry
