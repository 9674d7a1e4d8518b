#pragma once

#include "base/clock.h"
#include "model/ids.h"
#include "model/zone.h"
#include "pg/connection.h"
#include "phonebank/zone_sets.h"

namespace hustings::phonebank {

/// What decides about hours and zones of its lines.
struct FillRules {
  CallingWindow window;
  const CallingRules* country = nullptr;  ///< null: the rules of none
  bool state_hours = true;
};

/// Fills a new phone bank from its list: the voters of the treatment arm with a phone become
/// targets, their numbers lines in the list's order. Barred ones stay, with the reason, so that one
/// can count what became of the list.
///
/// Set-wise in SQL; only the time zones are worked out here, once for each place and area code.
void fill_phonebank(pg::Transaction& transaction, ZoneSets& zone_sets, PhonebankId phonebank,
                    ListId list, const FillRules& rules, Instant at);

/// The same for those who have joined the list since: their numbers become lines behind the others,
/// or are called on lines that there are already.
void fill_joined(pg::Transaction& transaction, ZoneSets& zone_sets, PhonebankId phonebank,
                 ListId list, const FillRules& rules, Instant at);

}  // namespace hustings::phonebank
