#pragma once

#include <filesystem>

#include "base/error.h"
#include "ingest/header.h"
#include "ingest/layout.h"

namespace hustings::ingest {

/// Reads a file's beginning and finds the layout's columns in it. Refuses what cannot be imported
/// with this layout: archives and other binary files, a wrong delimiter, a missing column.
Result<ColumnMap> look_at_header(const std::filesystem::path& file, const Layout& layout);

}  // namespace hustings::ingest
