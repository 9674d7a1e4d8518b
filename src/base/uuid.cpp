#include "base/uuid.h"

#include <algorithm>

namespace hustings {

bool is_uuid(std::string_view text) {
  static constexpr std::string_view kShape = "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx";
  static constexpr std::string_view kHex = "0123456789abcdefABCDEF";
  return std::ranges::equal(
      text, kShape, [](char c, char shape) { return shape == '-' ? c == '-' : kHex.contains(c); });
}

}  // namespace hustings
