#pragma once

#include <optional>
#include <string>

#include "base/clock.h"
#include "pg/connection.h"

/// What holds for the whole campaign, whatever module asks.
namespace hustings::campaign {

/// Whose calling rules new phone banks of the campaign start with.
struct CallingChoice {
  std::string country;  ///< key of phonebank::RuleBook; empty: nobody has chosen yet
  bool state_hours = true;
  std::string chosen_by;
  std::optional<Instant> chosen_at;
};

CallingChoice calling_choice(pg::Connection& connection);
/// `choice.chosen_at`: nothing stands for the database's own moment. Whether there are rules of the
/// country is the caller's to know.
void choose(pg::Transaction& transaction, const CallingChoice& choice);

/// The campaign's country, in which numbers without a calling code are dialled: two capitals of
/// ISO 3166, as normalise::callable_phone takes them. It is the one whose calling rules the
/// campaign has chosen; "US" until then.
std::string home_country(pg::Connection& connection);

}  // namespace hustings::campaign
