#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "ingest/layout.h"

namespace hustings::ingest {

/// Where each target stands in this file's rows.
struct ColumnMap {
  static constexpr std::int16_t kAbsent = -1;

  std::size_t columns = 0;                      ///< how many fields a row must have
  std::array<std::int16_t, kTargets> places{};  ///< kAbsent: the file has no such column
  std::vector<std::int16_t> mail_lines;
  std::vector<std::int16_t> districts;  ///< by place in Layout::districts
  std::vector<std::int16_t> checks;     ///< by place in Layout::checks
  std::vector<std::string> names;       ///< of the file's columns, for rejects
  std::vector<std::string> unknown;     ///< columns that the layout does not name
  std::string header;                   ///< the header's text, to know it again

  std::int16_t place(Target target) const { return places[static_cast<std::size_t>(target)]; }
};

/// Finds the layout's columns in a file's first line. Refuses when a required one is missing, with
/// what may be meant by it, and when another delimiter would fit better.
Result<ColumnMap> map_header(const Layout& layout, std::string_view first_line);

/// For a file without header: by position. `first_line` tells how many fields there are.
Result<ColumnMap> map_positions(const Layout& layout, std::string_view first_line);

/// Is this line the header, wherever it stands?
bool is_header(const ColumnMap& map, std::string_view line);

}  // namespace hustings::ingest
