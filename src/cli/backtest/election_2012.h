#pragma once

#include <string_view>

namespace hustings::cli {

/// The files of election_2012/, as text.
struct Election2012Files {
  std::string_view polls;
  std::string_view results;
  std::string_view regions;
  std::string_view events;
};
Election2012Files election_2012_files();

}  // namespace hustings::cli
