#pragma once

#include <span>
#include <string_view>

namespace hustings::phonebank {

/// A file of calling_rules/, embedded at build time.
struct BuiltInRules {
  std::string_view name;  ///< "calling_rules/us.toml"
  std::string_view text;
};
std::span<const BuiltInRules> built_in_rules();

}  // namespace hustings::phonebank
