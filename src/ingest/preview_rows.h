#pragma once

#include "base/error.h"
#include "ingest/first_look.h"
#include "ingest/preview.h"
#include "ingest/row_reader.h"

namespace hustings::ingest {

/// Reads the first rows as an import would: fills rows_taken, results and problems of `out`.
void try_rows(const FileFormat& format, const Beginning& beginning, FilePreview& out);

}  // namespace hustings::ingest
