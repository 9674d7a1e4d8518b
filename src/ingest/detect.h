#pragma once

#include <string>
#include <vector>

#include "base/error.h"
#include "ingest/import.h"
#include "ingest/layout.h"

namespace hustings::ingest {

/// How well a layout fits a file.
struct LayoutGuess {
  std::string layout;
  std::string generation;  ///< which of its generations; empty: it has one
  double fit = 0;   ///< 0 to 1: how much of the columns is known and how many rows can be read
  std::string why;  ///< for a person: "70 of 70 columns are known; all of 200 rows can be read"
};

/// The layouts of the program that can read the request's files, the best first. Refuses files that
/// no layout could read: missing, binary, empty.
Result<std::vector<LayoutGuess>> guess_layouts(const ImportRequest& request);

/// The best of them. Refuses if none fits well, with what was found.
Result<Layout> detect_layout(const ImportRequest& request);

}  // namespace hustings::ingest
