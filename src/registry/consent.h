#pragma once

#include <optional>
#include <string>

#include "base/clock.h"
#include "model/consent.h"
#include "model/ids.h"

namespace hustings::registry {

/// What somebody said about being contacted, and how the campaign knows.
struct Consent {
  ConsentPurpose purpose{};
  ConsentChannel channel{};
  ConsentState state{};
  std::string source;                   ///< "call", "web form", a file's name; never empty
  std::optional<std::string> evidence;  ///< where the proof is: a form's number, a recording's name
  std::optional<Instant> at;            ///< when it was said; now if it is left out
  std::string actor;                    ///< "person:3"
};

/// One word on consent, as it is kept for ever.
struct ConsentShown {
  Consent consent;
  Instant recorded_at;
  bool counts = false;  ///< the newest word on its purpose and channel
};

}  // namespace hustings::registry
