#include <algorithm>
#include <functional>

#include "base/text.h"
#include "registry/person_name.h"
#include "registry/registry.h"
#include "registry/sql.h"
#include "registry/survivorship.h"

namespace hustings::registry {
namespace {

using OptionalText = std::optional<std::string>;

/// Reads the columns of a row one behind the other.
class Columns {
 public:
  explicit Columns(const pg::Row& row) : row_(row) {}
  template <class T>
  T next() {
    return row_.get<T>(column_++);
  }

 private:
  pg::Row row_;
  int column_ = 0;
};

VoterSummary read_summary(Columns& columns) {
  VoterSummary out;
  out.id = columns.next<VoterId>();
  out.last_name = columns.next<std::string>();
  out.first_name = columns.next<std::string>();
  out.middle_name = columns.next<OptionalText>().value_or("");
  out.suffix = columns.next<OptionalText>().value_or("");
  out.birth_year = columns.next<std::optional<int>>();
  out.party = columns.next<OptionalText>();
  out.county = columns.next<std::string>();
  out.city = columns.next<OptionalText>();
  out.status = columns.next<std::string>();
  out.phone_present = columns.next<bool>();
  out.is_protected = columns.next<bool>();
  return out;
}

VoterProfile read_profile(const pg::Row& row) {
  Columns columns(row);
  VoterProfile out;
  out.summary = read_summary(columns);
  out.external_id = columns.next<std::string>();
  out.status_reason = columns.next<OptionalText>();
  out.gender = columns.next<OptionalText>();
  out.race = columns.next<OptionalText>();
  out.ethnicity = columns.next<OptionalText>();
  out.birth_place = columns.next<OptionalText>();
  out.registered_on = columns.next<OptionalText>();
  out.state = columns.next<std::string>();
  out.street = columns.next<OptionalText>();
  out.zip5 = columns.next<OptionalText>();
  out.zip4 = columns.next<OptionalText>();
  out.mail_address = columns.next<OptionalText>();
  out.precinct = columns.next<OptionalText>();
  out.municipality = columns.next<OptionalText>();
  out.quality = columns.next<std::int32_t>();
  out.absent_since = columns.next<OptionalText>();
  return out;
}

std::vector<VoterPhone> phones_of(pg::Connection& connection, VoterId voter) {
  std::vector<VoterPhone> out;
  for (const pg::Row row : connection.run(sql::kVoterPhones, bucket_of(voter), voter)) {
    out.push_back(
        {.number = row.get<PhoneNumber>(0),
         .status = row.get<std::string>(1),
         .suppressed = row.is_null(2) ? std::nullopt : suppression_reason_from(row.text(2))});
  }
  return out;
}

std::vector<HouseholdMember> household_of(pg::Connection& connection, VoterId voter) {
  std::vector<HouseholdMember> out;
  for (const pg::Row row : connection.run(sql::kVoterHousehold, bucket_of(voter), voter)) {
    VoterSummary member;
    member.last_name = row.get<std::string>(1);
    member.first_name = row.get<std::string>(2);
    member.middle_name = std::string(row.text(3));
    member.suffix = std::string(row.text(4));
    out.push_back({row.get<VoterId>(0), full_name(member), row.get<std::optional<int>>(5)});
  }
  return out;
}

std::vector<VoterVote> votes_of(pg::Connection& connection, VoterId voter) {
  std::vector<VoterVote> out;
  for (const pg::Row row : connection.run(sql::kVoterVotes, bucket_of(voter), voter)) {
    out.push_back({.election = row.get<ElectionId>(0),
                   .name = row.get<std::string>(1),
                   .held_on = row.get<std::string>(2),
                   .kind = row.get<std::string>(3),
                   .method = row.get<OptionalText>(4),
                   .party = row.get<OptionalText>(5)});
  }
  return out;
}

std::vector<SuppressionShown> suppressions_of(pg::Connection& connection, VoterId voter) {
  std::vector<SuppressionShown> out;
  for (const pg::Row row : connection.run(sql::kVoterSuppressions, bucket_of(voter), voter)) {
    out.push_back({.id = row.get<SuppressionId>(0),
                   .number = row.get<std::optional<PhoneNumber>>(1),
                   .voter = row.get<std::optional<VoterId>>(2),
                   .reason = suppression_reason_from(row.text(3)).value(),
                   .source = row.get<std::string>(4),
                   .at = row.get<Instant>(5),
                   .ended_at = row.get<std::optional<Instant>>(6)});
  }
  return out;
}

std::vector<SourceRecord> records_of(pg::Connection& connection, VoterId voter) {
  std::vector<SourceRecord> out;
  for (const pg::Row row : connection.run(sql::kVoterRecords, bucket_of(voter), voter)) {
    out.push_back({.import = row.get<ImportId>(0),
                   .source = row.get<std::string>(1),
                   .external_id = row.get<std::string>(2),
                   .line = row.get<std::int64_t>(3)});
  }
  return out;
}

/// A household's number is ours, and is shown of nobody.
std::vector<std::string> fields_withheld(bool is_protected) {
  std::vector<std::string> out = {"household_id"};
  for (const ProfileField& field : kProfileFields) {
    if (is_protected && leads_to_the_door(field)) out.emplace_back(field.name);
  }
  return out;
}

std::vector<CorrectionShown> corrections_of(pg::Connection& connection, const VoterSummary& voter) {
  std::vector<CorrectionShown> out;
  for (const pg::Row row : connection.run(sql::kCorrectionsOfVoter, bucket_of(voter.id), voter.id,
                                          fields_withheld(voter.is_protected))) {
    out.push_back({.id = row.get<CorrectionId>(0),
                   .fields = row.get<std::string>(1),
                   .actor = row.get<std::string>(2),
                   .at = row.get<Instant>(3),
                   .ended_at = row.get<std::optional<Instant>>(4)});
  }
  return out;
}

}  // namespace

std::string full_name(const VoterSummary& voter) {
  std::string out;
  for (const std::string* part :
       {&voter.first_name, &voter.middle_name, &voter.last_name, &voter.suffix}) {
    if (part->empty()) continue;
    if (!out.empty()) out += ' ';
    out += shown_name(*part);
  }
  return out;
}

Result<VoterProfile> Registry::profile(VoterId id, Deadline deadline) {
  const auto handle = pool_.acquire(deadline);
  pg::Connection& connection = *handle;
  const pg::Transaction transaction(connection, deadline,
                                    pg::Transaction::Isolation::repeatable_read);
  const VoterId voter = person_of(connection, id);
  const auto rows = connection.run(sql::kVoterFind, bucket_of(voter), voter);
  if (rows.empty()) return refuse(ErrorCode::not_found, "There is no such voter.");
  VoterProfile out = read_profile(rows[0]);
  for (const pg::Row row : connection.run(sql::kVoterDistricts, bucket_of(voter), voter)) {
    out.districts.emplace_back(row.text(0), row.text(1));
  }
  if (!out.summary.is_protected) {
    out.phones = phones_of(connection, voter);
    out.household = household_of(connection, voter);
  }
  for (const pg::Row row : connection.run(sql::kVoterScores, bucket_of(voter), voter)) {
    out.scores = VoterScores{row.get<std::optional<int>>(0), row.get<std::optional<int>>(1),
                             row.get<std::optional<int>>(2), row.get<std::string>(3),
                             row.get<std::string>(4)};
  }
  out.votes = votes_of(connection, voter);
  out.suppressions = suppressions_of(connection, voter);
  if (out.summary.is_protected) {
    for (SuppressionShown& bar : out.suppressions)
      bar.number.reset();
  }
  out.records = records_of(connection, voter);
  out.corrections = corrections_of(connection, out.summary);
  return out;
}

std::vector<feed::Entry> Registry::history(VoterId id, int limit, Deadline deadline) {
  const auto connection = pool_.acquire(deadline);
  const pg::Transaction transaction(*connection, deadline);
  const VoterId voter = person_of(*connection, id);
  // What was said of an identity before it joined is said of its home.
  std::vector<std::string> subjects = {feed::subject_of("voter", voter)};
  for (const pg::Row row : connection->run(sql::kPersonsLinked, bucket_of(voter), voter)) {
    subjects.push_back(feed::subject_of("voter", row.get<VoterId>(0)));
  }
  for (const VoterPhone& phone : phones_of(*connection, voter)) {
    subjects.push_back(number_subject(phone.number));
  }
  std::vector<feed::Entry> out;
  for (const std::string& subject : subjects) {
    const auto of_subject = feed::history(*connection, subject, limit);
    out.insert(out.end(), of_subject.begin(), of_subject.end());
  }
  std::ranges::sort(out, std::greater(), &feed::Entry::position);
  if (std::ssize(out) > limit) out.resize(static_cast<std::size_t>(limit));
  return out;
}

}  // namespace hustings::registry
