#pragma once

#include "base/error.h"
#include "ingest/header.h"
#include "ingest/layout.h"
#include "ingest/source.h"

namespace hustings::ingest {

/// Reads the files of codes that belong to a part, and gives the part's columns their meaning:
/// which election a column or a code stands for, what a district is called. Does nothing for
/// layouts without maps. Refuses a map that cannot be read.
Status apply_code_maps(Source& source, const SourcePart& part, const Layout& layout,
                       ColumnMap& map);

}  // namespace hustings::ingest
