#include "access/password_gate.h"

#include <algorithm>
#include <chrono>

#include <fmt/format.h>

#include "base/secret.h"
#include "base/text.h"

namespace hustings::access {
namespace {

constexpr std::size_t kPasswordLettersMin = 10;
constexpr std::size_t kPasswordBytesMax = 1000;
constexpr std::size_t kEmailBytesMax = 254;  // RFC 5321
constexpr std::size_t kNameLettersMax = 100;

/// Characters, not bytes; the text is valid UTF-8.
std::size_t letters(std::string_view text) {
  return static_cast<std::size_t>(std::ranges::count_if(
      text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

bool is_control(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }

}  // namespace

Status PasswordGate::enter() {
  if (places_.try_acquire_for(kWait)) return {};
  return refuse(ErrorCode::overloaded,
                "Many people are signing in at this moment. Try again in a few seconds.");
}

Result<std::string> PasswordGate::hash(std::string_view password) {
  TRY(enter());
  const Place place(places_);
  return hash_password(password);
}

Result<bool> PasswordGate::matches(std::string_view hash, std::string_view password) {
  if (password.size() > kPasswordBytesMax) return false;
  TRY(enter());
  const Place place(places_);
  if (password_matches(hash, password)) return true;
  const std::string_view trimmed = trim(password);
  return trimmed.size() != password.size() && password_matches(hash, trimmed);
}

Status PasswordGate::match_nobody(std::string_view password) {
  std::call_once(nobody_once_, [this] { nobody_ = hash_password(random_token()); });
  TRY(matches(nobody_, password));
  return {};
}

Result<std::string> clean_email(std::string_view email) {
  std::string clean = to_lower(trim(email));
  const std::size_t at = clean.find('@');
  const bool is_good = clean.size() <= kEmailBytesMax && at != std::string::npos && at > 0 &&
                       at + 1 < clean.size() && clean.find('@', at + 1) == std::string::npos &&
                       is_utf8(clean) && std::ranges::none_of(clean, [](char c) {
                         return is_control(c) || c == ' ' || c == ',' || c == '<' || c == '>';
                       });
  if (!is_good) return invalid("Give one e-mail address, such as ada@example.org.", "email");
  return clean;
}

Result<std::string> clean_name(std::string_view name) {
  std::string clean(trim(name));
  if (clean.empty()) return invalid("Give a name.", "name");
  if (!is_utf8(clean) || std::ranges::any_of(clean, is_control)) {
    return invalid("The name holds characters that cannot be shown. Type it again.", "name");
  }
  if (letters(clean) > kNameLettersMax) {
    return invalid(fmt::format("The name may have {} characters at the most.", kNameLettersMax),
                   "name");
  }
  return clean;
}

Status check_password(std::string_view password, std::string_view email) {
  if (!is_utf8(password) || letters(password) < kPasswordLettersMin) {
    return invalid(fmt::format("The password needs at least {} characters; four words in a row are "
                               "easy to remember.",
                               kPasswordLettersMin),
                   "password");
  }
  if (password.size() > kPasswordBytesMax) {
    return invalid(fmt::format("The password may have {} bytes at the most.", kPasswordBytesMax),
                   "password");
  }
  if (!email.empty() && to_lower(trim(password)) == to_lower(email)) {
    return invalid("The password must not be the e-mail address. Choose another.", "password");
  }
  return {};
}

}  // namespace hustings::access
