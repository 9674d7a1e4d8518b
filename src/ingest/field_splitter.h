#pragma once

#include <span>
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

/// Cuts a line of fixed width, UTF-8, into fields of `widths` characters. False if the line is not
/// exactly as long as they are together.
bool split_widths(std::string_view line, std::span<const int> widths,
                  std::vector<std::string_view>& fields);
/// Characters (code points) of a UTF-8 text.
std::size_t character_count(std::string_view text);

}  // namespace hustings::ingest
