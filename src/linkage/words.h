#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace hustings::linkage {

/// The number of a word; equal numbers are equal words. 0 is "no word".
using WordId = std::uint32_t;

/// As Words::letters().
std::uint32_t letters_of(std::string_view word);

/// Every word that records hold, once, with what is often asked of it. Both sides of a linkage use
/// one Words, so that equality of names is equality of numbers. About 40 bytes a word and its text.
/// One thread may add at a time, and none may read meanwhile; reading is safe from any thread.
class Words {
 public:
  static constexpr WordId kWordsMax = (1U << 28) - 1024;  ///< above: a question's own

  /// Begins with the letters A to Z, then the names of the table of nicknames.
  Words();

  /// The word is one letter A-Z: an initial.
  static bool is_letter(WordId word) { return word >= 1 && word <= 26; }

  /// The word's number, given it now if it is new. A word is cut at 65,535 bytes.
  WordId add(std::string_view word);
  /// 0 if it was never added.
  WordId find(std::string_view word) const;

  std::size_t size() const { return entries_.size(); }
  std::string_view text(WordId word) const {
    const Entry& entry = entries_[word];
    return {text_.data() + entry.offset, entry.length};
  }
  std::uint16_t soundex(WordId word) const { return entries_[word].soundex; }
  /// Which letters it has: bit 0 for A to bit 25 for Z, bit 26 for anything else.
  std::uint32_t letters(WordId word) const { return entries_[word].letters; }
  /// Also for numbers above all words, as a question's own words have.
  /// For a short form, the given name that it most likely stands for; else the word itself.
  WordId canonical(WordId word) const { return word < canonical_.size() ? canonical_[word] : word; }
  /// One is a short form of the other, or both are of the same given name.
  bool are_nicknames(WordId a, WordId b) const;

 private:
  struct Entry {
    std::uint64_t offset = 0;
    std::uint32_t hash = 0;
    std::uint16_t length = 0;
    std::uint16_t soundex = 0;
    std::uint32_t letters = 0;
  };

  void add_nicknames();
  std::size_t slot_of(std::string_view word, std::uint32_t hash) const;
  void grow();

  std::vector<char> text_;
  std::vector<Entry> entries_;
  std::vector<WordId> slots_;  ///< open addressing; 0 is free
  std::vector<WordId> canonical_;
  std::vector<std::vector<WordId>> formals_;  ///< by word: the given names it may stand for
};

}  // namespace hustings::linkage
