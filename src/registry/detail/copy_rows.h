#pragma once

#include <initializer_list>
#include <string_view>
#include <utility>

#include "pg/connection.h"
#include "registry/home_set.h"

namespace hustings::registry::detail {

/// Runs a statement with numbers filled in: detail/filled.h.
pg::Rows run_filled(pg::Connection& connection, const pg::Statement& statement,
                    std::initializer_list<std::pair<std::string_view, std::int64_t>> numbers);

/// Rows in binary COPY format, without header and trailer, through one COPY; nothing for no rows.
void copy_rows(pg::Connection& connection, const pg::Statement& statement, std::string_view rows);

/// The ids that a `copy … to stdout` of one column gives.
HomeSet homes_of(pg::Connection& connection, const pg::Statement& statement,
                 std::initializer_list<std::pair<std::string_view, std::int64_t>> numbers = {});

}  // namespace hustings::registry::detail
