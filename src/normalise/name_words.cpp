#include "normalise/detail/name_words.h"

#include <algorithm>
#include <span>

#include "normalise/fold.h"

namespace hustings::normalise::detail {
namespace {

constexpr bool is_letter(char c) { return c >= 'A' && c <= 'Z'; }
constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }
constexpr bool is_word_char(char c) { return is_letter(c) || is_digit(c); }
/// Inside a word without parting it: O'NEAL, JR., ST`ELMO.
constexpr bool is_dropped(char c) { return c == '\'' || c == '.' || c == '`' || c == '"'; }

bool has_letter(std::string_view text) { return std::ranges::any_of(text, is_letter); }

template <std::size_t Size>
bool is_in(const std::array<std::string_view, Size>& sorted, std::string_view word) {
  return std::ranges::binary_search(sorted, word);
}

constexpr std::array<std::string_view, 13> kTitles = {
    "CAPT", "COL", "DR", "HON", "LT", "MISS", "MR", "MRS", "MS", "PROF", "REV", "SGT", "SSGT"};
constexpr std::array<std::string_view, 16> kDegrees = {
    "CPA",     "CRNA", "DDS", "DMD", "DPM", "DVM", "EDD", "ESQ",
    "ESQUIRE", "JD",   "LPN", "MBA", "MD",  "PHD", "RET", "RN"};
constexpr std::array<std::string_view, 30> kParticles = {
    "ABU", "D",     "DA",  "DE",    "DEL", "DELA", "DELLA", "DEN",    "DER",    "DI",
    "DO",  "DOS",   "DU",  "EL",    "LA",  "LAS",  "LE",    "LOS",    "MAC",    "MC",
    "O",   "SAINT", "SAN", "SANTA", "ST",  "TEN",  "VAN",   "VANDEN", "VANDER", "VON"};
static_assert(std::ranges::is_sorted(kTitles) && std::ranges::is_sorted(kDegrees) &&
              std::ranges::is_sorted(kParticles));

struct GenerationWord {
  std::string_view word;
  Generation generation;
};
/// Clear wherever they stand behind another word.
constexpr std::array<GenerationWord, 19> kClear = {{{"1ST", Generation::first},
                                                    {"2ND", Generation::second},
                                                    {"3RD", Generation::third},
                                                    {"4TH", Generation::fourth},
                                                    {"5TH", Generation::fifth},
                                                    {"11", Generation::second},
                                                    {"111", Generation::third},
                                                    {"1V", Generation::fourth},
                                                    {"2D", Generation::second},
                                                    {"3D", Generation::third},
                                                    {"II", Generation::second},
                                                    {"III", Generation::third},
                                                    {"IV", Generation::fourth},
                                                    {"JNR", Generation::jr},
                                                    {"JR", Generation::jr},
                                                    {"JUNIOR", Generation::jr},
                                                    {"SENIOR", Generation::sr},
                                                    {"SNR", Generation::sr},
                                                    {"SR", Generation::sr}}};
/// May be an initial where a given name stands.
constexpr std::array<GenerationWord, 3> kBehindLastName = {
    {{"V", Generation::fifth}, {"VI", Generation::sixth}, {"6TH", Generation::sixth}}};
constexpr std::array<GenerationWord, 7> kInColumn = {{{"I", Generation::first},
                                                      {"1", Generation::first},
                                                      {"2", Generation::second},
                                                      {"3", Generation::third},
                                                      {"4", Generation::fourth},
                                                      {"5", Generation::fifth},
                                                      {"6", Generation::sixth}}};

Generation find(std::span<const GenerationWord> words, std::string_view word) {
  for (const GenerationWord& one : words) {
    if (one.word == word) return one.generation;
  }
  return Generation::none;
}

}  // namespace

bool is_title(std::string_view word) { return is_in(kTitles, word); }
bool is_degree(std::string_view word) { return is_in(kDegrees, word); }
bool is_particle(std::string_view word) { return is_in(kParticles, word); }

Generation generation_at(std::string_view word, SuffixPlace place) {
  if (word.empty() || word.size() > 6) return Generation::none;
  Generation found = find(kClear, word);
  if (found == Generation::none && place != SuffixPlace::given_name) {
    found = find(kBehindLastName, word);
  }
  if (found == Generation::none && place == SuffixPlace::suffix_column) {
    found = find(kInColumn, word);
  }
  return found;
}

void append_letters(std::string_view word, std::string& out) {
  const bool repair = has_letter(word);
  for (const char c : word) {
    if (is_letter(c)) {
      out += c;
    } else if (repair && c == '0') {
      out += 'O';
    } else if (repair && c == '1') {
      out += 'I';
    }
  }
}

bool NameWords::find_enclosed(Span& span) const {
  const std::string_view text = folded_;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char opening = text[i];
    char closing = '\0';
    if (opening == '(') closing = ')';
    if (opening == '[') closing = ']';
    if (opening == '{') closing = '}';
    if (opening == '"') closing = '"';
    // An apostrophe opens only in front of a word: 'BOB', not O'NEAL.
    if (opening == '\'' && (i == 0 || text[i - 1] == ' ')) closing = '\'';
    if (closing == '\0') continue;
    const std::size_t end = text.find(closing, i + 1);
    if (end == std::string_view::npos) continue;
    if (closing == '\'' && end + 1 < text.size() && is_word_char(text[end + 1])) continue;
    if (!has_letter(text.substr(i + 1, end - i - 1))) continue;
    span = {i, end};
    return true;
  }
  return false;
}

void NameWords::take_nickname() {
  nickname_.clear();
  Span span;
  if (!find_enclosed(span)) return;
  const std::string_view before = std::string_view(folded_).substr(0, span.from);
  const std::string_view behind = std::string_view(folded_).substr(span.to + 1);
  // "(BILL)" alone is the name itself.
  if (!has_letter(before) && !has_letter(behind)) return;
  append_letters(std::string_view(folded_).substr(span.from + 1, span.to - span.from - 1),
                 nickname_);
  for (std::size_t i = span.from; i <= span.to; ++i)
    folded_[i] = ' ';
}

void NameWords::cut() {
  first_ = 0;
  last_ = 0;
  plain_.clear();
  plain_.reserve(folded_.size());  // the words are pieces of it: it must not move
  std::size_t begin = 0;
  const auto end_word = [&] {
    if (plain_.size() > begin && last_ < kWordsMax) {
      words_[last_++] = std::string_view(plain_).substr(begin);
    }
    begin = plain_.size();
  };
  for (const char c : folded_) {
    if (is_word_char(c)) {
      plain_ += c;
    } else if (!is_dropped(c)) {
      end_word();
    }
  }
  end_word();
}

void NameWords::read(std::string_view field) {
  fold_to(field, folded_);
  take_nickname();
  cut();
}

}  // namespace hustings::normalise::detail
