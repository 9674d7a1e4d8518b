#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "ingest/arena.h"

/// How the texts of a file become values. Nothing here allocates, save in the arena.
namespace hustings::ingest {

/// Without blanks around it, and with single blanks inside.
std::string_view clean(std::string_view text, Arena& arena);

/// Upper case, as names are kept.
std::string_view upper(std::string_view text, Arena& arena);

/// Days since 1970-01-01; nothing if the text is no such date. `format` is "MM/DD/YYYY" (one digit
/// for a day or month is taken too) or "YYYY-MM-DD".
std::optional<std::int32_t> parse_date(std::string_view text, std::string_view format);

struct Zip {
  std::string_view five;
  std::string_view four;  ///< empty: not known
};
/// "27601", "276011234", "27601-1234"; nothing for anything else, 00000 and 99999 included.
std::optional<Zip> parse_zip(std::string_view text);

/// A last name that ends in JR, SR, II, III or IV: both parts.
struct SplitName {
  std::string_view name;
  std::string_view suffix;  ///< empty: there is none inside the name
};
SplitName split_suffix(std::string_view last_name);

}  // namespace hustings::ingest
