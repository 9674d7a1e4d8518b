#include "rights/person_report.h"

#include <fmt/format.h>

#include "base/text.h"
#include "registry/home_set.h"
#include "rights/sql.h"
#include "rights/timeline.h"

namespace hustings::rights {
namespace {

std::string json_text(std::string_view text) {
  std::string out;
  append_json_string(out, text);
  return out;
}

struct Subject {
  PersonIds person;
  ErasedPerson files;
  bool is_protected = false;
  std::vector<std::string> withheld;
};

Result<Subject> subject_of(pg::Connection& connection, VoterId voter) {
  const pg::Rows found = connection.run(sql::kPersonProtected, bucket_of(voter), voter);
  if (found.empty()) return refuse(ErrorCode::not_found, "There is no such voter.");
  Subject out;
  out.is_protected = found[0].get<bool>(0);
  out.person = ids_of(connection, voter);
  out.files = files_of(connection, out.person);
  if (out.is_protected) out.withheld = columns_to_the_door();
  return out;
}

/// Files in which the person stood, also those that said nothing new.
std::string held_by(pg::Connection& connection, const Subject& of) {
  std::vector<std::string> sources;
  for (const auto& [source, id] : of.files.identities)
    sources.push_back(source);
  std::string out;
  for (const pg::Row row : connection.run(sql::kPersonPresence, sources)) {
    const registry::HomeSet homes = registry::HomeSet::from_bytes(row.get<pg::Bytes>(1).bytes);
    bool held = false;
    for (const VoterId id : of.person.ids)
      held = held || homes.contains(id.value());
    if (!held) continue;
    if (!out.empty()) out += ",\n  ";
    out += row.text(0);
  }
  return out;
}

std::string raw_rows(pg::Connection& connection, const Subject& of, RawRows* raw) {
  std::string out;
  if (raw == nullptr || of.is_protected) return out;
  for (const RawRows::Row& row : raw->rows_of(connection, of.files)) {
    if (!out.empty()) out += ",\n  ";
    out += fmt::format(R"({{"import":"{}","file_name":{},"line":{},"row":{}}})", row.import.text(),
                       json_text(row.file_name), row.line, json_text(row.text));
  }
  return out;
}

std::string identities(const Subject& of) {
  std::string out;
  for (const auto& [source, id] : of.files.identities) {
    if (!out.empty()) out += ',';
    out += fmt::format(R"({{"source":{},"external_id":{}}})", json_text(source), json_text(id));
  }
  return out;
}

std::string table_rows(pg::Connection& connection, const Subject& of, const PersonTable& table) {
  std::string out;
  for (const pg::Row row :
       connection.run(*table.report, of.person.buckets, of.person.ids, of.withheld)) {
    out += out.empty() ? "\n   " : ",\n   ";
    out += row.text(0);
  }
  return out;
}

}  // namespace

Result<std::string> person_report(pg::Connection& connection, VoterId voter, RawRows* raw,
                                  Instant now) {
  const Subject of = TRY(subject_of(connection, voter));
  std::string withheld;
  for (const std::string& column : of.withheld)
    withheld += (withheld.empty() ? "" : ",") + json_text(column);
  if (of.is_protected) withheld += ",\"rows_as_received\"";
  std::string out = fmt::format(
      "{{\"voter\":\"{}\",\n \"made_at\":\"{}\",\n \"protected\":{},\n \"withheld\":[{}]",
      voter.text(), to_iso(now), of.is_protected, withheld);
  out += fmt::format(",\n \"identities\":[{}]", identities(of));
  out += fmt::format(",\n \"held_by_files\":[{}]", held_by(connection, of));
  out += fmt::format(",\n \"rows_as_received\":[{}]", raw_rows(connection, of, raw));
  out += ",\n \"tables\":{";
  bool is_first = true;
  for (const PersonTable& table : person_tables()) {
    if (table.report == nullptr) continue;
    out += fmt::format("{}\n  \"{}\":[{}]", is_first ? "" : ",", table.table,
                       table_rows(connection, of, table));
    is_first = false;
  }
  return out + "}}\n";
}

Result<Erasure> erasure_outlook(pg::Connection& connection, VoterId voter, RawRows* raw) {
  const Subject of = TRY(subject_of(connection, voter));
  Erasure out{
      .voter = voter, .identities = std::ssize(of.files.identities), .tables = {}, .raw_rows = 0};
  for (const PersonTable& table : person_tables()) {
    if (table.report == nullptr) continue;
    const int rows =
        connection.run(*table.report, of.person.buckets, of.person.ids, of.withheld).size();
    if (rows > 0) out.tables.emplace_back(table.table, rows);
  }
  if (raw != nullptr) out.raw_rows = std::ssize(raw->rows_of(connection, of.files));
  return out;
}

}  // namespace hustings::rights
