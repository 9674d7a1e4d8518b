#pragma once

#include <cstdint>
#include <vector>

#include "ingest/loader.h"
#include "registry/bulk_writer.h"

/// Rows of ids that no imported voter file has: counted, never a reject.
namespace hustings::ingest {

std::vector<ImportWarning> warnings_of_orphans(std::int64_t orphans);

/// What of a file's votes or scores was new; the rest said what was known.
struct WrittenOf {
  Progress& progress;
  std::int64_t orphans = 0;
};
void note_written(const registry::Written& written, const WrittenOf& of);

}  // namespace hustings::ingest
