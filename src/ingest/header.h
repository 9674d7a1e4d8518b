#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/error.h"
#include "ingest/layout.h"

namespace hustings::ingest {

/// An election that columns of the file stand for.
struct FileElection {
  std::int32_t held_on = 0;  ///< days since 1970-01-01
  std::string name;          ///< "11/03/2020 GENERAL"
};

/// A column that says who voted in one election, and perhaps one beside it with the party.
struct WideColumn {
  std::int16_t place = 0;
  std::int16_t party_place = -1;
  std::int16_t election = 0;  ///< place in ColumnMap::elections
};

/// Codes of the file and what they mean.
using CodeWords = std::unordered_map<std::string, std::string>;

/// Where each target stands in this file's rows, and how its rows are cut.
struct ColumnMap {
  static constexpr std::int16_t kAbsent = -1;

  std::string generation;  ///< which of the layout's; empty: it has one only
  bool has_header = true;
  char delimiter = '\t';  ///< 0: fixed width
  QuoteMode quotes{};
  std::vector<int> widths;
  std::size_t columns = 0;                      ///< how many fields a row must have
  std::size_t spare = 0;                        ///< how many more it may have at its end
  std::array<std::int16_t, kTargets> places{};  ///< kAbsent: the file has no such column
  /// The columns that a value is made of, where they are several.
  std::array<std::vector<std::int16_t>, kTargets> pieces;
  std::vector<std::int16_t> mail_lines;
  std::vector<std::int16_t> districts;      ///< by place in district_names
  std::vector<std::string> district_names;  ///< as the profile shows them
  /// By place in district_names: what its codes mean; empty: nothing is looked up.
  std::vector<CodeWords> district_words;
  std::vector<std::int16_t> scores;  ///< by place in Layout::scores
  std::vector<std::int16_t> checks;  ///< by place in Layout::checks
  std::vector<WideColumn> wide;
  std::vector<FileElection> elections;
  CodeWords election_codes;          ///< of a coded history: "YYYY-MM-DD name"
  std::vector<std::string> names;    ///< of the file's columns, for rejects
  std::vector<std::string> unknown;  ///< columns that the layout does not name
  std::string header;                ///< the header's text, to know it again
  /// For a delivery of several parts: the map of each. Empty: all rows are cut by this one.
  std::vector<ColumnMap> of_parts;

  std::int16_t place(Target target) const { return places[static_cast<std::size_t>(target)]; }
  const ColumnMap& of_part(int part) const {
    return of_parts.empty() ? *this : of_parts[static_cast<std::size_t>(part)];
  }
};

/// Finds the layout's columns in a file's first line, by name or, for a generation without header,
/// by position: whichever of the layout's generations fits best. Refuses when a required column is
/// missing, with what may be meant by it, and when another delimiter would fit better.
Result<ColumnMap> map_first_line(const Layout& layout, std::string_view first_line);

/// By name only, as the layout's first generation is written.
Result<ColumnMap> map_header(const Layout& layout, std::string_view first_line);
/// By the positions that the columns of the layout have. `first_line` tells how many fields there
/// are.
Result<ColumnMap> map_positions(const Layout& layout, std::string_view first_line);

/// Is this line the header, wherever it stands?
bool is_header(const ColumnMap& map, std::string_view line);

/// The names in a header as they are compared: lower case, without quotes and blanks around.
std::vector<std::string> split_names(std::string_view line, char delimiter, QuoteMode quotes);
/// How many of the names the layout knows, whatever it does with them.
std::size_t count_known(const Layout& layout, const std::vector<std::string>& names);

}  // namespace hustings::ingest
