#pragma once

#include <vector>

#include "base/clock.h"
#include "model/ids.h"
#include "model/phone.h"
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

/// What is filled: all lines of a phone bank, or those of some numbers.
struct FilledLines {
  PhonebankId phonebank;
  std::vector<PhoneNumber> numbers;  ///< none: all
};

/// Fills a new phone bank from its list: the voters of the treatment arm with a phone become
/// targets, their numbers lines in the list's order; who is known not to be reached by the best
/// number is called on the next (NextNumbers). Barred ones stay, with the reason, so that one
/// can count what became of the list.
///
/// Set-wise in SQL; only the time zones are worked out here, once for each place and area code.
void fill_phonebank(pg::Transaction& transaction, ZoneSets& zone_sets, PhonebankId phonebank,
                    ListId list, const FillRules& rules, Instant at);

/// The same for those who have joined the list since: their numbers become lines behind the others,
/// or are called on lines that there are already.
void fill_joined(pg::Transaction& transaction, ZoneSets& zone_sets, PhonebankId phonebank,
                 ListId list, const FillRules& rules, Instant at);

/// Lines for targets that were added to some numbers, where there are none yet; the zones of those
/// that there are take the new voters in.
void fill_numbers(pg::Transaction& transaction, ZoneSets& zone_sets, const FilledLines& lines,
                  ListId list, const FillRules& rules, Instant at);

}  // namespace hustings::phonebank
