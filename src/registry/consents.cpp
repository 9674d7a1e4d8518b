#include <fmt/format.h>

#include "registry/registry.h"
#include "registry/sql.h"

namespace hustings::registry {
namespace {

constexpr std::size_t kSourceMax = 200;
constexpr std::size_t kEvidenceMax = 2000;
/// Clocks of other machines run fast; what was said later than this was not said yet.
constexpr std::chrono::minutes kAheadMax{5};

Status check(const Consent& consent, Instant now) {
  if (consent.source.empty() || consent.source.size() > kSourceMax) {
    return invalid(fmt::format("Say in 1 to {} characters where this comes from.", kSourceMax),
                   "source");
  }
  if (consent.evidence && consent.evidence->size() > kEvidenceMax) {
    return invalid(fmt::format("Evidence has {} characters at the most: name where the proof is.",
                               kEvidenceMax),
                   "evidence");
  }
  if (consent.at && *consent.at > now + kAheadMax) {
    return invalid("Consent cannot have been given in the future; give the moment in UTC.", "at");
  }
  return {};
}

/// What a phone bank asks: may the campaign call?
bool bars_calls(const Consent& consent) {
  return consent.purpose == ConsentPurpose::campaign && consent.channel == ConsentChannel::phone;
}

ConsentShown shown(const pg::Row& row) {
  ConsentShown out;
  out.consent.purpose = consent_purpose_from(row.text(0)).value();
  out.consent.channel = consent_channel_from(row.text(1)).value();
  out.consent.state = consent_state_from(row.text(2)).value();
  out.consent.source = row.text(3);
  out.consent.evidence = row.get<std::optional<std::string>>(4);
  out.consent.actor = row.text(5);
  out.consent.at = row.get<Instant>(6);
  out.recorded_at = row.get<Instant>(7);
  out.counts = row.get<bool>(8);
  return out;
}

}  // namespace

Status Registry::record_consent(VoterId home, const Consent& consent, Deadline deadline) {
  const Instant now = clock_.now();
  TRY(check(consent, now));
  const Instant at = consent.at.value_or(now);
  const auto connection = pool_.acquire(deadline);
  pg::Transaction transaction(*connection, deadline);
  const auto person = hold_person(transaction, home);
  if (!person) return refuse(ErrorCode::not_found, "There is no such voter.", "voter");
  const VoterId voter = *person;
  const std::int16_t bucket = bucket_of(voter);
  const auto purpose = to_string(consent.purpose);
  const auto channel = to_string(consent.channel);
  const auto state = to_string(consent.state);
  // Two who record at one moment must not both take the other's word for the one before.
  transaction.run(sql::kSuppressionLock, PhoneNumber(0), voter);
  const auto before = transaction.run(sql::kConsentState, bucket, voter, purpose, channel);
  const bool was_withdrawn = !before.empty() && before[0].text(0) == "withdrawn";
  const bool was_given = !before.empty() && !was_withdrawn;
  transaction.run(sql::kConsentEventAdd, bucket, voter, purpose, channel, state, consent.source,
                  consent.evidence, consent.actor, at, now, home);
  const bool counts = !transaction
                           .run(sql::kConsentSet, bucket, voter, purpose, channel, state,
                                consent.source, consent.evidence, at)
                           .empty();
  const bool is_withdrawn = counts ? consent.state == ConsentState::withdrawn : was_withdrawn;
  if (bars_calls(consent) && is_withdrawn != was_withdrawn && listener_ != nullptr) {
    const auto reason = SuppressionReason::consent_withdrawn;
    if (is_withdrawn) {
      listener_->on_suppressed(transaction, std::nullopt, voter, reason);
    } else {
      listener_->on_ended(transaction, std::nullopt, voter, reason);
    }
  }
  const bool is_given = counts && consent.state == ConsentState::given;
  if (bars_calls(consent) && is_given && !was_given && listener_ != nullptr) {
    listener_->on_consent_given(transaction, voter);
  }
  const feed::Change change{
      .kind = ChangeKind::consent_recorded,
      .subject = feed::subject_of("voter", voter),
      .actor = consent.actor,
      .payload = fmt::format(R"({{"purpose":"{}","channel":"{}","state":"{}","counts":{}}})",
                             purpose, channel, state, counts)};
  feed::commit(transaction, {&change, 1});
  log_.info("consent_recorded", {{"purpose", purpose}, {"channel", channel}, {"state", state}});
  return {};
}

std::vector<ConsentShown> Registry::consents(VoterId id, Deadline deadline) {
  const auto connection = pool_.acquire(deadline);
  const VoterId voter = person_of(*connection, id);
  std::vector<ConsentShown> out;
  for (const pg::Row row : connection->run(sql::kConsentsOfVoter, bucket_of(voter), voter)) {
    out.push_back(shown(row));
  }
  return out;
}

}  // namespace hustings::registry
