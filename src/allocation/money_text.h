#pragma once

#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <string>

#include <fmt/format.h>

#include "base/text.h"

namespace hustings::allocation {

/// "1,234,567.89": an amount as people read it, rounded to the cent.
inline std::string money_text(double amount) {
  if (!std::isfinite(amount)) return "no limit";
  const double rounded = std::round(std::abs(amount) * 100);
  const auto cents = static_cast<std::int64_t>(std::fmod(rounded, 100));
  const auto whole = static_cast<std::int64_t>(std::floor(rounded / 100));
  return fmt::format("{}{}.{:02}", amount < 0 && rounded > 0 ? "-" : "", with_thousands(whole),
                     cents);
}

}  // namespace hustings::allocation
