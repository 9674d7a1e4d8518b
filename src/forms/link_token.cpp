#include "forms/link_token.h"

#include <charconv>

#include <fmt/format.h>

#include "base/secret.h"

namespace hustings::forms {
namespace {

constexpr std::size_t kBucketDigits = 3;
constexpr std::size_t kTokenBytes = kBucketDigits + 43;  // random_token() has 43

}  // namespace

std::string make_link_token(std::int16_t bucket) {
  return fmt::format("{:03x}", bucket) + random_token();
}

std::optional<TokenParts> read_link_token(std::string_view token) {
  if (token.size() != kTokenBytes) return std::nullopt;
  TokenParts parts;
  const char* until = token.data() + kBucketDigits;
  const auto end = std::from_chars(token.data(), until, parts.bucket, 16);
  if (end.ec != std::errc() || end.ptr != until || parts.bucket < 0) return std::nullopt;
  parts.hash = token_hash(token);
  return parts;
}

}  // namespace hustings::forms
