#pragma once

#include <memory>
#include <mutex>
#include <shared_mutex>
#include <span>

#include "base/log.h"
#include "feed/feed.h"
#include "pg/pool.h"
#include "segments/electorate.h"

namespace hustings::segments {

struct Batch;

/// The electorate as of a feed position, for many readers and one writer (the feed's tail). A batch
/// of changes becomes visible as a whole; a reader waits for a batch at most as long as it takes to
/// write into the columns, never for the database.
class LiveElectorate {
 public:
  LiveElectorate(pg::Pool& pool, Log& log);

  /// Reads everything from the database and puts it in the place of what was there. Throws Failure.
  void load();
  /// Applies the changes that are newer than position(). Throws Failure when rows could not be
  /// read; nothing has changed then. To be called by one thread at a time.
  void apply(std::span<const feed::Entry> entries);

  feed::Position position() const { return read().position(); }

 private:
  struct Version {
    std::unique_ptr<Electorate> electorate;
    feed::Position position = 0;
    mutable std::shared_mutex mutex;
    /// Held by a writer while it waits for the readers inside, so that new ones queue behind it.
    mutable std::mutex turnstile;
  };

 public:
  /// The electorate for as long as this lives; keep that short.
  class Reader {
   public:
    const Electorate& operator*() const { return *version_->electorate; }
    const Electorate* operator->() const { return version_->electorate.get(); }
    feed::Position position() const { return version_->position; }

   private:
    friend class LiveElectorate;
    explicit Reader(std::shared_ptr<const Version> version);
    std::shared_ptr<const Version> version_;  ///< a load may replace it while this reads
    std::shared_lock<std::shared_mutex> lock_;
  };
  Reader read() const;

 private:
  std::shared_ptr<Version> current() const;
  Batch read_batch(std::span<const feed::Entry> entries);
  bool is_for_load(const Batch& batch) const;

  pg::Pool& pool_;
  Log& log_;
  mutable std::mutex mutex_;
  std::shared_ptr<Version> version_;  ///< under mutex_
  bool needs_load_ = false;           ///< of the writer's thread: the columns are not to be trusted
};

}  // namespace hustings::segments
