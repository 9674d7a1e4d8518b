#pragma once

#include <optional>
#include <span>
#include <vector>

#include "model/ids.h"
#include "model/phone.h"
#include "pg/connection.h"
#include "phonebank/phonebank.h"
#include "phonebank/zone_sets.h"

namespace hustings::phonebank {

/// Who turns out not to be reached by a number (it is another's, or out of service) is called on
/// the next best one that the registry knows of them and that may be called. The number that is not
/// theirs is barred and is never offered again; the voter's place behind it is marked "joined", as
/// for a person with two lines, so that nobody is called on both.
///
/// Best: the profile's number, then those of the newest file. Never one that is barred, or of a
/// locked hold-out; none at all for who asked on another number not to be called.
class NextNumbers {
 public:
  NextNumbers(const RuleBook& book, ZoneSets& zone_sets, QueueTime time)
      : book_(book), zone_sets_(zone_sets), time_(time) {}

  /// After these numbers were barred as wrong or disconnected: in all phone banks that are not
  /// closed. A voter who was called waits as after any try, unless the phone bank's rules say at
  /// once; the tries on the other number count.
  void offer(pg::Transaction& transaction, std::span<const PhoneNumber> numbers);
  /// After such a bar has ended: the number is called again, where the next was not tried since.
  void take_back(pg::Transaction& transaction, PhoneNumber number);

 private:
  struct Lines {
    PhonebankId phonebank;
    std::vector<PhoneNumber> numbers;
    std::vector<int> attempts;  ///< on the number before
    std::vector<int> weights;   ///< of its line (line_order.h)
  };
  void make_lines(pg::Transaction& transaction, const Lines& lines);

  const RuleBook& book_;
  ZoneSets& zone_sets_;
  QueueTime time_;
};

}  // namespace hustings::phonebank
