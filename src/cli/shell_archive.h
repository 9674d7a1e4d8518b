#pragma once

#include <cstdint>
#include <filesystem>

#include "base/error.h"
#include "pg/connection.h"

namespace hustings::cli {

class ProgressLine;
class StopSignal;

struct ArchiveSummary {
  std::uint64_t tables = 0;
  std::uint64_t rows = 0;
  std::uint64_t bytes = 0;  ///< as stored
};

/// Writes an archive into a new folder, reads it back, compares every digest, and notes the run in
/// the database. Ctrl-C stops it and leaves nothing.
Result<ArchiveSummary> archive_and_verify(const pg::ConnectOptions& database,
                                          const std::filesystem::path& folder, StopSignal& signal,
                                          ProgressLine& line);

}  // namespace hustings::cli
