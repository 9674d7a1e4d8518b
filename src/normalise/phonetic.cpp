#include "normalise/phonetic.h"

#include <array>
#include <cstddef>

namespace hustings::normalise {
namespace {

constexpr bool is_letter(char c) { return c >= 'A' && c <= 'Z'; }
constexpr bool is_vowel(char c) { return c == 'A' || c == 'E' || c == 'I' || c == 'O' || c == 'U'; }

/// '0' parts two letters of one code (vowels, Y), '-' does not (H, W).
constexpr char soundex_digit(char c) {
  constexpr std::string_view kDigits = "01230120022455012623010202";
  constexpr std::string_view kSilent = "HW";
  if (kSilent.find(c) != std::string_view::npos) return '-';
  return kDigits[static_cast<std::size_t>(c - 'A')];
}

/// A name of at most so many letters, which may grow by one.
struct Letters {
  static constexpr std::size_t kMost = 32;
  std::array<char, kMost + 2> text{};
  std::size_t size = 0;

  explicit Letters(std::string_view name) {
    for (const char c : name) {
      if (is_letter(c) && size < kMost) text[size++] = c;
    }
  }
  std::string_view view() const { return {text.data(), size}; }
  char at(std::size_t i) const { return i < size ? text[i] : '\0'; }
  bool is(std::size_t from, std::string_view what) const {
    return from + what.size() <= size && view().substr(from, what.size()) == what;
  }
  void put(std::size_t from, std::string_view what) {
    for (std::size_t i = 0; i < what.size(); ++i)
      text[from + i] = what[i];
  }
};

void nysiis_start(Letters& name) {
  if (name.is(0, "MAC")) {
    name.put(0, "MCC");
  } else if (name.is(0, "KN")) {
    name.put(0, "NN");
  } else if (name.is(0, "K")) {
    name.put(0, "C");
  } else if (name.is(0, "PH") || name.is(0, "PF")) {
    name.put(0, "FF");
  } else if (name.is(0, "SCH")) {
    name.put(0, "SSS");
  }
}

void nysiis_end(Letters& name) {
  if (name.size < 2) return;
  const std::string_view end = name.view().substr(name.size - 2);
  char becomes = '\0';
  if (end == "EE" || end == "IE") becomes = 'Y';
  if (end == "DT" || end == "RT" || end == "RD" || end == "NT" || end == "ND") becomes = 'D';
  if (becomes == '\0') return;
  name.text[name.size - 2] = becomes;
  --name.size;
}

/// The letter at `i`, and perhaps those behind it, as NYSIIS writes them.
void nysiis_letter(Letters& name, std::size_t i) {
  const char c = name.at(i);
  const char before = name.at(i - 1);
  if (name.is(i, "EV")) {
    name.put(i, "AF");
  } else if (is_vowel(c)) {
    name.put(i, "A");
  } else if (c == 'Q') {
    name.put(i, "G");
  } else if (c == 'Z') {
    name.put(i, "S");
  } else if (c == 'M') {
    name.put(i, "N");
  } else if (c == 'K') {
    name.put(i, name.is(i, "KN") ? "N" : "C");
  } else if (name.is(i, "SCH")) {
    name.put(i, "SSS");
  } else if (name.is(i, "PH")) {
    name.put(i, "FF");
  } else if (c == 'H' && (!is_vowel(before) || !is_vowel(name.at(i + 1)))) {
    name.text[i] = before;
  } else if (c == 'W' && is_vowel(before)) {
    name.text[i] = before;
  }
}

}  // namespace

std::uint32_t soundex(std::string_view name) {
  std::array<char, 4> code = {'\0', '0', '0', '0'};
  std::size_t size = 0;
  char last = '\0';
  for (const char c : name) {
    if (!is_letter(c)) continue;
    const char digit = soundex_digit(c);
    if (size == 0) {
      code[size++] = c;
    } else if (digit >= '1' && digit != last) {
      code[size++] = digit;
      if (size == code.size()) break;
    }
    if (digit != '-') last = digit;
  }
  if (size == 0) return 0;
  std::uint32_t packed = 0;
  for (const char c : code)
    packed = packed << 8 | static_cast<unsigned char>(c);
  return packed;
}

std::uint64_t nysiis(std::string_view name) {
  Letters letters(name);
  if (letters.size == 0) return 0;
  nysiis_start(letters);
  nysiis_end(letters);
  std::array<char, Letters::kMost + 2> key{};
  std::size_t size = 0;
  key[size++] = letters.text[0];
  for (std::size_t i = 1; i < letters.size; ++i) {
    nysiis_letter(letters, i);
    if (letters.text[i] != key[size - 1]) key[size++] = letters.text[i];
  }
  if (size > 1 && key[size - 1] == 'S') --size;
  if (size > 2 && key[size - 1] == 'Y' && key[size - 2] == 'A') key[--size - 1] = 'Y';
  if (size > 1 && key[size - 1] == 'A') --size;
  std::uint64_t packed = 0;
  for (std::size_t i = 0; i < 8; ++i)
    packed = packed << 8 | (i < size ? static_cast<unsigned char>(key[i]) : 0U);
  return packed;
}

std::string code_text(std::uint64_t code) {
  std::string text;
  for (int shift = 56; shift >= 0; shift -= 8) {
    const auto byte = static_cast<char>(code >> shift & 0xFF);
    if (byte != '\0') text += byte;
  }
  return text;
}

}  // namespace hustings::normalise
