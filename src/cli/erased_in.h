#pragma once

#include <filesystem>

#include "base/error.h"
#include "pg/connection.h"
#include "rights/tombstones.h"

namespace hustings::cli {

/// The tombstones of an archive (a folder), or of a file that `hustings erase --export` wrote.
/// invalid for anything else; an archive of a program that knew no erasure has none.
Result<rights::TombstoneSet> erasures_in(const std::filesystem::path& path);

/// Erases from a database whoever stands under one of these tombstones or of its own; brings the
/// database up to date first. Returns how many went.
Result<std::int64_t> apply_erasures(const pg::ConnectOptions& database,
                                    const rights::TombstoneSet& erasures);

}  // namespace hustings::cli
