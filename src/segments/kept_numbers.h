#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "segments/crew.h"
#include "segments/household_ring.h"
#include "segments/live_electorate.h"
#include "segments/numbers.h"
#include "segments/registered.h"
#include "segments/rule.h"

namespace hustings::segments {

/// The numbers of the saved segments, kept by difference from one version of the electorate to the
/// next: only the rows that changed are looked at, as they were and as they are. Where a rule is a
/// conjunction over columns the tables of RegisteredSegments tell which segments a row is in, else
/// its plan is asked. Rules that move with the clock do not belong here: they are counted anew.
/// Calls may come from several threads.
class KeptNumbers {
 public:
  explicit KeptNumbers(const Crew& crew) : crew_(crew) {}

  struct Wanted {
    std::int64_t id;
    Rule rule;  ///< with the rules of the segments that it names in their place
  };
  /// These segments from now on. Whose rule is as it was keeps its numbers, the others are counted.
  void keep(const std::vector<Wanted>& wanted);
  /// Goes on to a version. What was loaded anew is counted anew.
  void follow(const LiveElectorate::Reader& next);

  struct Kept {
    Numbers numbers;
    feed::Position position = 0;
    std::shared_ptr<const Electorate> version;  ///< for the texts of the groups' codes
  };
  /// Nothing for a segment that is not kept.
  std::optional<Kept> get(std::int64_t id) const;
  /// The same for all, without the groups.
  struct Sums {
    std::map<std::int64_t, Totals> totals;
    feed::Position position = 0;
  };
  Sums totals() const;

  /// Counts a segment anew, the next in turn, on the version that its numbers are of, and mends
  /// them if they are not equal. Long for a large electorate, and nobody waits for it.
  struct Proof {
    std::int64_t id = 0;
    bool is_equal = true;
    Numbers kept;
    Numbers counted;
  };
  std::optional<Proof> prove_next();

 private:
  friend struct KeptNumbersSpoiler;  // of the test that sees a proof find wrong numbers
  struct Entry {
    std::int64_t id = 0;
    Rule rule;
    std::string text;  ///< the rule as JSON: what is compared
    Numbers numbers;
    std::uint64_t counted = 0;  ///< changes whenever the numbers were counted, not kept
  };
  /// The rules made ready for one version.
  struct Ready;
  struct Difference;

  std::shared_ptr<const Ready> make_ready(const LiveElectorate::Reader& version) const;
  void count(Entry& entry, const Ready& ready);
  void begin(std::shared_ptr<const Ready> ready);
  void apply_difference(const Ready& before, const Ready& after);
  void count_renamed(const Ready& before, const Ready& after);

  const Crew& crew_;
  mutable std::mutex mutex_;
  std::vector<Entry> entries_;
  std::uint64_t entries_version_ = 0;   ///< counts calls of keep()
  std::shared_ptr<const Ready> ready_;  ///< shared with a proof that runs
  HouseholdRing ring_;
  std::uint64_t counts_ = 0;
  std::size_t next_proof_ = 0;
};

}  // namespace hustings::segments
