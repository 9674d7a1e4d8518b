#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "ingest/import.h"
#include "registry/change_report.h"
#include "registry/duplicates.h"
#include "registry/likeness.h"

namespace hustings::ingest {

/// What a dry run has found out, besides its counts.
struct TrialReport {
  std::int64_t absent = 0;  ///< voters who would become absent
  /// More than the request allows: publishing would be refused.
  bool is_absent_too_many = false;
  registry::ChangeReport changes;  ///< of known voters
  registry::Duplicates duplicates;
  std::optional<registry::AlikeRows> alike;  ///< of voter files, where people can be compared
  std::int64_t parts = 0;                    ///< files that were read
  std::vector<std::string> missing;  ///< parts that the layout expects and that are not there
};

/// As import_run keeps it and the API shows it:
/// {"new":…,"changed":…,"same":…,"rejected":…,"absent":…,"absent_too_many":false,
///  "fields":[{"field":"precinct","count":…,"distinct":…,
///             "same":[{"old":"1","new":"01","count":…}]}],
///  "samples":[{"voter":"vtr_…","external_id":"…","field":"city","old":null,"new":"RALEIGH"}],
///  "duplicates":{"in_file":…,"in_registry":…,
///                "samples":[{"line":7,"external_id":"…","other_line":3,"voter":null}],
///                "alike":{"compared":…,"found":…,"samples":[
///                  {"line":7,"external_id":"…","voter":"vtr_…","probability":0.98}]}},
///  "parts":4,"missing":["ALA"]}
std::string to_json(const TrialReport& report, const ImportCounts& counts);

}  // namespace hustings::ingest
