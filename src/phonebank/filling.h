#pragma once

#include "base/clock.h"
#include "model/ids.h"
#include "model/zone.h"
#include "pg/connection.h"
#include "phonebank/zone_sets.h"

namespace hustings::phonebank {

/// Fills a new phone bank from its list: the voters of the treatment arm with a phone become
/// targets, their numbers lines in the list's order. Barred ones stay, with the reason, so that one
/// can count what became of the list.
///
/// Set-wise in SQL; only the time zones are worked out here, once for each place and area code.
void fill_phonebank(pg::Transaction& transaction, ZoneSets& zone_sets, PhonebankId phonebank,
                    ListId list, CallingWindow window, Instant at);

}  // namespace hustings::phonebank
