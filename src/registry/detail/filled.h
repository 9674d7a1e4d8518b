#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

#include "pg/statement.h"

namespace hustings::registry::detail {

/// A statement over tables whose names hold an import's number, which no parameter can stand for:
/// "{import}" becomes the number. Only numbers can be filled in.
std::string filled(const pg::Statement& statement,
                   std::initializer_list<std::pair<std::string_view, std::int64_t>> numbers);

}  // namespace hustings::registry::detail
