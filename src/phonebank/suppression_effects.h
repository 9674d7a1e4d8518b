#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "model/ids.h"
#include "model/phone.h"
#include "pg/connection.h"
#include "phonebank/next_numbers.h"
#include "phonebank/phonebank.h"
#include "phonebank/zone_sets.h"
#include "registry/suppression.h"

namespace hustings::phonebank {

/// Carries a bar on contact into the queues of all phone banks, in the transaction that adds it: a
/// do-not-call that is acknowledged holds everywhere at once. A line that is just held is marked,
/// and barred when its lease ends. Whose number turns out not to be theirs is called on the next
/// (NextNumbers). Lines are locked in order of number and phone bank.
class SuppressionEffects final : public registry::SuppressionListener {
 public:
  SuppressionEffects(const RuleBook& book, ZoneSets& zone_sets, QueueTime time)
      : next_numbers_(book, zone_sets, time) {}

  void on_suppressed(pg::Transaction& transaction, std::optional<PhoneNumber> number,
                     std::optional<VoterId> voter, registry::SuppressionReason reason) override;
  void on_numbers_suppressed(pg::Transaction& transaction, std::span<const PhoneNumber> numbers,
                             registry::SuppressionReason reason) override;
  void on_voters_suppressed(pg::Transaction& transaction, std::span<const VoterId> voters,
                            registry::SuppressionReason reason) override;
  void on_ended(pg::Transaction& transaction, std::optional<PhoneNumber> number,
                std::optional<VoterId> voter, registry::SuppressionReason reason) override;
  void on_consent_given(pg::Transaction& transaction, VoterId voter) override;

 private:
  void bring_back(pg::Transaction& transaction, VoterId voter, std::string_view reason);

  NextNumbers next_numbers_;
};

}  // namespace hustings::phonebank
