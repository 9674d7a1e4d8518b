#pragma once

#include <string>
#include <string_view>

#include "pg/connection.h"
#include "spending/stored.h"

namespace hustings::spending {

/// As the database keeps it.
std::string to_json(const Committee& committee);
Committee committee_from_json(std::string_view text);

Settings load_settings(pg::Connection& connection);

}  // namespace hustings::spending
