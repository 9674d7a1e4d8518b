#include "segments/live_electorate.h"

#include <chrono>

#include "segments/change_reading.h"
#include "segments/snapshot.h"

namespace hustings::segments {
namespace {

constexpr int kEntriesMax = 1000;
/// An import that touches more than this share of the voters is cheaper to load anew, and a load
/// puts the rows into their order again.
constexpr std::int64_t kLoadShare = 4;
constexpr std::int64_t kRowsWithoutLoad = 5000;

std::int64_t milliseconds_since(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() -
                                                               start)
      .count();
}

}  // namespace

LiveElectorate::LiveElectorate(pg::Pool& pool, Log& log, std::size_t bytes_max)
    : pool_(pool), log_(log), bytes_max_(bytes_max), electorate_(std::make_unique<Electorate>()) {
  publish(0);
}

void LiveElectorate::publish(feed::Position position) {
  version_.store(std::make_shared<const Version>(Version{.electorate = electorate_->freeze(),
                                                         .position = position,
                                                         .load = loads_,
                                                         .number = ++versions_}));
}

void LiveElectorate::load() {
  const auto start = std::chrono::steady_clock::now();
  Snapshot snapshot = load_snapshot(*pool_.acquire(), bytes_max_);
  electorate_ = std::move(snapshot.electorate);
  ++loads_;
  publish(snapshot.position);
  log_.info("segments_loaded", {{"voters", electorate_->rows()},
                                {"position", snapshot.position},
                                {"bytes", electorate_->bytes()},
                                {"milliseconds", milliseconds_since(start)}});
  needs_load_ = false;
}

bool LiveElectorate::is_for_load(const Batch& batch) const {
  if (batch.is_unreadable || batch.is_undo) return true;
  auto rows = static_cast<std::int64_t>(batch.reread.voters.size());
  for (const Reread::Import& import : batch.reread.imports)
    rows += import.rows;
  const auto voters = static_cast<std::int64_t>(electorate_->rows());
  return rows > kRowsWithoutLoad && rows > voters / kLoadShare;
}

/// Rows that are read again are as of now, so all changes up to now belong to the batch as well:
/// they come from the same database snapshot, and the electorate is exact at its last position.
Batch LiveElectorate::read_batch(std::span<const feed::Entry> entries) {
  Batch batch;
  batch.add(entries);
  if (!batch.reread.any()) return batch;
  const auto connection = pool_.acquire();
  pg::Transaction transaction(*connection, Deadline::never(),
                              pg::Transaction::Isolation::repeatable_read);
  for (;;) {
    const auto more = feed::read(*connection, batch.position, kEntriesMax);
    if (more.empty()) break;
    batch.add(more);
  }
  if (is_for_load(batch)) return batch;
  batch.read_rows(*connection);
  transaction.commit();
  return batch;
}

void LiveElectorate::apply(std::span<const feed::Entry> entries) {
  if (needs_load_) load();
  const feed::Position seen = position();
  while (!entries.empty() && entries.front().position <= seen) {
    entries = entries.subspan(1);
  }
  if (entries.empty()) return;
  const Batch batch = read_batch(entries);
  if (is_for_load(batch)) {
    if (batch.is_unreadable)
      log_.warning("segments_change_unreadable", {{"position", batch.position}});
    return load();
  }
  if (batch.apply_to(*electorate_)) return publish(batch.position);
  log_.warning("segments_change_of_unknown_voter", {{"position", batch.position}});
  needs_load_ = true;
  load();
}

}  // namespace hustings::segments
