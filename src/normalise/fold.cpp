#include "normalise/fold.h"

#include <array>
#include <cstdint>
#include <memory>

#include <unicode/normalizer2.h>
#include <unicode/translit.h>
#include <unicode/unistr.h>

namespace hustings::normalise {
namespace {

constexpr bool is_ascii(char c) { return static_cast<unsigned char>(c) < 0x80; }

/// Capitals; control characters as blanks.
constexpr char capital(char c) {
  if (c >= 'a' && c <= 'z') return static_cast<char>(c - 32);
  return static_cast<unsigned char>(c) < 0x20 || c == 0x7f ? ' ' : c;
}

void append_ascii(const icu::UnicodeString& text, std::string& out) {
  for (std::int32_t i = 0; i < text.length(); ++i) {
    const char16_t unit = text.charAt(i);
    if (unit < 0x80) out += capital(static_cast<char>(unit));
  }
}

/// ICU's transliterators may not be shared between threads while they work, and are slow to make.
const icu::Transliterator* latin_ascii() {
  thread_local const std::unique_ptr<icu::Transliterator> kOne = [] {
    UErrorCode error = U_ZERO_ERROR;
    return std::unique_ptr<icu::Transliterator>(
        icu::Transliterator::createInstance("Any-Latin; Latin-ASCII", UTRANS_FORWARD, error));
  }();
  return kOne.get();
}

void append_by_icu(std::string_view text, std::string& out) {
  UErrorCode error = U_ZERO_ERROR;
  const icu::Normalizer2* nfkc = icu::Normalizer2::getNFKCInstance(error);
  icu::UnicodeString wide = icu::UnicodeString::fromUTF8(
      icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size())));
  wide.findAndReplace(icu::UnicodeString(char16_t{0xFFFD}), icu::UnicodeString());
  if (nfkc != nullptr) wide = nfkc->normalize(wide, error);
  if (const icu::Transliterator* latin = latin_ascii()) latin->transliterate(wide);
  append_ascii(wide, out);
}

/// What ICU makes of each letter from U+00C0 to U+017F: the accents of most names, in two bytes.
class LatinLetters {
 public:
  LatinLetters() {
    for (std::size_t i = 0; i < letters_.size(); ++i) {
      const auto code = static_cast<std::uint32_t>(kFirst + i);
      const std::array<char, 2> bytes = {static_cast<char>(0xC0 | (code >> 6)),
                                         static_cast<char>(0x80 | (code & 0x3F))};
      append_by_icu({bytes.data(), bytes.size()}, letters_[i]);
    }
  }
  /// Null where the two bytes are no letter of the range.
  const std::string* find(char lead, char tail) const {
    const auto one = static_cast<unsigned char>(lead);
    const auto two = static_cast<unsigned char>(tail);
    if (one < 0xC3 || one > 0xC5 || (two & 0xC0) != 0x80) return nullptr;
    return &letters_[((one & 0x1FU) << 6 | (two & 0x3FU)) - kFirst];
  }

 private:
  static constexpr std::size_t kFirst = 0xC0;
  std::array<std::string, 0x180 - kFirst> letters_;
};

const LatinLetters& latin_letters() {
  static const LatinLetters kLetters;
  return kLetters;
}

constexpr bool is_combining_lead(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte == 0xCC || byte == 0xCD;
}

/// ASCII and letters of the table only; false where ICU must look at the whole.
bool fold_short_way(std::string_view text, std::string& out) {
  const LatinLetters& letters = latin_letters();
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (is_ascii(text[i])) {
      out += capital(text[i]);
      continue;
    }
    const std::string* letter = i + 1 < text.size() ? letters.find(text[i], text[i + 1]) : nullptr;
    if (letter == nullptr) return false;
    if (i + 2 < text.size() && is_combining_lead(text[i + 2])) return false;
    out += *letter;
    ++i;
  }
  return true;
}

}  // namespace

void fold_to(std::string_view text, std::string& out) {
  out.clear();
  std::size_t ascii = 0;
  while (ascii < text.size() && is_ascii(text[ascii]))
    ++ascii;
  if (ascii == text.size()) {
    out.resize(text.size());
    for (std::size_t i = 0; i < text.size(); ++i)
      out[i] = capital(text[i]);
    return;
  }
  if (fold_short_way(text, out)) return;
  out.clear();
  append_by_icu(text, out);
}

std::string folded(std::string_view text) {
  std::string out;
  fold_to(text, out);
  return out;
}

void append_squeezed(std::string_view text, std::string& out) {
  for (const char c : text) {
    if ((c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')) out += c;
  }
}

}  // namespace hustings::normalise
