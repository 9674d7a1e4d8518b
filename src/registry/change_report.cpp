#include "registry/change_report.h"

#include <algorithm>

#include "registry/sql.h"

namespace hustings::registry {

ChangeReport report_changes(pg::Transaction& transaction) {
  ChangeReport report;
  transaction.run(sql::kVoterChangeAnalyze);
  transaction.run(sql::kChangeReportMake);
  for (const pg::Row row : transaction.run(sql::kChangeReportFields)) {
    report.fields.push_back({.name = row.get<std::string>(0),
                             .count = row.get<std::int64_t>(1),
                             .distinct = row.get<std::int64_t>(2),
                             .same = {}});
  }
  for (const pg::Row row : transaction.run(sql::kChangeReportValues)) {
    const auto field = std::ranges::find(report.fields, row.text(0), &ChangeReport::Field::name);
    field->same.push_back({row.get<ChangeReport::Value>(1), row.get<ChangeReport::Value>(2),
                           row.get<std::int64_t>(3)});
  }
  for (const pg::Row row : transaction.run(sql::kChangeReportSamples)) {
    report.samples.push_back({.voter = row.get<VoterId>(0),
                              .external_id = row.get<std::string>(1),
                              .field = row.get<std::string>(2),
                              .old = row.get<ChangeReport::Value>(3),
                              .now = row.get<ChangeReport::Value>(4)});
  }
  return report;
}

}  // namespace hustings::registry
