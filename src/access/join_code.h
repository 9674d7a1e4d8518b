#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace hustings::access {

/// A new code of 60 random bits, e.g. "k7mq-2hpd-9xwt".
std::string make_join_code();
/// The code as we keep it, from what a person typed: capitals, blanks and missing dashes are
/// forgiven. Nothing if it cannot be one.
std::optional<std::string> clean_join_code(std::string_view typed);

}  // namespace hustings::access
