#pragma once

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "base/error.h"
#include "ingest/layout.h"

#define TOML_EXCEPTIONS 0
#define TOML_HEADER_ONLY 1  // Debian's library is built with exceptions
#include <toml++/toml.h>

/// The pieces that a layout's TOML is read with. Every key is known or refused with its line.
namespace hustings::ingest::detail {

using Names = std::vector<std::string_view>;

/// Reads values of one layout file; `file` stands for it in errors.
class TomlReader {
 public:
  explicit TomlReader(std::string_view file) : file_(file) {}

  std::unexpected<Error> refuse_at(const toml::node& node, std::string sentence) const;
  Status check_keys(const toml::table& table, const Names& known, std::string_view what) const;
  /// Empty if it is missing and not required.
  Result<std::string> text(const toml::table& table, std::string_view key, bool required) const;
  Result<bool> yes_no(const toml::table& table, std::string_view key, bool otherwise) const;
  /// A list of texts; one text stands for a list of one.
  Result<std::vector<std::string>> texts(const toml::table& table, std::string_view key) const;
  Result<std::vector<int>> numbers(const toml::table& table, std::string_view key) const;
  /// Null if there is no such table.
  Result<const toml::table*> table(const toml::table& of, std::string_view key) const;
  /// A regular expression, as text that is one.
  Result<std::string> pattern(const toml::table& table, std::string_view key) const;

  template <class T>
  Result<T> choice(const toml::table& table, std::string_view key,
                   const std::vector<std::pair<std::string_view, T>>& choices) const {
    const std::string word = TRY(text(table, key, true));
    Names names;
    for (const auto& [name, value] : choices) {
      if (name == word) return value;
      names.push_back(name);
    }
    return refuse_at(*table.get(key), fmt::format("'{}' is one of {}; not '{}'.", key,
                                                  fmt::join(names, ", "), word));
  }
  template <class T>
  Result<T> choice_or(const toml::table& table, std::string_view key,
                      const std::vector<std::pair<std::string_view, T>>& choices,
                      T otherwise) const {
    if (table.get(key) == nullptr) return otherwise;
    return choice(table, key, choices);
  }

  const std::string& file() const { return file_; }

 private:
  std::string file_;
};

/// "DISTRICT_{1..3}" is DISTRICT_1, DISTRICT_2, DISTRICT_3; "A_{1..2};B_{}" is A_1, B_1, A_2, B_2.
std::vector<std::string> expand_ranges(const std::vector<std::string>& names);

/// [columns] and [districts]; needs the codes to be read already.
Status read_columns(const TomlReader& reader, const toml::table& top, Layout& layout);
/// [[generations]], [parts], [wide], [maps.…], [zones]; needs the codes to be read already.
Status read_files(const TomlReader& reader, const toml::table& top, Layout& layout);
/// The place of a table of codes, -1 for an empty name.
Result<int> find_codes(const TomlReader& reader, const toml::table& table, const Layout& layout);

inline const std::vector<std::pair<std::string_view, QuoteMode>> kQuotes = {
    {"none", QuoteMode::none},
    {"strict", QuoteMode::strict},
    {"lenient", QuoteMode::lenient},
    {"outer", QuoteMode::outer}};
inline const std::vector<std::pair<std::string_view, char>> kDelimiters = {
    {"tab", '\t'}, {"comma", ','}, {"pipe", '|'}, {"semicolon", ';'}, {"fixed width", '\0'}};
inline const std::vector<std::pair<std::string_view, bool>> kHeaders = {{"present", true},
                                                                        {"absent", false}};

}  // namespace hustings::ingest::detail
