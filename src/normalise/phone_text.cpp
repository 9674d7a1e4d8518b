#include "normalise/detail/phone_text.h"

#include <cstdint>
#include <string>

namespace hustings::normalise::detail {
namespace {

constexpr char kPunctuation = '_';  ///< a dash, blank or bracket that plays no part in extensions
constexpr char kOther = '\x01';
constexpr char kAccent = '\x02';                       ///< U+0301, behind the o of extensión
constexpr std::string_view kRussian = "\x03\x04\x05";  ///< доб
constexpr char kWideHash = '\x06';                     ///< unlike "#" nothing ends with it
constexpr std::string_view kContext = ";phone-context=";
constexpr std::string_view kSubaddress = ";isub=";

constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }
constexpr bool is_punctuation(char c) {
  return c == '-' || c == '/' || c == '.' || c == ' ' || c == '(' || c == ')' || c == '[' ||
         c == ']' || c == '~' || c == kPunctuation;
}

/// One code point of UTF-8; 0xFFFFFFFF for a byte that begins none.
std::uint32_t next_code(std::string_view text, std::size_t& at) {
  constexpr std::uint32_t kBad = 0xFFFFFFFF;
  const auto byte = [&](std::size_t i) -> std::uint32_t {
    return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U;
  };
  const std::uint32_t lead = byte(at);
  std::size_t more = 0;
  if (lead >= 0xC2 && lead <= 0xDF) more = 1;
  if (lead >= 0xE0 && lead <= 0xEF) more = 2;
  if (lead >= 0xF0 && lead <= 0xF4) more = 3;
  if (lead >= 0x80 && more == 0) {
    ++at;
    return kBad;
  }
  std::uint32_t code = more == 0 ? lead : lead & (0x3FU >> more);
  for (std::size_t i = 1; i <= more; ++i) {
    if ((byte(at + i) & 0xC0) != 0x80) {
      ++at;
      return kBad;
    }
    code = code << 6 | (byte(at + i) & 0x3F);
  }
  at += more + 1;
  return code;
}

char of_ascii(std::uint32_t code) {
  const char c = static_cast<char>(code);
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
}

/// Digits and signs of other scripts as the ASCII ones that mean the same in a number.
char plain(std::uint32_t code) {
  if (code < 0x80) return code < ' ' && code != '\t' ? kOther : of_ascii(code);
  if (code >= 0x0660 && code <= 0x0669) return static_cast<char>('0' + (code - 0x0660));
  if (code >= 0x06F0 && code <= 0x06F9) return static_cast<char>('0' + (code - 0x06F0));
  if (code >= 0xFF10 && code <= 0xFF19) return static_cast<char>('0' + (code - 0xFF10));
  if (code >= 0x2010 && code <= 0x2015) return kPunctuation;
  switch (code) {
    case 0xFF0B:
      return '+';
    case 0x00A0:
      return ' ';
    case 0xFF0E:
      return '.';
    case 0xFF03:
      return kWideHash;
    case 0xFF5E:
      return '~';
    case 0x00F3:
    case 0x00D3:
      return 'o';
    case 0x0301:
      return kAccent;
    case 0x0434:
    case 0x0414:
      return kRussian[0];
    case 0x043E:
    case 0x041E:
      return kRussian[1];
    case 0x0431:
    case 0x0411:
      return kRussian[2];
    case 0x2212:
    case 0x30FC:
    case 0xFF0D:
    case 0xFF0F:
    case 0x00AD:
    case 0x200B:
    case 0x2060:
    case 0x3000:
    case 0xFF08:
    case 0xFF09:
    case 0xFF3B:
    case 0xFF3D:
    case 0x2053:
    case 0x223C:
      return kPunctuation;
    default:
      break;
  }
  for (const char c : std::string_view("extni")) {  // full width letters of "ext", "int"
    const auto small = static_cast<std::uint32_t>(0xFF41 + (c - 'a'));
    if (code == small || code == small - 0x20) return c;
  }
  return kOther;
}

/// One try to read an extension that ends with the text.
class Extension {
 public:
  explicit Extension(std::string_view text) : text_(text) {}

  bool is_at(std::size_t start) {
    return uri(start) || labelled(start) || american(start) || dialled(start) || commas(start);
  }

 private:
  bool take(std::string_view what) {
    if (!text_.substr(at_).starts_with(what)) return false;
    at_ += what.size();
    return true;
  }
  void skip(std::string_view set) {
    while (at_ < text_.size() && set.find(text_[at_]) != std::string_view::npos)
      ++at_;
  }
  /// 1 to `most` digits, then perhaps a "#", then the end.
  bool number(std::size_t most, bool hash) {
    const std::size_t from = at_;
    while (at_ < text_.size() && is_digit(text_[at_]))
      ++at_;
    const std::size_t count = at_ - from;
    if (hash) take("#");
    return count >= 1 && count <= most && at_ == text_.size();
  }
  bool behind_label(std::size_t most) {
    if (!take(":")) take(".");
    skip(" \t,-");
    return number(most, true);
  }

  bool uri(std::size_t start) {
    at_ = start;
    return take(";ext=") && number(20, false);
  }
  bool labelled(std::size_t start) {
    at_ = start;
    skip(" \t,");
    const std::size_t label = at_;
    if (explicit_label() && behind_label(20)) return true;
    at_ = label;
    return (take("x") || take("#") || take("~") || take("int") ||
            take(std::string_view(&kWideHash, 1))) &&
           behind_label(9);
  }
  bool explicit_label() {
    if (take(kRussian) || take("anexo")) return true;
    take("e");
    if (!take("xt")) return false;
    if (take("ensio")) take(std::string_view(&kAccent, 1));
    take("n");
    return true;
  }
  /// "- 12#"
  bool american(std::size_t start) {
    at_ = start;
    skip("- ");
    if (at_ == start || text_.empty() || text_.back() != '#') return false;
    const std::size_t from = at_;
    while (at_ < text_.size() && is_digit(text_[at_]))
      ++at_;
    return at_ - from >= 1 && at_ - from <= 6 && at_ + 1 == text_.size();
  }
  /// ",,12" and ";12"
  bool dialled(std::size_t start) {
    at_ = start;
    skip(" \t");
    return (take(",,") || take(";")) && behind_label(15);
  }
  bool commas(std::size_t start) {
    at_ = start;
    skip(" \t");
    if (!take(",")) return false;
    skip(",");
    return behind_label(9);
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

/// How much of the front is a number of at least three digits, with nothing but punctuation inside.
struct Front {
  std::size_t size = 0;             ///< as far as it reaches
  std::size_t three_digits_at = 0;  ///< the place behind the third digit; 0: there are fewer
};
Front front_of(std::string_view text) {
  Front front;
  std::size_t digits = 0;
  if (text.starts_with('+')) front.size = 1;
  while (front.size < text.size()) {
    const char c = text[front.size];
    if (!is_digit(c) && !is_punctuation(c)) break;
    ++front.size;
    if (is_digit(c) && ++digits == 3) front.three_digits_at = front.size;
  }
  return front;
}

/// The number without its extension; empty where the text is no number.
std::string_view number_in(std::string_view text) {
  if (text.size() == 2 && is_digit(text[0]) && is_digit(text[1])) return text;
  const Front front = front_of(text);
  if (front.three_digits_at == 0) return {};
  Extension extension(text);
  bool is_number = front.size == text.size();
  for (std::size_t at = front.three_digits_at; !is_number && at <= front.size; ++at)
    is_number = extension.is_at(at);
  if (!is_number) return {};
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (extension.is_at(at)) return text.substr(0, at);
  }
  return text;
}

}  // namespace

void PhoneText::take_digits(std::string_view number) {
  size_ = 0;
  plus_ = number.starts_with('+');
  for (const char c : number) {
    if (is_digit(c)) digits_[size_++] = c;
  }
}

bool PhoneText::read_plain(std::string_view text) {
  if (text.size() > kPhoneTextMax * 4) return false;
  std::array<char, kPhoneTextMax> signs;
  std::size_t size = 0;
  std::size_t units = 0;  // of UTF-16, as libphonenumber-js counts
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t before = at;
    const std::uint32_t code = next_code(text, at);
    units += at - before == 4 ? 2 : 1;
    if (units > kPhoneTextMax) return false;
    const char c = plain(code);
    if (size > 0 || is_digit(c) || c == '+') signs[size++] = c;
  }
  while (size > 0 && !is_digit(signs[size - 1]) && signs[size - 1] != '#')
    --size;
  std::string_view number(signs.data(), size);
  const std::size_t subaddress = number.find(kSubaddress);
  if (subaddress != std::string_view::npos && subaddress > 0) {
    number = number.substr(0, subaddress);
  }
  number = number_in(number);
  if (number.empty()) return false;
  take_digits(number);
  return true;
}

/// RFC 3966: "tel:7042;phone-context=+1919555" means +19195557042; a domain says nothing.
bool PhoneText::read_context(std::string_view text, std::size_t context) {
  std::string_view value = text.substr(context + kContext.size());
  value = value.substr(0, value.find(';'));
  if (value.empty()) return false;
  std::string joined;
  if (value.front() == '+') {
    if (value.find_first_not_of("+0123456789-.()") != std::string_view::npos) return false;
    joined = value;
  }
  const std::size_t scheme = text.substr(0, context).find("tel:");
  joined += text.substr(scheme == std::string_view::npos ? 0 : scheme + 4,
                        context - (scheme == std::string_view::npos ? 0 : scheme + 4));
  return read_plain(joined);
}

bool PhoneText::read(std::string_view text) {
  const std::size_t context = text.find(kContext);
  return context == std::string_view::npos ? read_plain(text) : read_context(text, context);
}

}  // namespace hustings::normalise::detail
