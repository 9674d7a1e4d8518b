#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <vector>

#include "base/clock.h"
#include "base/guarded.h"
#include "base/log.h"
#include "pg/pool.h"
#include "segments/segment_service.h"

namespace hustings::segments {

/// A segment's number as it was.
struct PastCount {
  Instant at;
  int version = 0;
  feed::Position position = 0;
  Totals totals;
};

/// The saved segments' numbers in the course of time: the only writer of segment_count. A number is
/// written when it has changed, a quarter of an hour after the last at the soonest, at once for a
/// new version; of days longer ago than two weeks the last number is kept. Safe for several
/// threads.
class CountHistory {
 public:
  CountHistory(pg::Pool& pool, const SegmentService& segments, const Clock& clock, Log& log)
      : pool_(pool), segments_(segments), clock_(clock), log_(log) {}

  static constexpr std::chrono::minutes kPause{15};
  static constexpr std::chrono::days kWhole{14};

  /// Writes what has changed; to be called every few seconds. Logs a Failure, throws none.
  void note();
  /// Oldest first; also of a removed segment.
  std::vector<PastCount> of(SegmentId id, Instant since) const;

 private:
  struct Written {
    Instant at;
    int version = 0;
    Totals totals;
  };
  void write(Instant now);
  bool is_due(const Segment& segment, Instant now) const;

  pg::Pool& pool_;
  const SegmentService& segments_;
  const Clock& clock_;
  Log& log_;
  std::map<SegmentId, Written> written_;  ///< of the one thread that calls note()
  bool is_read_ = false;
  Instant thinned_at_{};
};

}  // namespace hustings::segments
