#pragma once

#include <array>
#include <cstddef>
#include <string_view>

/// Finds the digits of a number in what people write. The rules are libphonenumber's as
/// libphonenumber-js has them (helpers/isViablePhoneNumber, extension/createExtensionPattern), so
/// that both find the same digits; tests compare them.
namespace hustings::normalise::detail {

/// Longer texts are no number (libphonenumber's MAX_INPUT_STRING_LENGTH).
inline constexpr std::size_t kPhoneTextMax = 250;

class PhoneText {
 public:
  /// False where the text holds no number.
  bool read(std::string_view text);

  bool has_plus() const { return plus_; }
  std::string_view digits() const { return {digits_.data(), size_}; }

 private:
  bool read_context(std::string_view text, std::size_t context);
  bool read_plain(std::string_view text);
  void take_digits(std::string_view number);

  std::array<char, kPhoneTextMax> digits_;
  std::size_t size_ = 0;
  bool plus_ = false;
};

}  // namespace hustings::normalise::detail
