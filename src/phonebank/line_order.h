#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/error.h"
#include "model/ids.h"
#include "model/phone.h"
#include "pg/pool.h"
#include "phonebank/phonebank.h"

/// Which lines of a phone bank come first, as its lead wishes.
namespace hustings::phonebank {

/// One wish; exactly one of segment, list and score. Of several the first decides, among equals the
/// next.
struct OrderStep {
  std::optional<SegmentId> segment;  ///< who is in it comes first
  std::optional<ListId> list;        ///< who is on it
  std::string arm;                   ///< of the list; empty: any but the hold-out
  std::string score;                 ///< "turnout_score", "score:climate": by tens, highest first
  bool lowest_first = false;         ///< of a score

  bool operator==(const OrderStep&) const = default;
};

/// How many levels a step has: 2, or 10 of a score.
int levels_of(const OrderStep& step);
/// Of all steps together. Level 0 of each is last.
inline constexpr int kOrderLevelsMax = 100;
/// Refuses a step that is not one thing, and more levels than there may be.
Status check_order(std::span<const OrderStep> steps);
/// A line's weight: the levels of its steps as one number below kOrderLevelsMax, and back.
int weight_of(std::span<const OrderStep> steps, std::span<const int> levels);
std::vector<int> levels_from(std::span<const OrderStep> steps, int weight);

std::string order_json(std::span<const OrderStep> steps);
std::vector<OrderStep> order_from_json(std::string_view text);

struct LinesOfWeight {
  int weight = 0;
  std::int64_t lines = 0;
  std::int64_t left = 0;  ///< still to be called
};

struct LineOrder {
  std::vector<OrderStep> steps;
  std::optional<Instant> reckoned_at;  ///< when the lines last took their weights
  std::vector<LinesOfWeight> weights;  ///< the highest first
};

/// Keeps the wishes, and writes lines' weights into queue_line.priority: the weight, less a hundred
/// for each try where passes are finished one by one. Promised callbacks come before all that.
/// Nothing here knows who is in a segment. Calls may come from several threads.
class LineOrders {
 public:
  LineOrders(pg::Pool& pool, QueueTime time) : pool_(pool), time_(time) {}

  /// Refuses: not_found.
  Result<LineOrder> get(PhonebankId id, Deadline deadline = Deadline::never());
  /// The weights stay as they are. Refuses: not_found, invalid.
  Status save(PhonebankId id, std::span<const OrderStep> steps, const std::string& actor,
              Deadline deadline = Deadline::never());
  /// Phone banks that are not closed and have wishes.
  struct Wished {
    PhonebankId id;
    std::vector<OrderStep> steps;
  };
  std::vector<Wished> wished(Deadline deadline = Deadline::never());

  struct Target {
    PhoneNumber number = 0;
    VoterId voter;
  };
  /// Voters still to be called, in the order of numbers after `after`: some thousands, and all of
  /// the last number; none after the last.
  std::vector<Target> targets(PhonebankId id, PhoneNumber after,
                              Deadline deadline = Deadline::never());
  struct Weight {
    PhoneNumber number = 0;
    int weight = 0;
  };
  /// One transaction over these lines, so that claims wait for none of the others.
  void set_weights(PhonebankId id, std::span<const Weight> weights,
                   Deadline deadline = Deadline::never());
  void note_reckoned(PhonebankId id, Deadline deadline = Deadline::never());

 private:
  pg::Pool& pool_;
  QueueTime time_;
};

}  // namespace hustings::phonebank
