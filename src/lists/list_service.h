#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/error.h"
#include "base/log.h"
#include "feed/feed.h"
#include "lists/draw.h"
#include "model/ids.h"
#include "pg/pool.h"
#include "segments/segment_service.h"

namespace hustings::lists {

inline constexpr std::size_t kListNameBytesMax = 200;
inline constexpr int kHoldoutPercentMax = 90;
inline constexpr std::int64_t kListSizeMax = 20'000'000;

struct List {
  ListId id;
  std::string name;
  std::optional<SegmentId> segment;
  std::string segment_name;  ///< as it is called now
  int segment_version = 0;
  segments::Rule rule;          ///< as it was when frozen
  feed::Position position = 0;  ///< the list is the rule at this position
  std::int64_t seed = 0;
  std::int64_t size = 0;  ///< both arms
  std::int64_t households = 0;
  std::int64_t with_phone = 0;
  std::optional<std::int64_t> size_max;
  int holdout_percent = 0;
  std::int64_t holdout = 0;  ///< voters in the hold-out
  std::string created_by;
  Instant created_at;
  std::int64_t erased = 0;  ///< members who were erased since; `size` counts them still
};

/// A voter whom a phone bank may call.
struct Target {
  VoterId voter;
  std::int64_t number = 0;  ///< E.164 without the plus
  std::optional<HouseholdId> household;
  std::int64_t ordinal = 0;  ///< the place in the list, from 1
};

/// Lists: a segment frozen at a feed position, in a random order that a seed gives again, with a
/// hold-out of whole households. The only writer of list and list_member; a list never changes,
/// save that who is erased (rights) is on none. Calls may come from several threads.
class ListService {
 public:
  ListService(pg::Pool& pool, segments::SegmentService& segments, const Clock& clock, Log& log);

  struct Freeze {
    std::string name;
    SegmentId segment;
    std::optional<std::int64_t> size_max;
    int holdout_percent = 0;
    std::optional<std::int64_t> seed;  ///< not negative; none: one is made up and kept
    std::string actor;
  };
  /// Refuses: invalid, not_found (no such segment), over_limit, invalid for an empty list, and
  /// unavailable while the segments are behind the feed.
  Result<List> freeze(const Freeze& freeze);
  Result<List> get(ListId id) const;
  /// Newest first, those before `before` (none: from the newest).
  std::vector<List> page(std::optional<ListId> before, int limit) const;
  std::int64_t count() const;

  /// Everybody in the treatment arm who has a number, in the list's order, read in pages on the
  /// given connection. (What bars a call at its moment, the phone bank checks then.)
  void for_each_target(pg::Connection& connection, ListId id,
                       const std::function<void(const Target&)>& use) const;

 private:
  Status catch_up() const;

  pg::Pool& pool_;
  segments::SegmentService& segments_;
  const Clock& clock_;
  Log& log_;
};

}  // namespace hustings::lists
