// A whole name in one text, cut into its parts: parse_full_name of person_name.h.
#include <array>

#include "base/text.h"
#include "normalise/detail/name_words.h"
#include "normalise/person_name.h"

namespace hustings::normalise {
namespace {

using detail::generation_at;
using detail::SuffixPlace;

struct Token {
  std::string_view text;
  bool comma_behind = false;
};

/// The letters and digits of a word in capitals; long words are no title and no suffix.
class PlainWord {
 public:
  explicit PlainWord(std::string_view text) {
    for (const char c : text) {
      const char up = c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
      if ((up >= 'A' && up <= 'Z') || (up >= '0' && up <= '9')) {
        if (size_ == text_.size()) {
          size_ = 0;
          return;
        }
        text_[size_++] = up;
      }
    }
  }
  std::string_view view() const { return {text_.data(), size_}; }

 private:
  std::array<char, 10> text_{};
  std::size_t size_ = 0;
};

bool is_generation(std::string_view word) {
  return generation_at(PlainWord(word).view(), SuffixPlace::last_name) != Generation::none;
}
/// "MD", not "Md" inside a name: degrees are only taken off behind at least two words.
bool is_degree(std::string_view word) { return detail::is_degree(PlainWord(word).view()); }
bool is_title(std::string_view word) { return detail::is_title(PlainWord(word).view()); }
/// Single letters are initials here, not particles: John O Smith.
bool is_particle(std::string_view word) {
  const PlainWord plain(word);
  return plain.view().size() > 1 && detail::is_particle(plain.view());
}

constexpr bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

class FullName {
 public:
  explicit FullName(std::string_view text) : text_(text) {
    find_nickname();
    cut();
  }

  ParsedName parse() {
    take_endings();
    const std::size_t comma = find_comma();
    if (comma == last_) {
      without_comma();
    } else {
      with_comma(comma);
    }
    return name_;
  }

 private:
  void find_nickname() {
    for (const std::string_view signs : {"()", "[]", "\"\"", "\xE2\x80\x9C\xE2\x80\x9D"}) {
      const std::string_view opening = signs.substr(0, signs.size() / 2);
      const std::string_view closing = signs.substr(signs.size() / 2);
      const std::size_t from = text_.find(opening);
      if (from == std::string_view::npos) continue;
      const std::size_t to = text_.find(closing, from + opening.size());
      if (to == std::string_view::npos) continue;
      const std::string_view inside =
          trim(text_.substr(from + opening.size(), to - from - opening.size()));
      if (inside.empty()) continue;
      name_.nickname = inside;
      nickname_from_ = from;
      nickname_to_ = to + closing.size();
      return;
    }
  }

  void add(std::size_t from, std::size_t to, bool comma) {
    if (to > from && last_ < tokens_.size()) tokens_[last_++] = {text_.substr(from, to - from)};
    if (comma && last_ > 0) tokens_[last_ - 1].comma_behind = true;
  }

  void cut() {
    std::size_t from = 0;
    for (std::size_t i = 0; i < text_.size(); ++i) {
      if (i == nickname_from_ && nickname_to_ > 0) {
        add(from, i, false);
        from = nickname_to_;
        i = nickname_to_ - 1;
      } else if (is_blank(text_[i]) || text_[i] == ',') {
        add(from, i, text_[i] == ',');
        from = i + 1;
      }
    }
    if (from < text_.size()) add(from, text_.size(), false);
    if (last_ > 0) tokens_[last_ - 1].comma_behind = false;
  }

  /// Suffixes and degrees at the end, with or without a comma; titles at the front.
  void take_endings() {
    while (last_ - first_ > 1) {
      const std::string_view word = tokens_[last_ - 1].text;
      if (is_generation(word) && may_drop_initial(word)) {
        if (name_.suffix.empty()) name_.suffix = word;
      } else if (!is_degree(word) || last_ - first_ < 3) {
        break;
      }
      --last_;
      tokens_[last_ - 1].comma_behind = false;
    }
    take_titles(first_);
  }

  /// "Smith, John V": the V behind a given name is an initial; so is any letter behind one name.
  bool may_drop_initial(std::string_view word) const {
    if (PlainWord(word).view().size() > 1) return true;
    return last_ - first_ > 2 && find_comma() == last_;
  }

  void take_titles(std::size_t& first) const {
    while (last_ - first > 1 && is_title(tokens_[first].text) && !tokens_[first].comma_behind) {
      ++first;
      // "Mr. and Mrs. John Smith"
      const PlainWord word(tokens_[first].text);
      const bool is_and = word.view() == "AND" || tokens_[first].text == "&";
      if (is_and && last_ - first > 2 && is_title(tokens_[first + 1].text)) ++first;
    }
  }

  std::size_t find_comma() const {
    for (std::size_t i = first_; i < last_; ++i) {
      if (tokens_[i].comma_behind) return i;
    }
    return last_;
  }

  std::string_view between(std::size_t first, std::size_t last) const {
    if (first >= last) return {};
    const char* begin = tokens_[first].text.data();
    const std::string_view end = tokens_[last - 1].text;
    return {begin, static_cast<std::size_t>(end.data() + end.size() - begin)};
  }

  void with_comma(std::size_t comma) {
    std::size_t last_name_end = comma + 1;
    while (last_name_end - first_ > 1 && is_generation(tokens_[last_name_end - 1].text)) {
      if (name_.suffix.empty()) name_.suffix = tokens_[last_name_end - 1].text;
      --last_name_end;
    }
    name_.last = between(first_, last_name_end);
    std::size_t given = comma + 1;
    take_titles(given);
    name_.first = tokens_[given].text;
    name_.middle = between(given + 1, last_);
  }

  void without_comma() {
    const std::size_t count = last_ - first_;
    if (count == 0) return;
    std::size_t last_name = last_ - 1;
    while (last_name > first_ + 1 && is_particle(tokens_[last_name - 1].text))
      --last_name;
    name_.last = between(last_name, last_);
    if (count == 1) return;
    name_.first = tokens_[first_].text;
    name_.middle = between(first_ + 1, last_name);
  }

  std::string_view text_;
  ParsedName name_;
  std::size_t nickname_from_ = 0;
  std::size_t nickname_to_ = 0;
  std::array<Token, 24> tokens_;
  std::size_t first_ = 0;
  std::size_t last_ = 0;
};

}  // namespace

ParsedName parse_full_name(std::string_view text) { return FullName(text).parse(); }

}  // namespace hustings::normalise
