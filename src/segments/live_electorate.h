#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <limits>
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
  /// `bytes_max`: what the columns may take; while all is read anew there are two of them.
  LiveElectorate(pg::Pool& pool, Log& log,
                 std::size_t bytes_max = std::numeric_limits<std::size_t>::max());

  /// Reads everything from the database and puts it in the place of what was there. Throws Failure,
  /// also when that would be more than may be.
  void load();
  /// Applies the changes that are newer than position(). Throws Failure when rows could not be
  /// read; nothing has changed then. To be called by one thread at a time.
  void apply(std::span<const feed::Entry> entries);

  feed::Position position() const { return read().position(); }
  /// How often everything was read from the database.
  std::uint64_t loads() const { return loads_; }

  struct Version {
    std::shared_ptr<const Electorate> electorate;  ///< shared with its readers
    feed::Position position = 0;
    std::uint64_t load = 0;
    std::uint64_t number = 0;
  };
  /// One version of the electorate for as long as this lives.
  class Reader {
   public:
    const Electorate& operator*() const { return *version_->electorate; }
    const Electorate* operator->() const { return version_->electorate.get(); }
    feed::Position position() const { return version_->position; }
    /// Which load this goes back to, and which version this is, counted since the start.
    std::uint64_t load() const { return version_->load; }
    std::uint64_t number() const { return version_->number; }
    /// The electorate for as long as somebody holds it.
    const std::shared_ptr<const Electorate>& share() const { return version_->electorate; }

    explicit Reader(std::shared_ptr<const Version> version) : version_(std::move(version)) {}

   private:
    std::shared_ptr<const Version> version_;  ///< another may be the newest while this reads
  };
  Reader read() const { return Reader(version_.load()); }

 private:
  void publish(feed::Position position);
  Batch read_batch(std::span<const feed::Entry> entries);
  bool is_for_load(const Batch& batch) const;

  pg::Pool& pool_;
  Log& log_;
  const std::size_t bytes_max_;
  std::unique_ptr<Electorate> electorate_;  ///< the writer's
  /// What readers get; replaced as a whole.
  std::atomic<std::shared_ptr<const Version>> version_;
  std::atomic<std::uint64_t> loads_ = 0;
  std::uint64_t versions_ = 0;  ///< of the writer's thread
  bool needs_load_ = false;     ///< of the writer's thread: the columns are not to be trusted
};

}  // namespace hustings::segments
