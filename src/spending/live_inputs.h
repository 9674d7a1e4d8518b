#pragma once

#include <memory>
#include <optional>
#include <string>

#include "base/clock.h"
#include "base/error.h"
#include "base/log.h"
#include "feed/feed.h"
#include "pg/connection.h"
#include "pg/pool.h"
#include "spending/stored.h"

namespace hustings::spending {

/// What was read of a live input.
struct LiveReading {
  double value = 0;   ///< our two-party share; of an experiment, the effect in parts of one
  double error = 0;   ///< its standard error
  double counts = 0;  ///< as a poll of so many people; of an experiment nothing
  std::optional<std::int64_t> votes;
};

/// Where live inputs are read: the campaign's own answers, segments and experiments. Spending knows
/// no voters; who does implements this.
class LiveSource {
 public:
  virtual ~LiveSource() = default;
  /// Whether what is read now holds everything up to a position of the feed.
  virtual bool has(feed::Position position) const = 0;
  /// invalid, not_found: why it cannot be read.
  virtual Result<LiveReading> read(const LiveInput& input) = 0;
};

/// Reads live inputs anew after every change that the feed tells, on a thread of its own; where a
/// reading has moved, plans so far are older than their inputs from then on. The only writer of
/// live_input's readings.
class LiveInputs {
 public:
  LiveInputs(pg::Pool& pool, LiveSource& source, const Clock& clock, Log& log);
  ~LiveInputs();

  void start();
  /// Reads all of them now; how many moved. (For start(), and for tests.)
  int refresh();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// Everything that is read live, with its last reading, by name.
std::vector<LiveInput> load_live(pg::Connection& connection);
/// Puts the readings where plans look: shares beside the polls, expected votes with the contests.
void apply_live(Stored& stored);
/// When inputs of each kind changed last.
std::vector<InputChange> load_changes(pg::Connection& connection);

/// Whether a plan should be made anew for what is read now: a tenth of a point, a tenth of an
/// effect's error, a twentieth of the people.
bool has_moved(const LiveInput& before, const Result<LiveReading>& now);

}  // namespace hustings::spending
