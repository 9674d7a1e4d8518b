#pragma once

#include <span>
#include <string_view>

namespace hustings::ingest {

/// A file of layouts/, embedded at build time.
struct BuiltInLayout {
  std::string_view name;  ///< "layouts/nc.toml"
  std::string_view text;
};
std::span<const BuiltInLayout> built_in_layout_files();

}  // namespace hustings::ingest
