#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/error.h"

/// How a file is read: a versioned TOML file, so that a state's next spelling is data, not code.
namespace hustings::ingest {

enum class LayoutKind : std::uint8_t { voters, history, scores };
std::string_view to_string(LayoutKind kind);

enum class QuoteMode : std::uint8_t {
  none,     ///< quotes are data
  strict,   ///< RFC 4180: "a ""b"" c"
  lenient,  ///< a quote closes only before a delimiter or the line's end; others are data
  outer,    ///< split at every delimiter, then take off one pair around a field
};

enum class Encoding : std::uint8_t { automatic, utf_8, windows_1252, utf_16le };
std::string_view to_string(Encoding encoding);

/// What a column of a file can be for us.
enum class Target : std::uint8_t {
  external_id,
  // voters
  last_name,
  first_name,
  middle_name,
  suffix,
  status,
  status_reason,
  is_protected,
  street,
  city,
  zip,
  mail_lines,
  mail_city,
  mail_state,
  mail_zip,
  phone,
  registered_on,
  birth_date,
  race,
  ethnicity,
  party,
  gender,
  birth_year,
  age,
  birth_place,
  county,
  precinct,
  municipality,
  ward,
  congressional_district,
  state_senate_district,
  state_house_district,
  school_district,
  county_commission_district,
  // history, with party and county
  election_date,
  election_name,
  method,
  // scores
  support,
  turnout,
  persuadability,
};
inline constexpr std::size_t kTargets = static_cast<std::size_t>(Target::persuadability) + 1;
/// As layouts call it: "last_name".
std::string_view to_string(Target target);

/// What a code of the file becomes with us.
struct CodeTable {
  std::string name;
  std::vector<std::pair<std::string, std::string>> codes;
  std::optional<std::string> otherwise;  ///< for codes that are not listed; without it: reject

  /// Null if the code is not listed and there is no otherwise.
  const std::string* find(std::string_view code) const;
};

struct LayoutColumn {
  Target target{};
  /// For each of the file's columns that it is made of (one, save for mail_lines): its spellings,
  /// the one in use first.
  std::vector<std::vector<std::string>> names;
  std::vector<int> positions;             ///< in place of names when the file has no header; from 1
  bool is_required = false;               ///< a file without it is refused
  std::string format;                     ///< of dates: "MM/DD/YYYY" or "YYYY-MM-DD"
  int codes = -1;                         ///< place in Layout::codes
  std::vector<std::string> placeholders;  ///< texts that mean "nothing"
  std::vector<std::string> protects;      ///< texts that make the voter protected
};

struct LayoutDistrict {
  std::string name;                ///< as the profile shows it: "fire"
  std::vector<std::string> names;  ///< spellings of the column
};

/// A column that is not kept, but whose value tells a damaged row.
struct LayoutCheck {
  std::string name;
  std::int64_t min = 0;
  std::int64_t max = 0;
};

struct Layout {
  std::string name;
  int version = 1;
  LayoutKind kind{};
  std::string source;  ///< whose ids the file uses: "nc"
  std::string state;   ///< "NC"
  std::string title;
  bool has_header = true;
  char delimiter = '\t';
  QuoteMode quotes{};
  Encoding encoding{};
  std::vector<std::string> null_tokens;
  std::vector<LayoutColumn> columns;
  std::vector<LayoutDistrict> districts;
  std::vector<std::string> ignored;  ///< columns that are known and not kept
  std::vector<CodeTable> codes;
  std::vector<LayoutCheck> checks;

  const LayoutColumn* column(Target target) const;
};

/// "tab", "comma", … for people.
std::string delimiter_name(char delimiter);

/// Reads a layout; `name` stands for the file in errors, which carry the line.
Result<Layout> parse_layout(std::string_view text, std::string_view name);

/// The layouts that this program comes with (layouts/*.toml).
const std::vector<Layout>& built_in_layouts();
/// By name ("nc"), or a path that ends in ".toml".
Result<Layout> find_layout(std::string_view name_or_path);

}  // namespace hustings::ingest
