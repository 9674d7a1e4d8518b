#pragma once

#include <string_view>

namespace hustings::pg {

/// One SQL statement under a name, e.g. "phonebank/claim_line". Made at build time from
/// <module>/sql/<name>.sql; the objects live as long as the program.
struct Statement {
  std::string_view name;
  std::string_view text;
};

}  // namespace hustings::pg
