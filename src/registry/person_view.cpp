#include "registry/person_view.h"

#include <algorithm>
#include <set>

#include "registry/person_name.h"
#include "registry/registry.h"
#include "registry/sql.h"
#include "registry/survivorship.h"

namespace hustings::registry {
namespace {

using OptionalText = std::optional<std::string>;

std::string name_of(const pg::Row& row, int first) {
  VoterSummary summary;
  summary.first_name = row.text(first);
  summary.middle_name = std::string(row.text(first + 1));
  summary.last_name = row.text(first + 2);
  summary.suffix = std::string(row.text(first + 3));
  return full_name(summary);
}

IdentityShown identity_of(const pg::Row& row) {
  IdentityShown out;
  out.home = row.get<VoterId>(0);
  out.source = row.get<std::string>(1);
  out.external_id = row.get<std::string>(2);
  out.name = name_of(row, 3);
  out.birth_year = row.get<std::optional<int>>(7);
  out.row = {.import = row.get<ImportId>(8),
             .file_name = row.get<std::string>(9),
             .line = row.get<std::int64_t>(11),
             .at = row.get<Instant>(10)};
  out.versions = static_cast<int>(row.get<std::int64_t>(12));
  out.is_absent = row.get<bool>(13);
  if (!row.is_null(14)) {
    out.why = {.decided_by = row.get<std::string>(14),
               .at = row.get<Instant>(15),
               .probability = row.get<std::optional<double>>(16),
               .bits = row.get<OptionalText>(17).value_or("")};
  }
  return out;
}

std::vector<FieldShown> empty_fields(bool is_protected) {
  std::vector<FieldShown> out;
  for (const ProfileField& field : kProfileFields) {
    if (field.kind == FieldKind::object || (is_protected && leads_to_the_door(field))) continue;
    out.push_back({.name = field.name,
                   .group = field.group,
                   .may_be_blank = field.may_be_blank,
                   .is_correctable = field.is_correctable,
                   .value = {},
                   .correction = {},
                   .place = {},
                   .values = {}});
  }
  return out;
}

/// Of one identity the newest version counts; its blank lets an older value through only where its
/// import keeps blanks.
void read_versions(const pg::Rows& versions, std::vector<FieldShown>& fields) {
  std::set<std::pair<std::size_t, VoterId>> settled;
  for (const pg::Row row : versions) {
    const auto place = static_cast<std::size_t>(row.get<std::int64_t>(0));
    const auto home = row.get<VoterId>(1);
    if (settled.contains({place, home})) continue;
    const bool is_blank = row.is_null(3);
    if (is_blank && row.get<bool>(4)) continue;
    settled.insert({place, home});
    if (is_blank) continue;
    fields[place].values.push_back({.home = home,
                                    .source = row.get<std::string>(2),
                                    .value = row.get<std::string>(3),
                                    .row = {.import = row.get<ImportId>(5),
                                            .file_name = row.get<std::string>(6),
                                            .line = row.get<std::int64_t>(8),
                                            .at = row.get<Instant>(7)}});
  }
}

void read_shown(const pg::Rows& shown, std::vector<FieldShown>& fields) {
  for (std::size_t i = 0; i < fields.size(); ++i) {
    FieldShown& field = fields[i];
    const pg::Row row = shown[static_cast<int>(i)];
    field.value = row.get<OptionalText>(0);
    field.correction = row.get<std::optional<CorrectionId>>(1);
    if (field.correction || !field.value) continue;
    const auto from = std::ranges::find(field.values, *field.value, &ValueShown::value);
    if (from != field.values.end()) {
      field.place = static_cast<std::size_t>(from - field.values.begin());
    }
  }
}

}  // namespace

Result<std::vector<IdentityShown>> Registry::identities(VoterId id, Deadline deadline) {
  const auto connection = pool_.acquire(deadline);
  const VoterId voter = person_of(*connection, id);
  std::vector<IdentityShown> out;
  for (const pg::Row row : connection->run(sql::kPersonIdentities, bucket_of(voter), voter)) {
    out.push_back(identity_of(row));
  }
  if (out.empty()) return refuse(ErrorCode::not_found, "There is no such voter.");
  return out;
}

Result<std::vector<FieldShown>> Registry::fields(VoterId id, Deadline deadline) {
  const auto connection = pool_.acquire(deadline);
  const pg::Transaction transaction(*connection, deadline,
                                    pg::Transaction::Isolation::repeatable_read);
  const VoterId voter = person_of(*connection, id);
  const std::int16_t bucket = bucket_of(voter);
  const auto found = connection->run(sql::kVoterFind, bucket, voter);
  if (found.empty()) return refuse(ErrorCode::not_found, "There is no such voter.");
  constexpr int kIsProtected = 11;
  std::vector<FieldShown> out = empty_fields(found[0].get<bool>(kIsProtected));
  std::vector<std::string> names;
  for (const FieldShown& field : out)
    names.emplace_back(field.name);
  read_versions(connection->run(sql::kPersonVersions, bucket, voter, names), out);
  read_shown(connection->run(sql::kPersonValues, bucket, voter, names), out);
  return out;
}

}  // namespace hustings::registry
