#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/error.h"
#include "base/temporary_file.h"
#include "pg/pool.h"
#include "segments/segment_service.h"

namespace hustings::segments {

/// Voters of a segment as a CSV file, told to the feed: who took how many, of which version.
class SegmentExport {
 public:
  SegmentExport(pg::Pool& pool, const SegmentService& segments, const Clock& clock)
      : pool_(pool), segments_(segments), clock_(clock) {}

  struct File {
    std::shared_ptr<TemporaryFile> csv;  ///< RFC 4180, with a line of titles; who sends it holds it
    std::int64_t rows = 0;
  };
  /// Writes the file into `folder`, however many there are; it takes as long as that takes, beyond
  /// a request's deadline. Refuses: not_found. Protected voters are left out. Throws Failure where
  /// the disk is full.
  Result<File> csv(SegmentId id, const std::string& actor,
                   const std::filesystem::path& folder) const;

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
  const Clock& clock_;
};

}  // namespace hustings::segments
