#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace hustings::ingest {

/// "1,234 rows that were not taken", "1 row that was not taken": for sentences that are written in
/// the plural, behind their count.
std::string counted_words(std::int64_t count, std::string_view plural);

}  // namespace hustings::ingest
