#pragma once

#include <string_view>
#include <vector>

#include "ingest/arena.h"
#include "ingest/layout.h"

namespace hustings::ingest {

/// Splits one line, without its line end, into fields by the layout's delimiter and quote mode.
/// The views point into `line` or, where quotes had to be undone, into `arena`. False if a quote
/// is left open at the line's end or followed by something else (quote mode strict).
bool split_fields(std::string_view line, char delimiter, QuoteMode quotes, Arena& arena,
                  std::vector<std::string_view>& fields);

}  // namespace hustings::ingest
