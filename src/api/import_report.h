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

struct DuplicateSampleShape {
  std::int64_t line = 0;
  std::string external_id;
  std::optional<std::int64_t> other_line;
  std::optional<VoterId> voter;
  static Fields fields() {
    return {field("line", &DuplicateSampleShape::line, "The row's line in the file."),
            field("external_id", &DuplicateSampleShape::external_id, "The id in the file."),
            field("other_line", &DuplicateSampleShape::other_line,
                  "The earlier row that it repeats under another id, or"),
            field("voter", &DuplicateSampleShape::voter,
                  "the known voter of that name, birth and ZIP code under another id.")};
  }
};

struct AlikeSampleShape {
  std::int64_t line = 0;
  std::string external_id;
  VoterId voter;
  double probability = 0;
  static Fields fields() {
    return {field("line", &AlikeSampleShape::line, "The row's line in the file."),
            field("external_id", &AlikeSampleShape::external_id, "The id in the file."),
            field("voter", &AlikeSampleShape::voter, "The known voter it is probably of."),
            field("probability", &AlikeSampleShape::probability, "That it is.")};
  }
};

struct AlikeShape {
  std::int64_t compared = 0;
  std::int64_t found = 0;
  std::vector<AlikeSampleShape> samples;
  static Fields fields() {
    return {field("compared", &AlikeShape::compared,
                  "New rows that were compared with everybody: of more than 20,000 a part of them, "
                  "at equal distances."),
            field("found", &AlikeShape::found,
                  "Of these, rows that are more likely than not of a known voter, under another "
                  "id: moved, married or misspelled ones too."),
            field("samples", &AlikeShape::samples, "Some of them; none of protected voters.")};
  }
};

struct DuplicatesShape {
  std::int64_t in_file = 0;
  std::int64_t in_registry = 0;
  std::vector<DuplicateSampleShape> samples;
  std::optional<AlikeShape> alike;
  static Fields fields() {
    return {field("in_file", &DuplicatesShape::in_file,
                  "New rows that repeat the name, birth and ZIP code of an earlier one."),
            field("in_registry", &DuplicatesShape::in_registry,
                  "New rows with the name, birth and ZIP code of a known voter."),
            field("samples", &DuplicatesShape::samples, "Some of them; none of protected voters."),
            field("alike", &DuplicatesShape::alike,
                  "What the comparison of identity resolution finds; null for files of history "
                  "and scores.")};
  }
};

struct ImportReportShape {
  static constexpr std::string_view kName = "ImportReport";
  std::int64_t absent = 0;
  bool is_absent_too_many = false;
  std::vector<FieldChangesShape> changes;
  std::vector<ChangeSampleShape> samples;
  DuplicatesShape duplicates;
  std::int64_t parts = 0;
  std::vector<std::string> missing;
  static Fields fields() {
    return {field("absent", &ImportReportShape::absent,
                  "Voters of earlier files, in the file's counties, that it lacks."),
            field("absent_too_many", &ImportReportShape::is_absent_too_many,
                  "The import would be refused for it: see absent_share_max."),
            field("fields", &ImportReportShape::changes,
                  "What would change, by field, the commonest first."),
            field("samples", &ImportReportShape::samples,
                  "Some changes to look at; none of protected voters."),
            field("duplicates", &ImportReportShape::duplicates,
                  "Rows that may be of people who are there already, under another id."),
            field("parts", &ImportReportShape::parts, "How many files were read."),
            field("missing", &ImportReportShape::missing,
                  "Parts that the layout expects and that were not there.")};
  }
};

/// The report as ingest keeps it (ingest/trial_report.h).
ImportReportShape import_report_from(std::string_view text);

}  // namespace hustings::api
