#pragma once

#include "base/rng.h"
#include "segments/rule.h"

namespace hustings::segments::testing {

/// A random rule over the values that RandomElectorate uses, and some that nobody has. Of segments
/// it names none.
Rule random_rule(Rng& rng, int depth);

/// A random statement of each kind in turn: `kind` counts from 0 and wraps.
Rule random_statement(Rng& rng, std::uint64_t kind);

}  // namespace hustings::segments::testing
