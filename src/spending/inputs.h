#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/error.h"
#include "base/log.h"
#include "pg/pool.h"
#include "spending/stored.h"

namespace hustings::spending {

/// What a CSV file brings (docs/formats/spending.md).
enum class SheetKind : std::uint8_t {
  contests,
  markets,
  reach,
  counties,
  channels,
  rates,
  responses,
  measures,
  polls,
  poll_errors,
  correlations,
  limits,
  opponent,
  live,
};
constexpr std::array<std::string_view, 14> kSheetKinds = {
    "contests", "markets", "reach",       "counties",     "channels", "rates",    "responses",
    "measures", "polls",   "poll_errors", "correlations", "limits",   "opponent", "live"};

struct ImportedSheet {
  std::int64_t rows = 0;
  std::int64_t changed = 0;          ///< rows that were not there before in the same form
  std::int64_t passed = 0;           ///< rows that say nothing here, e.g. national polls
  std::vector<std::string> ignored;  ///< columns
  std::vector<std::string> notes;    ///< what was changed in what the file says, as sentences
};

/// Contests, markets, channels, prices, effects, polls, limits and settings: the only writer of
/// these tables. Every change raises Settings::inputs, so that older plans are known to be older,
/// and says spending_inputs_changed. Calls may come from several threads.
class Inputs {
 public:
  Inputs(pg::Pool& pool, const Clock& clock, Log& log);

  Settings settings() const;
  /// Refuses: invalid; over_limit for a budget below what is booked.
  Result<Settings> save(const Settings& settings, const std::string& actor);

  struct Wish {
    SheetKind kind = SheetKind::contests;
    std::string_view text;
    bool dry_run = false;  ///< reads and checks, and keeps nothing
    bool repair = false;   ///< takes the nearest matrix for correlations that cannot be
    std::string actor;
  };
  /// All rows or none. Refuses with line and column.
  Result<ImportedSheet> import(const Wish& wish);

  /// The priors that come with the program, for channels that have no response yet; and the
  /// channels themselves, where there are none.
  Result<ImportedSheet> add_priors(const std::string& actor);
  /// The file of these priors, as people may read and change it.
  static std::string_view priors();

  Status remove_limit(LimitId limit, const std::string& actor);
  /// The contests' own errors are independent again.
  Status remove_correlations(const std::string& actor);
  /// A live input that is no longer read.
  Status remove_live(const std::string& name, const std::string& actor);

  /// Everything, of one moment.
  Stored load() const;
  static Stored load(pg::Connection& connection);
  /// county -> market's name
  std::vector<std::pair<std::string, std::string>> counties() const;
  /// The scenarios of an opponent's spending that are there.
  std::vector<std::string> opponents() const;

 private:
  pg::Pool& pool_;
  const Clock& clock_;
  Log& log_;
};

}  // namespace hustings::spending
