#pragma once

#include <vector>

#include "model/ids.h"
#include "pg/connection.h"
#include "phonebank/calling_rules.h"
#include "phonebank/phonebank.h"
#include "phonebank/zone_sets.h"

namespace hustings::phonebank {

/// What becomes of a queue when voters leave or join the segment that its phone bank follows. Every
/// call may be repeated: who is dropped already, or in already, stays so. Safe for several threads.
class QueueFollowing {
 public:
  QueueFollowing(const RuleBook& book, ZoneSets& zone_sets, QueueTime time)
      : book_(book), zone_sets_(zone_sets), time_(time) {}

  struct Target {
    VoterId voter;
    bool is_open = false;  ///< else dropped, as one who has left
  };
  /// Whom it may still call, and who has left.
  std::vector<Target> targets(pg::Connection& connection, PhonebankId id);
  /// Takes those out who have left. Returns those who stay until later: a caller has their line
  /// now, or they were promised a call.
  std::vector<VoterId> drop(pg::Transaction& transaction, PhonebankId id,
                            const std::vector<VoterId>& voters);
  /// Those of them who had left may be called again.
  void take_back(pg::Transaction& transaction, PhonebankId id, const std::vector<VoterId>& voters);
  /// Lines for everybody who has joined the list since the last time.
  void take_in(pg::Transaction& transaction, const Phonebank& phonebank);

 private:
  const RuleBook& book_;
  ZoneSets& zone_sets_;
  QueueTime time_;
};

}  // namespace hustings::phonebank
