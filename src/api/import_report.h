#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "api/spec.h"
#include "model/ids.h"

/// What a dry run of an import found out, as the API shows it.
namespace hustings::api {

struct SameChangeShape {
  std::optional<std::string> old;
  std::optional<std::string> now;
  std::int64_t count = 0;
  static Fields fields() {
    return {field("old", &SameChangeShape::old, "The value as it is; null: empty."),
            field("new", &SameChangeShape::now, "The value in the file; null: empty."),
            field("count", &SameChangeShape::count, "In how many rows.")};
  }
};

struct FieldChangesShape {
  std::string name;
  std::int64_t count = 0;
  std::int64_t distinct = 0;
  std::vector<SameChangeShape> same;
  static Fields fields() {
    return {field("field", &FieldChangesShape::name, "The field of the voter."),
            field("count", &FieldChangesShape::count, "Rows in which it would change."),
            field("distinct", &FieldChangesShape::distinct,
                  "Different changes: few of many rows are new codes."),
            field("same", &FieldChangesShape::same,
                  "Changes that several rows have in common, the commonest first.")};
  }
};

struct ChangeSampleShape {
  VoterId voter;
  std::string external_id;
  std::string name;
  std::optional<std::string> old;
  std::optional<std::string> now;
  static Fields fields() {
    return {field("voter", &ChangeSampleShape::voter, "The voter."),
            field("external_id", &ChangeSampleShape::external_id, "The id in the file."),
            field("field", &ChangeSampleShape::name, "The field."),
            field("old", &ChangeSampleShape::old, "The value as it is; null: empty."),
            field("new", &ChangeSampleShape::now, "The value in the file; null: empty.")};
  }
};

struct ImportReportShape {
  static constexpr std::string_view kName = "ImportReport";
  std::int64_t absent = 0;
  bool is_absent_too_many = false;
  std::vector<FieldChangesShape> changes;
  std::vector<ChangeSampleShape> samples;
  static Fields fields() {
    return {field("absent", &ImportReportShape::absent,
                  "Voters of earlier files, in the file's counties, that it lacks."),
            field("absent_too_many", &ImportReportShape::is_absent_too_many,
                  "The import would be refused for it: see absent_share_max."),
            field("fields", &ImportReportShape::changes,
                  "What would change, by field, the commonest first."),
            field("samples", &ImportReportShape::samples,
                  "Some changes to look at; none of protected voters.")};
  }
};

/// The report as ingest keeps it (ingest/trial_report.h).
ImportReportShape import_report_from(std::string_view text);

}  // namespace hustings::api
