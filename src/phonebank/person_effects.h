#pragma once

#include "pg/connection.h"
#include "registry/persons.h"

namespace hustings::phonebank {

/// Carries joins and splits of persons into the queues, the tries and the answers, in the
/// transaction that makes them. A person of several identities is offered once in a phone bank: of
/// several lines one stays to be called (a held one before all), none once the person was reached;
/// what bars one identity bars the person. A held line stays with its caller, whose result is taken
/// under the old id too. A split undoes it. Lines are locked in order of number and phone bank.
class PersonEffects final : public registry::PersonListener {
 public:
  void on_persons_moved(pg::Transaction& transaction) override;
};

}  // namespace hustings::phonebank
