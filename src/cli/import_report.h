#pragma once

#include <string_view>

namespace hustings::cli {

/// Prints what a dry run found out (ingest/trial_report.h): completeness, fields that would change
/// with their commonest changes, samples, possible duplicates.
void print_import_report(std::string_view text);

}  // namespace hustings::cli
