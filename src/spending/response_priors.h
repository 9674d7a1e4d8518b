#pragma once

#include <string_view>

namespace hustings::spending {

/// priors/responses.csv: channels, what money is thought to do there, and from which studies.
std::string_view response_priors();

}  // namespace hustings::spending
