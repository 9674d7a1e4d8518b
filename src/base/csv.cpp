#include "base/csv.h"

#include "base/text.h"

namespace hustings {

void append_csv_cell(std::string& out, std::string_view text) {
  constexpr std::string_view kFormula = "=+-@\t\r\n";
  const bool is_formula =
      !text.empty() && kFormula.contains(text.front()) && !parse_double(text).has_value();
  if (text.find_first_of(",;\"\n\r\t") == std::string_view::npos) {
    if (is_formula) out += '\'';
    out += text;
    return;
  }
  out += '"';
  if (is_formula) out += '\'';
  for (const char c : text) {
    if (c == '"') out += '"';
    out += c;
  }
  out += '"';
}

}  // namespace hustings
