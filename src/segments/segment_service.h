#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "base/clock.h"
#include "base/error.h"
#include "base/guarded.h"
#include "base/log.h"
#include "feed/tail.h"
#include "model/ids.h"
#include "pg/pool.h"
#include "segments/live_electorate.h"
#include "segments/query.h"
#include "segments/rule.h"

namespace hustings::segments {

inline constexpr std::size_t kSegmentsMax = 1000;
inline constexpr std::size_t kSegmentNameBytesMax = 200;
inline constexpr std::size_t kFieldValuesMax = 2000;  ///< shown of one field, most voters first

/// How new an answer is.
struct Freshness {
  feed::Position position = 0;
  std::chrono::milliseconds age{0};  ///< since it was certain that nothing newer was there
};

struct Count {
  Totals totals;
  std::uint64_t all_voters = 0;
  std::vector<Group> groups;
  Freshness fresh;
  std::chrono::microseconds took{0};
  std::vector<std::string> warnings;  ///< values that no voter has, with the nearest that some have
};

struct Member {
  VoterId voter;
  std::int64_t household;  ///< minus the voter's id for a voter of no known household
  bool has_phone;
  bool is_protected;
  bool is_suppressed;
};
struct Members {
  feed::Position position = 0;
  std::vector<Member> members;
};

struct Segment {
  SegmentId id;
  std::string name;
  int version = 0;
  Rule rule;
  std::string created_by;
  Instant created_at;
  Instant updated_at;
  Totals totals;
  Freshness fresh;
};

struct FieldValue {
  std::string value;  ///< as rules name it
  std::string title;
  std::uint64_t count = 0;
};
struct FieldShown {
  std::string name;
  std::string title;
  std::string sentence;
  FieldKind kind{};
  std::vector<std::string> operators;
  std::optional<std::vector<FieldValue>> values;
  std::optional<std::int64_t> least;
  std::optional<std::int64_t> most;
};

/// Live counts over all voters, and the saved segments: the only writer of the table segment. Calls
/// may come from several threads once start() has returned.
class SegmentService {
 public:
  SegmentService(pg::Pool& pool, const Clock& clock, Log& log);
  ~SegmentService();
  SegmentService(const SegmentService&) = delete;
  SegmentService& operator=(const SegmentService&) = delete;

  /// Which segments' numbers have changed (perhaps none: then only the position has), at most five
  /// times a second, on a thread of this service. Set it before start().
  using OnChange = std::function<void(const std::vector<SegmentId>&, feed::Position)>;
  void on_change(OnChange callback) { on_change_ = std::move(callback); }
  /// Loads the electorate and the saved segments and follows the feed from there. Throws Failure.
  void start();

  /// Refuses a rule on a question that does not exist.
  Result<Count> count(const Rule& rule, std::optional<Field> group_by = std::nullopt) const;
  /// The same refusals as count(), without counting.
  Status check(const Rule& rule) const;
  /// Everybody who matches, in the order of the engine's rows.
  Result<Members> match(const Rule& rule) const;
  /// What rules can ask about, with the values there are and how many voters have each.
  std::vector<FieldShown> fields() const;
  /// All voters: as of the last refresh, so it costs nothing.
  struct Statistics {
    Totals all;
    Freshness fresh;
  };
  Statistics statistics() const;
  /// How many voters chose what in their newest answer: by choice, from 1 (place 0 stays empty).
  /// Nothing if there is no such question.
  std::optional<std::vector<std::uint64_t>> answer_counts(std::string_view question_key) const;
  Freshness freshness() const;
  /// True once everything up to the position is in the numbers; false if the time is over first.
  bool wait_until(feed::Position position, std::chrono::milliseconds wait) const;

  struct Draft {
    std::string name;
    Rule rule;
    std::string actor;
  };
  Result<Segment> create(const Draft& draft);
  struct Edit {
    SegmentId id;
    std::optional<std::string> name;
    std::optional<Rule> rule;
    std::optional<int> version;  ///< refuses (conflict) if it is not the newest
    std::string actor;
  };
  Result<Segment> edit(const Edit& edit);
  Status remove(SegmentId id, const std::string& actor);
  /// Counted now.
  Result<Segment> get(SegmentId id) const;
  /// All, oldest first, with the counts of the last refresh.
  std::vector<Segment> list() const;

 private:
  struct Saved {
    Segment segment;
    bool is_counted = false;
  };
  using SavedMap = std::map<SegmentId, Saved>;

  void apply(std::span<const feed::Entry> entries);
  void read_saved();
  void refresh_until_stopped();
  void refresh();
  std::vector<std::string> warnings(const Rule& rule, const Electorate& electorate) const;
  std::chrono::milliseconds age() const;
  Freshness cached(Freshness at) const;

  pg::Pool& pool_;
  const Clock& clock_;
  Log& log_;
  LiveElectorate live_;
  Scanner scanner_;
  OnChange on_change_;
  mutable Guarded<SavedMap> saved_;
  mutable Guarded<Statistics> statistics_;
  std::chrono::steady_clock::time_point refreshed_at_;  ///< under wake_mutex_

  mutable std::mutex wake_mutex_;
  std::condition_variable wake_;
  bool is_dirty_ = false;
  bool stopping_ = false;
  std::thread refresher_;
  std::unique_ptr<feed::Tail> tail_;  ///< last: its thread uses all of the above
};

}  // namespace hustings::segments
