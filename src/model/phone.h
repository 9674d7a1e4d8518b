#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace hustings {

/// A telephone number as E.164 without the plus, e.g. 19195550123.
using PhoneNumber = std::int64_t;

/// Reads a number of the North American plan (others: normalise::callable_phone) as people and
/// files write it: "9195550123", "(919) 555-0123", "+1 919.555.0123",
/// "919-555-0123 x17", "9195550123 (cell)", "home: 9195550123" (extension and label are left out).
/// Nothing for seven digits without an area code,
/// for places that the plan does not give out (area 000 or 999, exchange 0xx, 1xx or N11) and for
/// fillers such as 0000000 and 9999999.
std::optional<PhoneNumber> parse_phone(std::string_view text);

/// "+19195550123", as a tel: link and the API write it.
std::string phone_e164(PhoneNumber number);
/// "(919) 555-0123", as a person reads it aloud; of other plans "+44 207 946 0958".
std::string phone_shown(PhoneNumber number);

}  // namespace hustings
