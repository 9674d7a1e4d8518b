#pragma once

#include <string>

#include "pg/connection.h"

namespace hustings::registry {

/// The campaign's country, in which numbers without a calling code are dialled: two capitals of
/// ISO 3166, as normalise::callable_phone takes them. It is the one whose calling rules the
/// campaign has chosen; "US" until then.
std::string home_country(pg::Connection& connection);

}  // namespace hustings::registry
