#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/clock.h"
#include "base/error.h"
#include "base/log.h"
#include "feed/feed.h"
#include "lists/draw.h"
#include "lists/sample.h"
#include "model/ids.h"
#include "pg/pool.h"
#include "segments/segment_service.h"

namespace hustings::lists {

inline constexpr std::size_t kListNameBytesMax = 200;
inline constexpr int kHoldoutPercentMax = 90;
inline constexpr std::int64_t kListSizeMax = 20'000'000;
inline constexpr std::size_t kArmsMax = 8;                 ///< besides the hold-out
inline constexpr std::int64_t kDifferenceMax = 1'000'000;  ///< voters whose reasons are told

/// How a list was drawn; what is needed to draw it again.
struct DrawWish {
  std::optional<std::int64_t> size_max;
  int holdout_percent = 0;
  std::vector<ArmShare> arms;            ///< none: one arm, "treatment"
  std::vector<std::string> stratify_by;  ///< categories
  bool one_per_household = false;
  std::optional<std::string> top_by;   ///< a score: the highest first, instead of at random
  std::optional<SampleWish> sample{};  ///< a sample, of those named above with stratify_by at most
};

struct List {
  ListId id;
  std::string name;
  std::optional<SegmentId> segment;
  std::string segment_name;  ///< as it is called now
  int segment_version = 0;
  segments::Rule rule;          ///< as it was when frozen
  feed::Position position = 0;  ///< the list is the rule at this position
  std::int64_t seed = 0;
  std::int64_t size = 0;  ///< all arms
  std::int64_t households = 0;
  std::int64_t with_phone = 0;
  DrawWish draw;
  std::vector<std::string> arms;        ///< by number, the hold-out first
  std::vector<std::int64_t> arm_sizes;  ///< voters by arm
  std::int64_t holdout = 0;             ///< voters in the hold-out
  std::map<SegmentId, int> versions;    ///< of all segments that the rule was made of
  std::string created_by;
  Instant created_at;
  std::int64_t erased = 0;  ///< members who were erased since; `size` counts them still
  std::int64_t joined = 0;  ///< who came later, by a phone bank that follows; not in `size`
  std::optional<std::int64_t> frame{};  ///< a sample's: of how many voters it was drawn
};

/// What a sample's design weights are like, over all members.
struct SampleFigures {
  std::int64_t voters = 0;
  std::int64_t strata = 0;
  std::int64_t clusters = 0;
  double weight_sum = 0;  ///< what the frame is estimated at; exact but for clusters
  double weight_least = 0;
  double weight_most = 0;
  double design_effect = 1;  ///< of unequal weights alone (Kish 1965)
};
struct SampleMember {
  VoterId voter;
  double probability = 1;
  std::int32_t stratum = 0;
  std::int32_t cluster = 0;
};

/// Why somebody is on one of two lists only, as far as it is known.
enum class Reason : std::uint8_t {
  new_voter,    ///< joined: came with an import after the older list was frozen
  now_matches,  ///< joined: matches, and did not or was not drawn then
  removed,      ///< left: no such voter any more
  is_protected,
  suppressed,
  no_match,   ///< left: does not match the newer list's rule now
  not_drawn,  ///< left: matches still, and was not drawn
};
struct Difference {
  std::int64_t stayed = 0;
  std::int64_t changed_arm = 0;  ///< of those who stayed
  std::int64_t joined = 0;
  std::int64_t left = 0;
  std::map<Reason, std::int64_t> reasons;
  feed::Position position = 0;  ///< the reasons are as of here
  struct Line {
    VoterId voter;
    bool has_joined = false;  ///< else left
    std::string arm;          ///< on the list that the voter is on
    Reason reason{};
  };
  std::vector<Line> lines;  ///< by voter, those after `after`, at most `limit`
};

/// Lists: a segment frozen at a feed position, in a random order that a seed gives again, with a
/// hold-out of whole households. The only writer of list and list_member. What was frozen never
/// changes, save that who is erased (rights) is on no list; behind it stand those who joined later.
/// Calls may come from several threads.
class ListService {
 public:
  ListService(pg::Pool& pool, segments::SegmentService& segments, const Clock& clock, Log& log);

  struct Freeze {
    std::string name;
    SegmentId segment;
    DrawWish draw;
    std::optional<std::int64_t> seed;  ///< not negative; none: one is made up and kept
    std::string actor;
  };
  /// Refuses: invalid, not_found (no such segment), over_limit, invalid for an empty list, and
  /// unavailable while the segments are behind the feed.
  Result<List> freeze(const Freeze& freeze);
  /// Freezes the same segment as it is now, drawn in the same way from the same seed.
  Result<List> renew(ListId id, const std::string& name, const std::string& actor);
  Result<List> get(ListId id) const;
  /// Voters who have come to match since, and are not on the list.
  struct Joining {
    segments::Members members;                            ///< as of Members::position
    std::unordered_map<std::int64_t, std::uint8_t> arms;  ///< of their households that are there
  };
  /// Puts them behind the list's last, in arms that its draw gives (draw_joining), and their change
  /// into `changes`; in the caller's transaction. Those who stand there already stay as they are.
  /// Returns how many were drawn.
  static std::size_t append(pg::Transaction& transaction, const List& list, const Joining& joining,
                            std::vector<feed::Change>& changes);
  struct Compare {
    ListId older;
    ListId newer;
    std::optional<VoterId> after;
    int limit = 100;
  };
  /// Who joined and who left between two lists. Refuses (over_limit) more than kDifferenceMax.
  Result<Difference> difference(const Compare& compare) const;
  /// Refuses: not_found, invalid (the list is no sample).
  Result<SampleFigures> sample_figures(ListId id) const;
  /// In the list's order. Refuses: not_found, invalid (the list is no sample).
  Result<std::vector<SampleMember>> sample_members(ListId id) const;
  /// Newest first, those before `before` (none: from the newest).
  std::vector<List> page(std::optional<ListId> before, int limit) const;
  std::int64_t count() const;

 private:
  Status catch_up() const;
  Status sampled(ListId id) const;
  Status add_reasons(const List& newer, Difference& difference,
                     std::vector<Difference::Line>& lines) const;

  pg::Pool& pool_;
  segments::SegmentService& segments_;
  const Clock& clock_;
  Log& log_;
};

}  // namespace hustings::lists
