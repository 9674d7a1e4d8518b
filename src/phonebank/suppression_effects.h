#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "model/ids.h"
#include "model/phone.h"
#include "pg/connection.h"
#include "registry/suppression.h"

namespace hustings::phonebank {

/// Carries a bar on contact into the queues of all phone banks, in the transaction that adds it: a
/// do-not-call that is acknowledged holds everywhere at once. A line that is just held is marked,
/// and barred when its lease ends. Lines are locked in order of number and phone bank.
class SuppressionEffects final : public registry::SuppressionListener {
 public:
  void on_suppressed(pg::Transaction& transaction, std::optional<PhoneNumber> number,
                     std::optional<VoterId> voter, registry::SuppressionReason reason) override;
  void on_numbers_suppressed(pg::Transaction& transaction, std::span<const PhoneNumber> numbers,
                             registry::SuppressionReason reason) override;
  void on_voters_suppressed(pg::Transaction& transaction, std::span<const VoterId> voters,
                            registry::SuppressionReason reason) override;
  void on_ended(pg::Transaction& transaction, std::optional<PhoneNumber> number,
                std::optional<VoterId> voter, registry::SuppressionReason reason) override;
  void on_consent_given(pg::Transaction& transaction, VoterId voter) override;
};

}  // namespace hustings::phonebank
