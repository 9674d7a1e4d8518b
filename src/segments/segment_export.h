#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/error.h"
#include "pg/pool.h"
#include "segments/segment_service.h"

namespace hustings::segments {

inline constexpr std::size_t kExportRowsMax = 250'000;

/// Voters of a segment as a CSV file, told to the feed: who took how many, of which version.
class SegmentExport {
 public:
  SegmentExport(pg::Pool& pool, const SegmentService& segments)
      : pool_(pool), segments_(segments) {}

  struct File {
    std::string name;  ///< of the segment, for the file's name
    std::string csv;   ///< RFC 4180, with a line of titles
    std::int64_t rows = 0;
  };
  /// Refuses: not_found, over_limit beyond kExportRowsMax. Protected voters are left out.
  Result<File> csv(SegmentId id, const std::string& actor, Deadline deadline) const;

  struct Taken {
    Instant at;
    std::string actor;
    std::int64_t rows = 0;
    int version = 0;
    feed::Position position = 0;
  };
  /// Who took one, newest first; the last hundred.
  std::vector<Taken> taken(SegmentId id) const;

 private:
  pg::Pool& pool_;
  const SegmentService& segments_;
};

}  // namespace hustings::segments
