#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

#include "normalise/detail/street_words.h"

/// How the text of an address is cut into words, each with what it may mean.
namespace hustings::normalise::detail {

/// At most so many words of an address are looked at; the rest of a longer one is left out.
inline constexpr std::size_t kAddressTokensMax = 32;

struct AddressToken {
  std::string_view text;             ///< letters and digits; "#"; "1/2"; "100-102"; "39.2"
  const StreetWord* word = nullptr;  ///< what the table says of it

  bool is_type() const { return word != nullptr && !word->street_type.empty(); }
  bool is_directional() const { return word != nullptr && !word->directional.empty(); }
  bool is_unit() const { return word != nullptr && !word->unit.empty(); }
};

bool is_number(std::string_view text);
bool has_digit(std::string_view text);
inline bool is_one_letter(std::string_view text) {
  return text.size() == 1 && text[0] >= 'A' && text[0] <= 'Z';
}

/// The words of one or two lines. Views are valid until the next read.
class AddressTokens {
 public:
  void read(std::string_view line, std::string_view second);

  std::size_t size() const { return size_; }
  const AddressToken& operator[](std::size_t i) const { return tokens_[i]; }
  std::string_view text(std::size_t i) const { return i < size_ ? tokens_[i].text : ""; }
  bool is(std::size_t i, std::string_view what) const { return text(i) == what; }
  /// Takes the tokens [from, to) out.
  void remove(std::size_t from, std::size_t to);
  void set(std::size_t i, std::string_view text);

 private:
  void fold_line(std::string_view line);
  void append_plain(std::string_view line);
  void cut();
  void add(std::string_view text);

  std::string folded_;
  std::string plain_;
  std::array<AddressToken, kAddressTokensMax> tokens_;
  std::size_t size_ = 0;
};

}  // namespace hustings::normalise::detail
