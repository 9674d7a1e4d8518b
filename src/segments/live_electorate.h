#pragma once

#include <atomic>
#include <memory>
#include <span>

#include "base/log.h"
#include "feed/feed.h"
#include "pg/pool.h"
#include "segments/electorate.h"

namespace hustings::segments {

struct Batch;

/// The electorate as of a feed position, for many readers and one writer (the feed's tail). A batch
/// of changes becomes visible as a whole, as a new version; a reader takes the newest one and never
/// waits, nor does the writer wait for readers.
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
    std::shared_ptr<const Electorate> electorate;  ///< shared with its readers
    feed::Position position = 0;
  };

 public:
  /// One version of the electorate for as long as this lives.
  class Reader {
   public:
    const Electorate& operator*() const { return *version_->electorate; }
    const Electorate* operator->() const { return version_->electorate.get(); }
    feed::Position position() const { return version_->position; }

   private:
    friend class LiveElectorate;
    explicit Reader(std::shared_ptr<const Version> version) : version_(std::move(version)) {}
    std::shared_ptr<const Version> version_;  ///< another may be the newest while this reads
  };
  Reader read() const { return Reader(version_.load()); }

 private:
  void publish(feed::Position position);
  Batch read_batch(std::span<const feed::Entry> entries);
  bool is_for_load(const Batch& batch) const;

  pg::Pool& pool_;
  Log& log_;
  std::unique_ptr<Electorate> electorate_;  ///< the writer's
  /// What readers get; replaced as a whole.
  std::atomic<std::shared_ptr<const Version>> version_;
  bool needs_load_ = false;  ///< of the writer's thread: the columns are not to be trusted
};

}  // namespace hustings::segments
