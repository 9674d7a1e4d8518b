#pragma once

#include <optional>
#include <string>

#include "base/clock.h"

namespace hustings::phonebank {

/// Whose calling rules new phone banks of the campaign start with.
struct CallingChoice {
  std::string country;  ///< empty: nobody has chosen yet
  bool state_hours = true;
  std::string chosen_by;
  std::optional<Instant> chosen_at;
};

}  // namespace hustings::phonebank
