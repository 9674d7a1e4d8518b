#include "normalise/detail/address_tokens.h"

#include <algorithm>

#include "normalise/detail/word_index.h"
#include "normalise/fold.h"

namespace hustings::normalise::detail {
namespace {

constexpr bool is_letter(char c) { return c >= 'A' && c <= 'Z'; }
constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// Units that are written without a blank: APT4B, #4, STE200.
constexpr std::array<std::string_view, 5> kGlued = {"APT", "BLDG", "LOT", "STE", "UNIT"};

const StreetWord* find_word(std::string_view text) {
  if (!is_letter(text.front())) return nullptr;
  return find_row(street_word_slots(), street_words(), text);
}

}  // namespace

bool is_number(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, is_digit);
}
bool has_digit(std::string_view text) { return std::ranges::any_of(text, is_digit); }

/// In capitals. "123½" is 123 1/2, not 1231/2: the fractions of Latin-1 get a blank.
void AddressTokens::fold_line(std::string_view line) {
  if (line.find('\xC2') == std::string_view::npos) {
    fold_to(line, folded_);
    return;
  }
  std::string spaced;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const bool fraction =
        line[i] == '\xC2' && i + 1 < line.size() && line[i + 1] >= '\xBC' && line[i + 1] <= '\xBE';
    if (fraction) spaced += ' ';
    spaced += line[i];
  }
  fold_to(spaced, folded_);
}

/// Signs stay only where they belong to a number: 1/2, 100-102, 39.2, 12-B. Full stops and
/// apostrophes are dropped, "#" is a word, anything else is a blank.
void AddressTokens::append_plain(std::string_view line) {
  fold_line(line);
  const std::string_view text = folded_;
  const auto digit_at = [&](std::size_t i) { return i < text.size() && is_digit(text[i]); };
  const auto word_at = [&](std::size_t i) {
    return i < text.size() && (is_digit(text[i]) || is_letter(text[i]));
  };
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const bool behind_digit = i > 0 && is_digit(text[i - 1]);
    if (is_letter(c) || is_digit(c)) {
      plain_ += c;
    } else if (c == '#') {
      plain_ += " # ";
    } else if ((c == '/' || c == '.') && behind_digit && digit_at(i + 1)) {
      plain_ += c;
    } else if (c == '-' && behind_digit && word_at(i + 1)) {
      plain_ += c;
    } else if (c != '.' && c != '\'' && c != '`') {
      plain_ += ' ';
    }
  }
}

void AddressTokens::add(std::string_view text) {
  if (size_ == kAddressTokensMax) return;
  tokens_[size_++] = {text, find_word(text)};
}

void AddressTokens::cut() {
  size_ = 0;
  const std::string_view text = plain_;
  for (std::size_t from = 0; from < text.size();) {
    if (text[from] == ' ') {
      ++from;
      continue;
    }
    const std::size_t to = std::min(text.find(' ', from), text.size());
    const std::string_view word = text.substr(from, to - from);
    from = to;
    if (is_letter(word.front()) && is_digit(word.back())) {
      const auto glued = std::ranges::find_if(kGlued, [&](std::string_view unit) {
        return word.starts_with(unit) && is_digit(word[unit.size()]);
      });
      if (glued != kGlued.end()) {
        add(word.substr(0, glued->size()));
        add(word.substr(glued->size()));
        continue;
      }
    }
    add(word);
  }
}

void AddressTokens::read(std::string_view line, std::string_view second) {
  plain_.clear();
  append_plain(line);
  plain_ += ' ';
  if (!second.empty()) append_plain(second);
  cut();
}

void AddressTokens::remove(std::size_t from, std::size_t to) {
  for (std::size_t i = to; i < size_; ++i)
    tokens_[i - (to - from)] = tokens_[i];
  size_ -= to - from;
}

void AddressTokens::set(std::size_t i, std::string_view text) {
  tokens_[i] = {text, text.empty() ? nullptr : find_word(text)};
}

}  // namespace hustings::normalise::detail
