#pragma once

#include <string_view>

namespace hustings::linkage {

/// The lines of nicknames/names.csv with their header: `formal,has_nickname,short`, lower case.
std::string_view nickname_table();

}  // namespace hustings::linkage
