#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "net/message.h"

namespace hustings::net {

/// "%20" and the like undone; nothing if an escape is broken or the outcome is not UTF-8 or holds a
/// zero byte. In a query "+" is a blank.
std::optional<std::string> percent_decode(std::string_view text, bool plus_is_blank);
/// Fit for a path's part and for a query's value.
std::string percent_encode(std::string_view text);

/// "a=1&b=x%20y"; nothing if a part is broken or there are more than 64 of them.
std::optional<Query> parse_query(std::string_view text);

}  // namespace hustings::net
