#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/error.h"
#include "base/guarded.h"
#include "pg/pool.h"
#include "segments/queue_state.h"
#include "segments/segment_service.h"
#include "segments/waterfall.h"

namespace hustings::segments {

inline constexpr std::size_t kBreakdownsMax = 8;  ///< of one question
inline constexpr std::size_t kScoresMax = 8;
inline constexpr std::size_t kOverlapSegmentsMax = 20;
/// Scores are shown in bins of five points; 100 belongs to the last.
inline constexpr std::size_t kBins = 20;
inline constexpr std::array<double, 5> kQuantileShares = {0.1, 0.25, 0.5, 0.75, 0.9};

/// What one count is taken apart by: a category, "age_band", or "county", which comes with its
/// state, since names of counties repeat.
struct BreakdownCell {
  std::string value;  ///< empty: unknown
  std::string state;  ///< of a county; else empty
  std::uint64_t count = 0;
  std::optional<double> support_mean;  ///< of those who have a support score
};
struct Breakdown {
  std::string by;
  std::vector<BreakdownCell> cells;  ///< most voters first, age bands by age; none without voters
};
struct Distribution {
  std::string score;
  std::uint64_t known = 0;  ///< how many have it
  std::uint64_t sum = 0;
  std::array<std::uint64_t, kBins> bins{};
  std::array<std::optional<std::uint32_t>, kQuantileShares.size()> quantiles;  ///< exact
};

/// Who matches a rule.
struct Portrait {
  Totals totals;
  std::uint64_t all_voters = 0;
  Waterfall reach;
  std::vector<Breakdown> breakdowns;
  std::vector<Distribution> distributions;
  Freshness fresh;
  std::chrono::microseconds took{0};
  std::vector<std::string> warnings;
};
struct PortraitWish {
  std::vector<std::string> breakdowns;
  std::vector<std::string> scores;  ///< "support_score", "score:climate", …
};

/// Two portraits of one moment, and how the two meet.
struct Comparison {
  Portrait a;
  Portrait b;
  std::uint64_t both = 0;
};

/// How many match each pair of rules: place [i * n + j], on the diagonal each rule's own.
struct OverlapMatrix {
  std::vector<std::uint64_t> pairs;
  std::uint64_t all_voters = 0;
  Freshness fresh;
};

/// How those who match answered one question, by their newest answers.
struct AnswerShares {
  std::string question;  ///< its key
  std::string text;
  std::vector<std::string> choices;
  std::vector<std::uint64_t> counts;  ///< by choice, from 0
  std::uint64_t answered = 0;         ///< with a choice: what shares are of
  std::uint64_t declined = 0;
  std::uint64_t whole = 0;
  std::uint64_t all_voters = 0;
  Freshness fresh;
};

/// What can be asked of rules besides their counts: exact, from the columns of one version. Safe
/// for several threads.
class Analysis {
 public:
  Analysis(const SegmentService& segments, pg::Pool& pool, const Clock& clock, CallingLaw law = {})
      : segments_(segments), clock_(clock), queues_(pool, clock, std::move(law)) {}

  /// Begins to keep what the phone banks hold; without it the first who asks does.
  void start() { queues_.start(); }

  /// Refuses what SegmentService::count() does, and breakdowns and scores that do not exist. A
  /// breakdown of more than kGroupsMax cells is refused (over_limit).
  Result<Portrait> portrait(const Rule& rule, const PortraitWish& wish, Deadline deadline) const;
  struct WaterfallNow {
    Waterfall waterfall;
    CallingWindow window;  ///< that it is about
    std::uint64_t all_voters = 0;
    Freshness fresh;
    std::chrono::microseconds took{0};
  };
  Result<WaterfallNow> waterfall_of(const Rule& rule, Deadline deadline) const;
  struct Two {
    Rule a;
    Rule b;
  };
  Result<Comparison> compare(const Two& rules, const PortraitWish& wish, Deadline deadline) const;
  Result<OverlapMatrix> overlap(const std::vector<Rule>& rules) const;
  Result<AnswerShares> answers(const Rule& rule, const std::string& question_key) const;

 private:
  struct Look;
  Look look(Deadline deadline) const;
  Result<Portrait> portrait_of(const Look& look, const Rule& rule, const PortraitWish& wish) const;

  /// Of the newest version and state that were asked for.
  struct Found {
    std::shared_ptr<const QueueState> queues;
    std::uint64_t load = 0;
    std::uint64_t removals = 0;
    std::size_t rows = 0;
    std::shared_ptr<const std::vector<BarredRow>> barred;
  };
  std::shared_ptr<const std::vector<BarredRow>> barred_in(
      const LiveElectorate::Reader& electorate,
      const std::shared_ptr<const QueueState>& queues) const;

  const SegmentService& segments_;
  const Clock& clock_;
  mutable Guarded<Found> found_;
  mutable QueueReader queues_;  ///< of its own lock: what it reads is kept for a moment
};

}  // namespace hustings::segments
