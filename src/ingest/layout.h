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
  state,  ///< where the voter lives; a file of another state than the layout's is refused
  email,
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
/// Whether files of a kind can have it.
bool is_target_of(Target target, LayoutKind kind);

/// What a code of the file becomes with us.
struct CodeTable {
  std::string name;
  std::vector<std::pair<std::string, std::string>> codes;
  std::optional<std::string> otherwise;  ///< for codes that are not listed; without it: reject

  /// Null if the code is not listed and there is no otherwise.
  const std::string* find(std::string_view code) const;
};

/// How several columns of the file become one value.
enum class Join : std::uint8_t {
  blank,  ///< "100", "N", "MAIN", "ST": with blanks between what is not empty
  none,   ///< "919", "5550123": one behind the other
  first,  ///< the first that holds something of use
};

/// Which part of a column's text is the value.
enum class Take : std::uint8_t {
  whole,
  before_comma,           ///< "Doe, Jane A" is "Doe"
  after_comma,            ///< … "Jane A"
  first_word,             ///< "Jane A Doe" is "Jane"
  last_word,              ///< … "Doe"
  without_digits,         ///< "Ward 12" is "Ward"
  digits,                 ///< "CD 05" is "05"
  without_leading_zeros,  ///< "005" is "5"
};
/// As layouts and mappings call it: "before_comma".
std::string_view to_string(Take take);
std::optional<Take> take_named(std::string_view name);

struct LayoutColumn {
  Target target{};
  /// For each of the file's columns that it is made of (one, save for mail_lines): its spellings,
  /// the one in use first.
  std::vector<std::vector<std::string>> names;
  /// In place of names, for a file that has the value in pieces: the spellings of each piece.
  std::vector<std::vector<std::string>> parts;
  Join join = Join::blank;
  std::vector<int> positions;             ///< in place of names when the file has no header; from 1
  bool is_required = false;               ///< a file without it is refused
  std::vector<std::string> formats;       ///< of dates, tried in order; see transforms.h
  int codes = -1;                         ///< place in Layout::codes
  std::vector<std::string> placeholders;  ///< texts that mean "nothing"
  std::vector<std::string> protects;      ///< texts that make the voter protected
  std::string otherwise;                  ///< the value where the file has none
  Take take = Take::whole;
  std::vector<std::string> known;  ///< codes that are expected; others pass and are counted
};

struct LayoutDistrict {
  std::string name;                ///< as the profile shows it: "fire"
  std::vector<std::string> names;  ///< spellings of the column
};

/// A score besides support, turnout and persuadability.
struct LayoutScore {
  std::string name;                ///< as the profile shows it: "climate"
  std::vector<std::string> names;  ///< spellings of the column
};

/// A column that is not kept, but whose value tells a damaged row.
struct LayoutCheck {
  std::string name;
  std::int64_t min = 0;
  std::int64_t max = 0;
};

/// One way in which the files of a layout have been written. The file's first line tells which.
struct LayoutGeneration {
  std::string name;  ///< "2022-02"; empty: there is only one
  bool has_header = true;
  char delimiter = '\t';  ///< 0: fixed width
  QuoteMode quotes{};
  std::vector<std::string> fields;  ///< the file's columns in order; without a header: all of them
  std::vector<int> widths;          ///< of fields, in characters, for fixed width
  int spare = 0;                    ///< so many fields more may stand at the end of a row
};

/// The files of one delivery, for layouts that come in several.
struct LayoutParts {
  std::string pattern;                ///< of file names, without .gz; group 1 is the part's key
  std::vector<std::string> expected;  ///< keys
  bool one_is_enough = false;         ///< one part alone is a delivery of its own
};

/// Votes in columns of the voter's row, one column (or two) for each election.
struct LayoutWide {
  std::string pattern;    ///< of column names; groups: kind and date, or the number of the election
  std::string format;     ///< of the date in the name
  std::string party;      ///< the column of the party beside it: "ELECTION_{}_PARTY"
  bool is_party = false;  ///< the value is the ballot's party, not the method
  std::string map;        ///< which file of maps says what the number means
  int codes = -1;         ///< of the value; what is not listed is kept
};

/// A file beside each part that says what its codes mean.
struct LayoutCodeMap {
  std::string name;
  std::string pattern;  ///< of file names; group 1 is the key of the part that it belongs to
  std::vector<std::string> fields;  ///< what its columns are: number, code, name, date
  std::vector<int> widths;          ///< empty: as the layout's delimiter says
  std::string format;               ///< of its dates
};

/// Districts whose columns have a meaning only through the part's maps.
struct LayoutZones {
  std::string columns;  ///< "DISTRICT_{}"
  std::string types;    ///< the map from a column's number to what it is
  std::string codes;    ///< the map from number and code to the district's name
  std::vector<std::pair<std::string, std::string>> targets;  ///< what a type is for us
};

struct Layout {
  std::string name;
  int version = 1;
  LayoutKind kind{};
  std::string source;  ///< whose ids the file uses: "nc"
  std::string state;   ///< "NC"; empty: the rows say it
  std::string title;
  bool has_header = true;  ///< of the generation in use, as are delimiter and quotes
  char delimiter = '\t';
  QuoteMode quotes{};
  Encoding encoding{};
  bool is_mapped = false;  ///< a person maps the columns; see mapping.h
  std::vector<std::string> null_tokens;
  std::vector<std::string> protected_tokens;  ///< a value of which protects the voter: "*"
  std::vector<LayoutColumn> columns;
  std::vector<LayoutDistrict> districts;
  std::vector<LayoutScore> scores;
  std::vector<std::string> ignored;  ///< columns that are known and not kept; may end in "*"
  std::vector<CodeTable> codes;
  std::vector<LayoutCheck> checks;
  std::vector<LayoutGeneration> generations;  ///< one at least
  std::optional<LayoutParts> parts;
  std::optional<LayoutWide> wide;
  std::vector<LayoutCodeMap> maps;
  std::optional<LayoutZones> zones;

  const LayoutColumn* column(Target target) const;
  /// Null if there is none of this name.
  const LayoutCodeMap* code_map(std::string_view name) const;
};

/// "tab", "comma", … for people; "fixed width" for 0.
std::string delimiter_name(char delimiter);

/// Reads a layout; `name` stands for the file in errors, which carry the line.
Result<Layout> parse_layout(std::string_view text, std::string_view name);

/// The layouts that this program comes with (layouts/*.toml).
const std::vector<Layout>& built_in_layouts();
/// By name ("nc"), or a path that ends in ".toml".
Result<Layout> find_layout(std::string_view name_or_path);

}  // namespace hustings::ingest
