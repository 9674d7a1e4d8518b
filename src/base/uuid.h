#pragma once

#include <string_view>

namespace hustings {

/// Whether it is written as "0b8f5c9e-1f0a-4c1d-9b43-0123456789ab", in letters of either case: what
/// a client makes so that a request sent again is known.
bool is_uuid(std::string_view text);

}  // namespace hustings
