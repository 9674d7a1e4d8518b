#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace hustings::segments {

/// A piece of a rule's text.
struct Token {
  enum class Kind : std::uint8_t {
    word,    ///< letters, digits, "_", "-" and ":"
    quoted,  ///< "…"; `text` is what it says
    symbol,  ///< ( ) , .. = != < <= > >=
    end,
    wrong,  ///< a character that belongs nowhere, or a quote without its end
  };
  Kind kind = Kind::end;
  std::string text;
  std::size_t offset = 0;  ///< in bytes
  std::size_t length = 0;
};

/// Cuts a text into tokens, one at a time. Any bytes may come.
class RuleLexer {
 public:
  explicit RuleLexer(std::string_view text) : text_(text) {}
  Token next();
  static bool is_word_character(char c);

 private:
  Token quoted();
  Token symbol();

  std::string_view text_;
  std::size_t at_ = 0;
};

}  // namespace hustings::segments
