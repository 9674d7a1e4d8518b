#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// Bytes and letters; nothing here knows a language or a field word.
namespace hustings {

/// Without blanks, tabs and line ends at both sides.
std::string_view trim(std::string_view text);
/// The ASCII letters in lower or upper case; other bytes as they are.
std::string to_lower(std::string_view text);
std::string to_upper(std::string_view text);
std::vector<std::string_view> split(std::string_view text, char delimiter);
std::string join(const std::vector<std::string>& parts, std::string_view between);

/// The whole of `text` as a decimal number; nothing else around it.
std::optional<std::int64_t> parse_int(std::string_view text);
std::optional<double> parse_double(std::string_view text);

/// The offset of the first byte that is not part of valid UTF-8 (RFC 3629), or npos.
std::size_t first_invalid_utf8(std::string_view text);
inline bool is_utf8(std::string_view text) {
  return first_invalid_utf8(text) == std::string_view::npos;
}

std::string to_hex(std::string_view bytes);
std::optional<std::string> from_hex(std::string_view text);

/// Appends `text` as a JSON string, quotes and all.
void append_json_string(std::string& out, std::string_view text);

/// How many single-letter edits (insert, delete, change, swap of neighbours) lie between two words.
int edit_distance(std::string_view a, std::string_view b);
/// The known word nearest to `word` within two edits, for "did you mean"; empty if there is none.
std::string_view nearest(std::string_view word, const std::vector<std::string_view>& known);

/// "1,234,567"
std::string with_thousands(std::int64_t number);

}  // namespace hustings
