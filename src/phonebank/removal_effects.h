#pragma once

#include "pg/connection.h"
#include "registry/undo.h"

namespace hustings::phonebank {

/// Takes voters who have vanished with an undone import out of all queues, in the transaction in
/// which they vanish. A line that is just held is marked, and barred when its lease ends.
class RemovalEffects final : public registry::RemovalListener {
 public:
  void on_voters_removed(pg::Transaction& transaction) override;
};

}  // namespace hustings::phonebank
