#include "access/join_code.h"

#include "base/secret.h"
#include "base/text.h"

namespace hustings::access {
namespace {

constexpr int kGroups = 3;
constexpr std::size_t kGroupLetters = 4;
constexpr std::size_t kTypedBytesMax = 64;

}  // namespace

std::string make_join_code() { return random_code(kGroups); }

std::optional<std::string> clean_join_code(std::string_view typed) {
  if (typed.size() > kTypedBytesMax) return std::nullopt;
  std::string letters;
  for (const char c : to_lower(typed)) {
    const bool is_letter = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    const bool is_forgiven = c == ' ' || c == '-' || c == '\t' || c == '.' || c == '_';
    if (is_letter)
      letters += c;
    else if (!is_forgiven)
      return std::nullopt;
  }
  if (letters.size() != kGroups * kGroupLetters) return std::nullopt;
  std::string code;
  for (std::size_t at = 0; at < letters.size(); at += kGroupLetters) {
    if (at > 0) code += '-';
    code.append(letters, at, kGroupLetters);
  }
  return code;
}

}  // namespace hustings::access
