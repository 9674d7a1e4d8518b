#pragma once

#include <chrono>
#include <mutex>
#include <semaphore>
#include <string>
#include <string_view>

#include "base/error.h"

namespace hustings::access {

/// Argon2id, a few at a time: each takes 64 MiB and a core for a tenth of a second, so a rush of
/// sign-ins would otherwise take the machine's memory. Calls may come from several threads; one
/// that finds no place within kWait is `overloaded`.
class PasswordGate {
 public:
  Result<std::string> hash(std::string_view password);
  /// Is it this password, or, as people paste blanks along with it, this one without them?
  Result<bool> matches(std::string_view hash, std::string_view password);
  /// Takes as long as matches() and is never right: for an e-mail address that nobody has.
  Status match_nobody(std::string_view password);

  static constexpr int kAtOnce = 3;
  static constexpr std::chrono::seconds kWait{3};

 private:
  using Places = std::counting_semaphore<kAtOnce>;
  /// Gives a place back that enter() took.
  class Place {
   public:
    explicit Place(Places& places) : places_(places) {}
    ~Place() { places_.release(); }
    Place(const Place&) = delete;
    Place& operator=(const Place&) = delete;

   private:
    Places& places_;
  };

  Status enter();
  Places places_{kAtOnce};
  std::once_flag nobody_once_;
  std::string nobody_;
};

/// E-mail address as we keep it: without outer blanks, in lower case. invalid if it cannot be one.
Result<std::string> clean_email(std::string_view email);
/// 1 to 100 characters, no control characters, outer blanks removed.
Result<std::string> clean_name(std::string_view name);
/// At least 10 characters, at most 1,000 bytes, not the e-mail address.
Status check_password(std::string_view password, std::string_view email);

}  // namespace hustings::access
