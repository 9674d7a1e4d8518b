#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/clock.h"
#include "model/ids.h"

namespace hustings::identity {

enum class RunScope : std::uint8_t {
  registry,  ///< everybody against everybody
  fresh,     ///< what the newest files brought against all other sources
};
enum class RunState : std::uint8_t { running, done, failed, cancelled };
enum class RunStage : std::uint8_t { loading, comparing, deciding, joining, ended };
std::string_view to_string(RunScope scope);
std::string_view to_string(RunState state);
std::string_view to_string(RunStage stage);
std::optional<RunScope> run_scope_from(std::string_view text);
std::optional<RunState> run_state_from(std::string_view text);

/// What a run found, kept as JSON.
struct RunReport {
  std::int64_t records = 0;  ///< identities looked at
  std::int64_t fresh = 0;    ///< of these, whose partners were sought; all of them by default
  std::int64_t pairs_compared = 0;
  std::int64_t joined = 0;       ///< persons that joined another
  std::int64_t queued = 0;       ///< pairs that a person should look at
  std::int64_t left_out = 0;     ///< beyond what the queue holds
  double estimated_matches = 0;  ///< pairs of sources' identities that are one person, as reckoned
  /// How many persons have 2, 3, … identities.
  std::vector<std::pair<std::int64_t, std::int64_t>> cluster_sizes;
  /// Seconds of each stage: {"loading", 1.2}.
  std::vector<std::pair<std::string, double>> seconds;
  bool is_trained = false;  ///< the model was trained anew, not taken from an earlier run
};
std::string to_json(const RunReport& report);
RunReport report_from(std::string_view text);

struct Run {
  MatchRunId id;
  RunScope scope{};
  RunState state{};
  RunStage stage{};
  std::int64_t rows_read = 0;  ///< while loading
  double seconds = 0;          ///< since the start
  std::string started_by;
  Instant started_at;
  std::optional<Instant> ended_at;
  std::optional<RunReport> report;   ///< of a run that is done
  std::optional<std::string> error;  ///< a sentence
};

}  // namespace hustings::identity
