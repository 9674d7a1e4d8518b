#pragma once

#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "base/error.h"
#include "ingest/import.h"
#include "ingest/layout.h"

namespace hustings::ingest {

/// A target and the file's column that it is read from; "=text" in place of a column gives every
/// row that text, and an empty one says that no column is meant. Behind the target, after a colon,
/// may stand what is taken of the column's text
/// ("last_name:before_comma"; layout.h's Take), or how a date is written ("birth_date:MM/DD/YYYY").
/// Besides targets: source (whose ids they are) and state, as texts; and for scores
/// "score.climate", a score of any name.
using ColumnMapping = std::pair<std::string, std::string>;

/// "last_name=Surname", "state==NC", as the shell takes them.
Result<ColumnMapping> parse_mapping(std::string_view text);

/// The layout with the columns that a person has named in place of its own. Refuses an unknown
/// target, with what may be meant.
Result<Layout> apply_mapping(Layout layout, std::span<const ColumnMapping> mapping);

/// The layout of a request: by name, by path, or found out ("auto"), with the request's mapping.
Result<Layout> layout_of(const ImportRequest& request);

}  // namespace hustings::ingest
