#pragma once

#include <atomic>
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
#include "base/periodic.h"
#include "feed/tail.h"
#include "model/ids.h"
#include "pg/pool.h"
#include "segments/kept_numbers.h"
#include "segments/live_electorate.h"
#include "segments/query.h"
#include "segments/rule.h"
#include "segments/rule_references.h"
#include "segments/rule_text.h"

namespace hustings::segments {

inline constexpr std::size_t kSegmentsMax = 1000;
inline constexpr std::size_t kSegmentNameBytesMax = 200;
inline constexpr std::size_t kFieldValuesMax = 2000;  ///< shown of one field, most voters first
inline constexpr std::size_t kGroupsMax = 10'000;     ///< of one count
inline constexpr std::size_t kCompletionsMax = 50;
inline constexpr std::size_t kStrataFieldsMax = 3;
inline constexpr std::size_t kStrataMax = 10'000;

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
  std::uint32_t stratum = 0;   ///< a place in Members::strata, if any were asked for
  std::optional<int> score{};  ///< if one was asked for, and is known
};
struct Members {
  feed::Position position = 0;
  std::vector<Member> members;
  std::vector<std::vector<std::string>> strata;  ///< their values, in the order of the fields
};
/// What of the members is to be known beside.
struct MemberWish {
  std::vector<Field> strata;         ///< categories
  std::optional<std::string> score;  ///< "support_score", "score:climate", …
  friend bool operator==(const MemberWish&, const MemberWish&) = default;
};

/// What a voter is today, for saying why a list has lost one.
struct VoterState {
  bool is_known = false;
  bool is_protected = false;
  bool is_suppressed = false;
  bool matches = false;
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

/// Who is in a segment.
struct Composition {
  struct Mean {
    Field score{};
    std::int64_t known = 0;      ///< voters who have the score
    std::optional<double> mean;  ///< of these
  };
  struct Part {
    Field field{};
    std::vector<Group> groups;  ///< most voters first
  };
  Totals totals;
  std::vector<Mean> scores;
  std::vector<Part> parts;
  Freshness fresh;
};

/// A segment as it was.
struct SegmentVersion {
  int version = 0;
  std::string name;
  Rule rule;
  std::string saved_by;
  Instant saved_at;
};

/// What may be written at a place in a rule's text.
struct Completion {
  std::string text;   ///< as it stands in the text
  std::string title;  ///< what it is
};
struct Completions {
  std::size_t from = 0;  ///< where the word begins that is completed, in bytes
  std::vector<Completion> items;
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
  std::optional<std::uint64_t>
      answered{};  ///< "answer:…": voters whose newest answer says something
};

/// Live counts over all voters, and the saved segments: the only writer of the tables segment and
/// segment_version. Calls may come from several threads once start() has returned.
class SegmentService {
 public:
  /// `memory_bytes_max`: what the voters' columns may take; 0: three quarters of the machine's.
  SegmentService(pg::Pool& pool, const Clock& clock, Log& log, std::size_t memory_bytes_max = 0);
  ~SegmentService();
  SegmentService(const SegmentService&) = delete;
  SegmentService& operator=(const SegmentService&) = delete;

  /// Which segments' numbers have changed (perhaps none: then only the position has), within some
  /// milliseconds of the feed's telling, on a thread of this service. What was set before is not
  /// called any more once this returns.
  using OnChange = std::function<void(const std::vector<SegmentId>&, feed::Position)>;
  void on_change(OnChange callback) { *on_change_.lock() = std::move(callback); }
  /// Loads the electorate and the saved segments and follows the feed from there. Throws Failure.
  void start();

  /// Refuses a rule on something that does not exist (a question, a score, a list or its arm, a
  /// phone bank, a segment), and a group_by with more than kGroupsMax groups.
  Result<Count> count(const Rule& rule, std::optional<Field> group_by = std::nullopt) const;
  /// The same refusals as count(), without counting.
  Status check(const Rule& rule) const;
  /// Everybody who matches, in the order of the engine's rows.
  Result<Members> match(const Rule& rule, const MemberWish& wish = {}) const;
  /// What these voters are now, in their order, and the position of that.
  struct States {
    feed::Position position = 0;
    std::vector<VoterState> states;
  };
  Result<States> states(const Rule& rule, const std::vector<VoterId>& voters) const;
  /// What names in rules' texts stand for now.
  RuleNames names() const;
  Completions complete(std::string_view text, std::size_t offset) const;
  /// The newest versions of all segments that a rule is made of, through whatever chain.
  std::map<SegmentId, int> versions_of(const Rule& rule) const;
  /// What rules can ask about, with the values there are and how many voters have each.
  std::vector<FieldShown> fields() const;
  /// All voters: as of the last refresh, so it costs nothing.
  struct Statistics {
    Totals all;
    Freshness fresh;
  };
  Statistics statistics() const;
  /// How many voters chose what in their newest answer: by choice, from 1 (place 0 stays empty).
  /// Nothing if there is no such question with one choice.
  std::optional<std::vector<std::uint64_t>> answer_counts(std::string_view question_key) const;
  Freshness freshness() const;
  /// For what else can be asked of the columns (analysis.h): a version of them that stays as it is,
  /// how fresh it is, who scans it, and rules as plans are made of them, once all that they name
  /// is known to exist.
  LiveElectorate::Reader read() const { return live_.read(); }
  Freshness freshness_of(const LiveElectorate::Reader& electorate) const {
    return {.position = electorate.position(), .age = age()};
  }
  const Scanner& scanner() const { return scanner_; }
  Result<Rule> ready(const Rule& rule) const;
  /// Values of a rule that no voter has, with what may have been meant.
  std::vector<std::string> warnings(const Rule& rule, const Electorate& electorate) const;
  /// What voters were asked, oldest first.
  std::vector<QuestionInfo> questions() const;
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
  /// Also invalid: a rule that leads back to this segment, with the chain named.
  Result<Segment> edit(const Edit& edit);
  /// Refuses (conflict) while other segments name it, and says which.
  Status remove(SegmentId id, const std::string& actor);
  /// As of now: kept at every moment, or counted for a rule that moves with the clock.
  Result<Segment> get(SegmentId id) const;
  /// A saved segment's rule with those of the segments that it names in their place, to be asked of
  /// a version of the columns; nothing for one that is not there.
  struct ReadyRule {
    Rule rule;
    int version = 0;
    bool moves = false;  ///< with the clock
  };
  std::optional<ReadyRule> ready_rule(SegmentId id) const;
  /// Who is in a segment, by the categories of kKeptGroups, as of now.
  Result<Composition> composition(SegmentId id) const;
  /// What the recounts in the background have found since the start.
  struct Proofs {
    std::uint64_t counted = 0;
    std::uint64_t unequal = 0;  ///< and mended
  };
  Proofs proofs() const { return {.counted = proofs_, .unequal = unequal_}; }
  /// How often everything was read from the database.
  std::uint64_t loads() const { return live_.loads(); }
  /// All, oldest first, with the counts of the last refresh, or of now where none has come yet.
  std::vector<Segment> list() const;
  /// Every version that it had, newest first; also of a removed one.
  Result<std::vector<SegmentVersion>> versions(SegmentId id) const;

 private:
  struct Saved {
    Segment segment;
    Rule ready;          ///< with the rules of the segments that it names in their place
    bool moves = false;  ///< with the clock: counted again and again, not kept by difference
    bool is_counted = false;
  };
  using SavedMap = std::map<SegmentId, Saved>;

  Status check_names(const Rule& rule) const;
  Status check_leaf(const Rule& rule, const Electorate& electorate) const;
  void apply(std::span<const feed::Entry> entries);
  void read_saved();
  void refresh_until_stopped();
  /// Takes over the kept numbers, and counts the segments that move with the clock if that is
  /// wished. Tells who listens, if there is anything to tell.
  void refresh(bool is_dirty, bool counts_moving);
  std::vector<Saved> saved_that_move() const;
  void keep(const SavedMap& saved);
  void prove();
  std::chrono::milliseconds age() const;
  Freshness cached(Freshness at) const;

  pg::Pool& pool_;
  const Clock& clock_;
  Log& log_;
  LiveElectorate live_;
  Scanner scanner_;
  KeptNumbers kept_;
  Guarded<OnChange> on_change_;
  mutable Guarded<SavedMap> saved_;
  mutable Guarded<Statistics> statistics_;
  std::chrono::steady_clock::time_point refreshed_at_;  ///< under wake_mutex_

  mutable std::mutex wake_mutex_;
  std::condition_variable wake_;
  bool is_dirty_ = false;
  bool stopping_ = false;
  std::atomic<std::uint64_t> proofs_ = 0;
  std::atomic<std::uint64_t> unequal_ = 0;
  std::thread refresher_;
  std::unique_ptr<Periodic> prover_;
  std::unique_ptr<feed::Tail> tail_;  ///< last: its thread uses all of the above
};

}  // namespace hustings::segments
