#include <fmt/format.h>

#include "base/text.h"
#include "ingest/row_reader.h"
#include "ingest/wide_columns.h"

namespace hustings::ingest {

std::string_view election_kind(std::string_view name) {
  const auto has = [&](std::string_view word) { return name.find(word) != std::string_view::npos; };
  if (has("RUNOFF") || has("RUN-OFF") || has("SECOND PRIMARY")) return "runoff";
  if (has("SPECIAL")) return "special";
  if (has("MUNICIPAL")) return "municipal";
  if (has("PRIMARY")) return "primary";
  if (has("GENERAL")) return "general";
  return "other";
}

bool HistoryReader::read_election(HistoryRow& row, RowProblem& problem) {
  const ColumnMap& map = reader_.map();
  row.name = reader_.text(Target::election_name);
  if (!reader_.code(Target::election_name, row.name, problem)) return false;
  std::optional<std::int32_t> held_on;
  if (!map.election_codes.empty()) {
    const std::string_view code = reader_.text(Target::election_date);
    const auto found = map.election_codes.find(std::string(code));
    if (found != map.election_codes.end()) {
      constexpr std::size_t kDate = 10;  // "YYYY-MM-DD name"
      held_on = parse_date(found->second.substr(0, kDate), "YYYY-MM-DD");
      row.name = std::string_view(found->second).substr(kDate + 1);
    }
    if (!held_on) {
      problem = {reader_.place(Target::election_date),
                 fmt::format("'{}' is not in the file of election codes.", code)};
      return false;
    }
  } else {
    bool placeholder = false;
    if (!reader_.date(Target::election_date, held_on, placeholder, problem)) return false;
  }
  if (!held_on) {
    problem = {reader_.place(Target::election_date), "No date of an election."};
    return false;
  }
  row.held_on = *held_on;
  if (row.name.empty() && is_general_election_day(row.held_on)) row.name = "GENERAL";
  return true;
}

bool HistoryReader::read(const Line& line, HistoryRow& row, RowProblem& problem) {
  if (!reader_.split(line.text, line.part, problem)) return false;
  row = {};
  row.external_id = reader_.text(Target::external_id);
  if (row.external_id.empty()) {
    problem = {reader_.place(Target::external_id), "No id: nobody can tell whose vote this is."};
    return false;
  }
  row.method = reader_.text(Target::method);
  if (!reader_.code(Target::method, row.method, problem)) return false;
  if (row.method == kNoVote) {
    problem.is_skipped = true;
    return false;
  }
  if (!read_election(row, problem)) return false;
  row.party = reader_.text(Target::party);
  row.county = reader_.text(Target::county);
  return reader_.code(Target::county, row.county, problem);
}

}  // namespace hustings::ingest
