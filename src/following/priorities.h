#pragma once

#include <chrono>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/error.h"
#include "base/log.h"
#include "base/periodic.h"
#include "lists/list_service.h"
#include "phonebank/line_order.h"
#include "phonebank/phonebank_service.h"
#include "segments/segment_service.h"

namespace hustings::following {

/// Reckons which lines of a phone bank come first, by segments, lists and scores as they are now,
/// and hands it to the queue. After start() lines that came since, and voters whose segments or
/// scores have moved, are seen to within about a minute. Calls may come from several threads.
class Priorities {
 public:
  Priorities(const segments::SegmentService& segments, const lists::ListService& lists,
             phonebank::PhonebankService& phonebanks, const Clock& clock, Log& log)
      : segments_(segments), lists_(lists), phonebanks_(phonebanks), clock_(clock), log_(log) {}

  static constexpr std::chrono::seconds kEvery{60};

  using Steps = std::vector<phonebank::OrderStep>;
  /// Refuses what phonebank::check_order does, and segments, lists, arms and scores that do not
  /// exist; the hold-out is nobody's priority.
  Status check(std::span<const phonebank::OrderStep> steps) const;
  /// From now on, for lines that wait too; who is on the phone is not touched. Beyond the deadline
  /// if need be: a million lines take about half a minute, during which calls go on.
  Status set(PhonebankId id, const Steps& steps, const std::string& actor,
             Deadline deadline = Deadline::never());
  /// Every phone bank that has wishes, once more.
  void reckon_all();
  void start();

 private:
  class Levels;
  Result<Levels> levels_of(std::span<const phonebank::OrderStep> steps) const;
  void reckon(PhonebankId id, const Steps& steps, const Levels& levels);

  const segments::SegmentService& segments_;
  const lists::ListService& lists_;
  phonebank::PhonebankService& phonebanks_;
  const Clock& clock_;
  Log& log_;
  std::unique_ptr<Periodic> thread_;  ///< last: it uses all of the above
};

}  // namespace hustings::following
