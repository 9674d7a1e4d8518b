#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/text.h"

namespace hustings {

/// "1 row", "1,234 rows"
inline std::string counted(std::int64_t number, std::string_view one, std::string_view many) {
  return with_thousands(number) + ' ' + std::string(number == 1 ? one : many);
}

}  // namespace hustings
