#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace hustings::forms {

/// 256 random bits behind the bucket in which the link stands, so that one machine of several is
/// asked. Opaque: nothing of the voter can be read from it.
std::string make_link_token(std::int16_t bucket);

struct TokenParts {
  std::int16_t bucket = 0;
  std::string hash;  ///< 32 raw bytes
};
/// Nothing if it cannot be a token of ours.
std::optional<TokenParts> read_link_token(std::string_view token);

}  // namespace hustings::forms
