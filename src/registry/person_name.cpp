#include "registry/person_name.h"

namespace hustings::registry {
namespace {

constexpr bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
constexpr bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
constexpr bool is_latin_lead(char c) { return c == '\xc3'; }

/// Roman numerals stay as they are: III, IV.
bool is_numeral(std::string_view name) {
  return !name.empty() && name.size() <= 4 &&
         name.find_first_not_of("IVX") == std::string_view::npos;
}

}  // namespace

void upper_name_to(std::string_view name, char* out) {
  for (std::size_t i = 0; i < name.size(); ++i) {
    const char c = name[i];
    if (is_lower(c)) {
      out[i] = static_cast<char>(c - 32);
    } else if (i > 0 && is_latin_lead(name[i - 1])) {
      // U+00E0 to U+00FE, without the division sign, are 32 above their capitals.
      const auto byte = static_cast<unsigned char>(c);
      const bool is_small = byte >= 0xa0 && byte <= 0xbe && byte != 0xb7;
      out[i] = is_small ? static_cast<char>(byte - 0x20) : c;
    } else {
      out[i] = c;
    }
  }
}

std::string upper_name(std::string_view name) {
  std::string out(name.size(), '\0');
  upper_name_to(name, out.data());
  return out;
}

std::string shown_name(std::string_view name) {
  if (is_numeral(name)) return std::string(name);
  for (const char c : name) {
    if (is_lower(c)) return std::string(name);
  }
  std::string out;
  bool starts = true;
  for (std::size_t i = 0; i < name.size(); ++i) {
    const char c = name[i];
    const bool latin = i > 0 && is_latin_lead(name[i - 1]);
    if (is_upper(c)) {
      out += starts ? c : static_cast<char>(c + 32);
      starts = out.size() >= 2 && out.ends_with("Mc") &&
               (out.size() == 2 || out[out.size() - 3] == ' ' || out[out.size() - 3] == '-');
    } else if (latin) {
      const auto byte = static_cast<unsigned char>(c);
      const bool is_capital = byte >= 0x80 && byte <= 0x9e && byte != 0x97;
      out += is_capital && !starts ? static_cast<char>(byte + 0x20) : c;
      starts = false;
    } else {
      out += c;
      // A letter behind an apostrophe is a capital in O'NEAL, not at the end: ANDRE'S.
      const bool more = i + 2 < name.size();
      if (!is_latin_lead(c)) starts = c != '\'' || more;
    }
  }
  return out;
}

}  // namespace hustings::registry
