#include "registry/presence.h"

#include "registry/copy_buffer.h"
#include "registry/detail/copy_rows.h"
#include "registry/sql.h"

namespace hustings::registry {
namespace {

void append_missing(const Missing& missing, CopyBuffer& out) {
  out.row(3);
  out.int16(bucket_of(missing.home));
  out.int64(missing.home.value());
  out.int64(missing.last.value());
}

/// What absent_stage holds becomes who is absent since when.
void find_staged(pg::Transaction& transaction, std::string_view source, const CopyBuffer& staged) {
  transaction.run(sql::kAbsentStageMake);
  transaction.run(sql::kAbsentFoundMake);
  detail::copy_rows(transaction.connection(), sql::kAbsentStageCopy, staged.view());
  transaction.run(sql::kAbsentStageAnalyze);
  transaction.run(sql::kAbsentFind, source);
}

std::vector<std::int64_t> absent_of(pg::Transaction& transaction, std::string_view source) {
  std::vector<std::int64_t> homes;
  for (const pg::Row row : transaction.run(sql::kAbsenceOfSource, source)) {
    homes.push_back(row.get<std::int64_t>(0));
  }
  return homes;
}

void replace_absence(pg::Transaction& transaction, std::string_view source,
                     const std::vector<std::int64_t>& ended) {
  transaction.run(sql::kAbsencePersons, source, ended);
  transaction.run(sql::kAbsenceEnd, source, ended);
  transaction.run(sql::kAbsenceAdd, source);
  transaction.run(sql::kAbsenceFlags);
}

}  // namespace

void write_presence(pg::Transaction& transaction, const Presence& about, const HomeSet& homes) {
  transaction.run(sql::kPresenceAdd, about.import, about.part, about.source, about.name,
                  about.counties, pg::Bytes{homes.bytes()});
}

std::map<ImportId, HomeSet> read_presence(pg::Connection& connection, std::string_view source) {
  std::map<ImportId, HomeSet> out;
  for (const pg::Row row : connection.run(sql::kPresenceOfSource, source)) {
    out.emplace(row.get<ImportId>(0), HomeSet::from_bytes(row.get<pg::Bytes>(1).bytes));
  }
  return out;
}

std::int64_t find_absent(pg::Transaction& transaction, std::string_view source,
                         std::span<const Missing> missing) {
  CopyBuffer staged;
  for (const Missing& one : missing)
    append_missing(one, staged);
  find_staged(transaction, source, staged);
  return transaction.run(sql::kAbsentCount).only().get<std::int64_t>(0);
}

void mark_absent(pg::Transaction& transaction, std::string_view source, const HomeSet& present) {
  std::vector<std::int64_t> back;
  for (const std::int64_t home : absent_of(transaction, source)) {
    if (present.contains(home)) back.push_back(home);
  }
  replace_absence(transaction, source, back);
}

void reckon_absence(pg::Transaction& transaction, std::string_view source) {
  const auto presence = read_presence(transaction.connection(), source);
  CopyBuffer staged;
  HomeSet later;
  for (auto at = presence.rbegin(); at != presence.rend(); ++at) {
    HomeSet last_seen = at->second;
    last_seen -= later;
    if (at != presence.rbegin()) {
      last_seen.each(
          [&](std::int64_t home) { append_missing({VoterId(home), at->first}, staged); });
    }
    later |= at->second;
  }
  const auto before = absent_of(transaction, source);
  find_staged(transaction, source, staged);
  replace_absence(transaction, source, before);
}

}  // namespace hustings::registry
