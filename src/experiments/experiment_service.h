#pragma once

#include <chrono>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/error.h"
#include "base/guarded.h"
#include "base/log.h"
#include "experiments/analysis.h"
#include "experiments/experiment.h"
#include "experiments/hold_out_guard.h"
#include "feed/tail.h"
#include "pg/pool.h"

namespace hustings::experiments {

inline constexpr std::size_t kNameBytesMax = 200;
inline constexpr std::size_t kHypothesisBytesMax = 2000;
inline constexpr std::size_t kOutcomesMax = 10;  ///< of one experiment, replaced ones included
inline constexpr std::size_t kLiveMax = 32;      ///< experiments in memory at once

/// How a list was drawn, as far as an experiment on it must know.
struct DrawnList {
  std::vector<std::string> arms;
  std::vector<std::int64_t> sizes;
  Unit unit = Unit::household;
  std::string cluster_by;  ///< a category, where whole clusters were drawn
  std::vector<std::string> stratify_by;
};

/// What an experiment shows of one outcome.
struct Report {
  Experiment experiment;
  int outcome = 1;  ///< its number
  Findings findings;
  feed::Position position = 0;       ///< of the numbers
  std::chrono::milliseconds age{0};  ///< since it was certain that nothing newer was there
};

/// Experiments over the arms of lists: what they are to find out is registered when they begin,
/// their hold-outs are locked, and their numbers follow the feed. The only writer of experiment,
/// experiment_outcome and experiment_member. Calls may come from several threads.
class ExperimentService {
 public:
  ExperimentService(pg::Pool& pool, HoldOutGuard& guard, const Clock& clock, Log& log);
  ~ExperimentService();
  ExperimentService(const ExperimentService&) = delete;
  ExperimentService& operator=(const ExperimentService&) = delete;

  /// Follows the feed from now on; before, every report is read from the database. Throws Failure.
  void start();

  struct Draft {
    std::string name;
    std::string hypothesis;
    ListId list;
    std::string control;  ///< an arm of the list; "holdout" is the hold-out
    bool is_placebo = false;
    std::vector<Outcome> outcomes;  ///< the primary one first
    std::optional<std::int64_t> planned_units;
    std::optional<std::int64_t> cost_cents;
    std::string actor;
    std::optional<std::string> key{};  ///< a uuid; the same key again gives the first answer
  };
  /// Begins it: notes who is in which arm with what is known of them before, and locks the list's
  /// hold-out. Refuses: invalid, not_found, conflict (the list has an experiment that goes on, or
  /// the key stands for another one).
  Result<Experiment> create(const Draft& draft);
  Result<Experiment> get(ExperimentId id) const;
  /// Newest first, those before `before`.
  std::vector<Experiment> page(std::optional<ExperimentId> before, int limit) const;

  /// On to measuring (contacts are over, the hold-out may be asked) or to its end. There is no way
  /// back. Refuses: not_found, conflict.
  Result<Experiment> move_on(ExperimentId id, State state, const std::string& actor);
  struct Registration {
    ExperimentId id;
    Outcome outcome;
    bool is_primary = false;  ///< replaces the primary one, which stays to be seen
    std::string reason;
    std::string actor;
  };
  /// A further outcome, marked as registered after the start. Refuses: invalid, not_found,
  /// over_limit, conflict (it has ended).
  Result<Experiment> register_outcome(const Registration& registration);
  /// Of one arm by its name (none: of all that are contacted). Refuses: not_found, invalid (not one
  /// of both, an arm that nobody contacts).
  Result<Experiment> set_cost(ExperimentId id, const std::optional<std::string>& arm,
                              const Cost& cost, const std::string& actor);

  /// `outcome` by its number; none: the primary one. Refuses: not_found.
  Result<Report> report(ExperimentId id, std::optional<int> outcome = std::nullopt) const;
  /// True once everything up to the position is in the reports; false if the time is over first.
  bool wait_until(feed::Position position, std::chrono::milliseconds wait) const;

 private:
  struct Live;
  Status check_outcome(pg::Connection& connection, const Outcome& outcome,
                       const std::string& where) const;
  std::shared_ptr<Live> live_of(ExperimentId id) const;
  /// Reads what has changed since it was read last.
  Status catch_up(Live& live, ExperimentId id) const;
  Result<Report> report_from(Live& live, ExperimentId id, std::optional<int> number) const;
  /// What was begun under the draft's key before.
  Result<std::optional<ExperimentId>> begun_before(pg::Transaction& transaction,
                                                   const Draft& draft) const;
  Result<ExperimentId> begin(pg::Transaction& transaction, const Draft& draft,
                             const DrawnList& drawn);
  Status check_draft(pg::Connection& connection, const Draft& draft) const;
  void add_members(pg::Transaction& transaction, ExperimentId id, const Draft& draft,
                   const DrawnList& drawn) const;
  void take(std::span<const feed::Entry> entries);
  void forget(ExperimentId id) const;

  pg::Pool& pool_;
  HoldOutGuard& guard_;
  const Clock& clock_;
  Log& log_;
  mutable Guarded<std::map<ExperimentId, std::shared_ptr<Live>>> live_;
  std::unique_ptr<feed::Tail> tail_;  ///< last: its thread uses all of the above
};

}  // namespace hustings::experiments
