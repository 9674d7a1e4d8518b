#include "ingest/orphans.h"

#include "ingest/counted_words.h"

namespace hustings::ingest {

std::vector<ImportWarning> warnings_of_orphans(std::int64_t orphans) {
  if (orphans == 0) return {};
  return {{"orphans", orphans,
           counted_words(orphans,
                         "rows are of ids that no imported voter file has; import the "
                         "voter file first, then this file again")}};
}

void note_written(const registry::Written& written, const WrittenOf& of) {
  Progress& progress = of.progress;
  progress.rows_new = written.added;
  progress.rows_changed = written.changed;
  progress.rows_same =
      progress.rows_read - progress.rows_rejected - of.orphans - written.added - written.changed;
}

}  // namespace hustings::ingest
