#pragma once

#include "base/clock.h"
#include "model/ids.h"
#include "pg/connection.h"

/// Carries the locked hold-out of an experiment (experiment_member.held) into the queues of all
/// phone banks, in the transaction that locks or unlocks it.
///
/// The hold-out's numbers get an attempt that lasts as long as the lock: the database then refuses,
/// by `line_attempt_too_soon`, that anybody is shown one, whatever a program asks for. Lines to
/// them are barred; one that is just held is marked, and its caller is told. The second look
/// refuses them too, also a number that a voter got later.
namespace hustings::phonebank {

void lock_hold_out(pg::Transaction& transaction, ExperimentId experiment, Instant at);
/// Once its members are held no more. Numbers that another lock needs stay locked.
void unlock_hold_out(pg::Transaction& transaction, ExperimentId experiment, Instant at);

}  // namespace hustings::phonebank
