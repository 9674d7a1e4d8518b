#include "model/phone.h"

#include <algorithm>
#include <array>

namespace hustings {
namespace {

constexpr PhoneNumber kCountry = 10'000'000'000;  // the 1 before ten digits

constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// Ten digits: NXX NXX XXXX, where N is 2 to 9.
std::optional<PhoneNumber> check_plan(const std::array<char, 10>& digits) {
  const auto at = [&](int i) { return digits[static_cast<std::size_t>(i)] - '0'; };
  if (at(0) < 2 || at(1) == 9) return std::nullopt;   // N9X is kept for the plan's growth
  if (at(1) == 1 && at(2) == 1) return std::nullopt;  // N11 are services
  if (at(3) < 2 || (at(4) == 1 && at(5) == 1)) return std::nullopt;
  bool all_same = true;
  for (int i = 4; i < 10; ++i)
    all_same = all_same && at(i) == at(3);
  if (all_same) return std::nullopt;  // 2222222 … 9999999
  PhoneNumber value = 0;
  for (const char digit : digits)
    value = value * 10 + (digit - '0');
  return kCountry + value;
}

constexpr bool is_separator(char c) {
  return c == ' ' || c == '-' || c == '.' || c == '(' || c == ')' || c == '/' || c == '\t';
}

constexpr bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

/// "(cell)", "home", "- mobile" behind the number: letters without a digit. A lone letter is no
/// label: "x" is an extension that is missing.
bool is_label(std::string_view rest) {
  constexpr std::string_view kSigns = " -.()/\t,:;'\"[]*";
  std::size_t letters = 0;
  for (const char c : rest) {
    if (is_letter(c)) {
      ++letters;
    } else if (kSigns.find(c) == std::string_view::npos) {
      return false;
    }
  }
  return letters > 1 || (letters == 1 && rest.find(')') != std::string_view::npos);
}

/// "x17", "ext. 17", "#17" behind the number; perhaps with a label behind it.
bool is_extension(std::string_view rest) {
  for (const std::string_view mark : {"extension", "ext.", "ext", "x", "EXT.", "EXT", "X", "#"}) {
    if (!rest.starts_with(mark)) continue;
    rest.remove_prefix(mark.size());
    std::size_t digits = 0;
    while (!rest.empty() && (is_digit(rest.front()) || is_separator(rest.front()))) {
      if (is_digit(rest.front())) ++digits;
      rest.remove_prefix(1);
    }
    return digits > 0 && (rest.empty() || is_label(rest));
  }
  return false;
}

/// Without a label of at least three letters in front: "tel:", "Cell: ", "home ".
std::string_view without_label(std::string_view text) {
  std::size_t letters = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (is_letter(c)) {
      ++letters;
    } else if (is_digit(c) || c == '+' || c == '(') {
      return letters >= 3 ? text.substr(i) : text;
    } else if (!is_separator(c) && c != ':') {
      return text;
    }
  }
  return text;
}

/// A calling code has one to three digits; these have two, and nearly all others three.
std::size_t calling_code_size(std::string_view digits) {
  constexpr std::string_view kOfTwo =
      "20 27 30 31 32 33 34 36 39 40 41 43 44 45 46 47 48 49 51 52 53 54 55 56 57 58 60 61 62 63 "
      "64 65 66 81 82 84 86 90 91 92 93 94 95 98 ";
  if (digits.front() == '1' || digits.front() == '7') return 1;
  const std::size_t at = kOfTwo.find(digits.substr(0, 2));
  return at != std::string_view::npos && at % 3 == 0 ? 2 : 3;
}

/// "+49 301 234 567", the last group of three or four: where an area code ends only its plan knows.
std::string in_groups(std::string_view digits) {
  const std::size_t code = std::min(calling_code_size(digits), digits.size());
  std::string out = '+' + std::string(digits.substr(0, code));
  for (std::string_view rest = digits.substr(code); !rest.empty();) {
    const std::size_t size = rest.size() <= 4 ? rest.size() : 3;
    out += ' ';
    out += rest.substr(0, size);
    rest.remove_prefix(size);
  }
  return out;
}

}  // namespace

std::optional<PhoneNumber> parse_phone(std::string_view text) {
  if (!text.empty() && is_letter(text.front())) text = without_label(text);
  std::array<char, 11> digits{};
  std::size_t count = 0;
  bool plus = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (is_digit(c)) {
      if (count == digits.size()) return std::nullopt;
      digits[count++] = c;
    } else if (c == '+' && count == 0 && !plus) {
      plus = true;
    } else if (!is_separator(c)) {
      if (!is_extension(text.substr(i)) && !is_label(text.substr(i))) return std::nullopt;
      break;
    }
  }
  std::array<char, 10> national{};
  if (count == 11 && digits[0] == '1') {
    for (std::size_t i = 0; i < 10; ++i)
      national[i] = digits[i + 1];
  } else if (count == 10 && !plus) {
    for (std::size_t i = 0; i < 10; ++i)
      national[i] = digits[i];
  } else {
    return std::nullopt;
  }
  return check_plan(national);
}

std::string phone_e164(PhoneNumber number) { return '+' + std::to_string(number); }

std::string phone_shown(PhoneNumber number) {
  const std::string digits = std::to_string(number);
  if (digits.size() != 11 || digits[0] != '1') return in_groups(digits);
  return '(' + digits.substr(1, 3) + ") " + digits.substr(4, 3) + '-' + digits.substr(7);
}

}  // namespace hustings
