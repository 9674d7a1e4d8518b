#include "segments/count_history.h"

#include "segments/sql.h"

namespace hustings::segments {
namespace {

constexpr std::chrono::hours kThinEvery{6};

Totals totals_of(const pg::Row& row, int first) {
  return {.voters = static_cast<std::uint64_t>(row.get<std::int64_t>(first)),
          .households = static_cast<std::uint64_t>(row.get<std::int64_t>(first + 1)),
          .with_phone = static_cast<std::uint64_t>(row.get<std::int64_t>(first + 2))};
}

}  // namespace

void CountHistory::note() {
  try {
    write(clock_.now());
  } catch (const Failure& failure) {
    log_.warning("segment_counts_not_kept", {{"reason", failure.what()}});
  }
}

bool CountHistory::is_due(const Segment& segment, Instant now) const {
  const auto last = written_.find(segment.id);
  if (last == written_.end() || last->second.version != segment.version) return true;
  return !(last->second.totals == segment.totals) && now - last->second.at >= kPause;
}

void CountHistory::write(Instant now) {
  const auto connection = pool_.acquire();
  if (!is_read_) {
    for (const pg::Row row : connection->run(sql::kSegmentCountsLast)) {
      written_[row.get<SegmentId>(0)] = {.at = row.get<Instant>(1),
                                         .version = row.get<std::int32_t>(2),
                                         .totals = totals_of(row, 3)};
    }
    is_read_ = true;
  }
  std::vector<SegmentId> ids;
  std::vector<std::int32_t> versions;
  std::vector<std::int64_t> positions;
  std::vector<std::int64_t> voters;
  std::vector<std::int64_t> households;
  std::vector<std::int64_t> with_phone;
  for (const Segment& listed : segments_.list()) {
    if (!is_due(listed, now)) continue;
    const auto counted = segments_.get(listed.id);  // a new version may not be counted in the list
    if (!counted || !is_due(*counted, now)) continue;
    const Segment& segment = *counted;
    ids.push_back(segment.id);
    versions.push_back(segment.version);
    positions.push_back(segment.fresh.position);
    voters.push_back(static_cast<std::int64_t>(segment.totals.voters));
    households.push_back(static_cast<std::int64_t>(segment.totals.households));
    with_phone.push_back(static_cast<std::int64_t>(segment.totals.with_phone));
    written_[segment.id] = {.at = now, .version = segment.version, .totals = segment.totals};
  }
  if (!ids.empty()) {
    connection->run(sql::kSegmentCountAdd, now, ids, versions, positions, voters, households,
                    with_phone);
  }
  if (now - thinned_at_ >= kThinEvery) {
    connection->run(sql::kSegmentCountsThin, Instant(now - kWhole));
    thinned_at_ = now;
  }
}

std::vector<PastCount> CountHistory::of(SegmentId id, Instant since) const {
  std::vector<PastCount> all;
  for (const pg::Row row : pool_.acquire()->run(sql::kSegmentCounts, id, since)) {
    all.push_back({.at = row.get<Instant>(0),
                   .version = row.get<std::int32_t>(1),
                   .position = row.get<std::int64_t>(2),
                   .totals = totals_of(row, 3)});
  }
  return all;
}

}  // namespace hustings::segments
