// The way everybody would write it: the same tables with the same keys and constraints, one
// transaction for a claim and one for a result, 64 connections, prepared statements, no HTTP.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

#include "base/error.h"
#include "pg/connection.h"

namespace hustings::bench {

/// Makes a schema "plain" of its own in the database, with so many lines that are ready.
void prepare_plain_way(pg::Connection& connection, std::int64_t lines);
/// Runs pgbench on it for so long.
Result<double> plain_calls_per_s(const std::string& database_url, std::chrono::seconds time);
/// Takes the schema away again.
void remove_plain_way(pg::Connection& connection);

}  // namespace hustings::bench
