#include "rights/timeline.h"

#include <algorithm>

#include "feed/feed.h"
#include "registry/persons.h"
#include "registry/suppression.h"
#include "rights/person_tables.h"
#include "rights/sql.h"

namespace hustings::rights {
namespace {

/// A row for each change of a record, those of one record behind each other.
constexpr int kRowsMax = 2000;

struct Who {
  PersonIds person;
  bool is_protected = false;
};

/// The place of a record among those that were read last, or a new one.
TimelineEntry& entry_of(std::vector<TimelineEntry>& all, const pg::Row& row) {
  const auto import = row.get<ImportId>(0);
  const auto id = row.get<std::string>(5);
  const bool is_same = !all.empty() && all.back().import == import && all.back().external_id == id;
  if (is_same) return all.back();
  all.push_back({.at = row.get<Instant>(1),
                 .kind = row.get<bool>(7) ? "record_read" : "record_changed",
                 .actor = row.get<std::string>(3),
                 .import = import,
                 .file_name = row.get<std::string>(2),
                 .source = row.get<std::string>(4),
                 .external_id = id,
                 .line = row.get<std::int64_t>(6)});
  return all.back();
}

std::vector<TimelineEntry> files_of(pg::Connection& connection, const Who& who) {
  const std::vector<std::string> withheld =
      who.is_protected ? columns_to_the_door() : std::vector<std::string>();
  std::vector<TimelineEntry> out;
  const VoterId voter = who.person.voter;
  for (const pg::Row row : connection.run(sql::kTimelineRecords, who.person.buckets, who.person.ids,
                                          withheld, bucket_of(voter), voter, kRowsMax)) {
    TimelineEntry& entry = entry_of(out, row);
    if (row.is_null(8)) continue;
    entry.changes.push_back({.field = row.get<std::string>(8),
                             .before = row.get<std::optional<std::string>>(9),
                             .after = row.get<std::optional<std::string>>(10)});
  }
  return out;
}

std::vector<std::string> subjects_of(pg::Connection& connection, const Who& who) {
  std::vector<std::string> out;
  for (const VoterId id : who.person.ids)
    out.push_back(feed::subject_of("voter", id));
  if (who.is_protected) return out;
  for (const pg::Row row :
       connection.run(sql::kErasureNumbers, who.person.buckets, who.person.ids)) {
    out.push_back(registry::number_subject(row.get<std::int64_t>(0)));
  }
  return out;
}

}  // namespace

Result<std::vector<TimelineEntry>> timeline(pg::Connection& connection, VoterId id, int limit) {
  const VoterId voter = registry::person_of(connection, id);
  const pg::Rows found = connection.run(sql::kPersonProtected, bucket_of(voter), voter);
  if (found.empty()) return refuse(ErrorCode::not_found, "There is no such voter.");
  const Who who{.person = ids_of(connection, voter), .is_protected = found[0].get<bool>(0)};
  std::vector<TimelineEntry> out = files_of(connection, who);
  for (const std::string& subject : subjects_of(connection, who)) {
    for (feed::Entry& entry : feed::history(connection, subject, limit)) {
      out.push_back({.at = entry.at,
                     .kind = std::string(to_string(entry.kind)),
                     .actor = std::move(entry.actor),
                     .subject = std::move(entry.subject),
                     .payload = std::move(entry.payload)});
    }
  }
  std::ranges::sort(out, [](const TimelineEntry& a, const TimelineEntry& b) {
    return a.at != b.at ? a.at > b.at : a.kind < b.kind;
  });
  if (std::ssize(out) > limit) out.resize(static_cast<std::size_t>(limit));
  return out;
}

const std::vector<std::string>& columns_to_the_door() {
  static const std::vector<std::string> kColumns = {"street",
                                                    "city",
                                                    "zip5",
                                                    "zip4",
                                                    "mail_address",
                                                    "household_id",
                                                    "phone",
                                                    "number",
                                                    "email",
                                                    "county",
                                                    "precinct",
                                                    "municipality",
                                                    "ward",
                                                    "congressional_district",
                                                    "state_senate_district",
                                                    "state_house_district",
                                                    "school_district",
                                                    "county_commission_district",
                                                    "districts",
                                                    "birth_place",
                                                    "fields",
                                                    "note",
                                                    "text",
                                                    "payload"};
  return kColumns;
}

}  // namespace hustings::rights
