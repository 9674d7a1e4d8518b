#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "normalise/person_name.h"

/// How a field that holds a name is cut into words.
namespace hustings::normalise::detail {

/// At most so many words of one field are looked at; a name of more is no name.
inline constexpr std::size_t kWordsMax = 12;

/// A folded text without what stood in quotes or brackets, cut into words of letters and digits;
/// apostrophes and full stops inside a word are dropped.
class NameWords {
 public:
  /// Reads the field. Words and nickname are pieces of an own buffer, valid until the next read.
  void read(std::string_view field);

  std::size_t size() const { return last_ - first_; }
  std::string_view operator[](std::size_t i) const { return words_[first_ + i]; }
  std::string_view back() const { return words_[last_ - 1]; }
  void drop_front() { ++first_; }
  void drop_back() { --last_; }
  std::string_view nickname() const { return nickname_; }

 private:
  void take_nickname();
  void cut();
  /// The piece of `folded_` from the opening to the closing sign; false where there is none.
  struct Span {
    std::size_t from = 0;
    std::size_t to = 0;
  };
  bool find_enclosed(Span& span) const;

  std::string folded_;
  std::string plain_;
  std::string nickname_;
  std::array<std::string_view, kWordsMax> words_;
  std::size_t first_ = 0;
  std::size_t last_ = 0;
};

/// Where a word stands decides what it may mean: "V" behind a last name is the fifth, behind a
/// first name an initial.
enum class SuffixPlace : std::uint8_t { suffix_column, last_name, given_name };
Generation generation_at(std::string_view word, SuffixPlace place);

bool is_title(std::string_view word);
bool is_degree(std::string_view word);
/// Words that belong to the next one: DE, LA, VAN, MC, O, ST.
bool is_particle(std::string_view word);
/// Letters of the word, with 0 and 1 read as O and I and other digits dropped.
void append_letters(std::string_view word, std::string& out);

}  // namespace hustings::normalise::detail
