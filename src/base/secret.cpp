#include "base/secret.h"

#include <array>

#include <sodium.h>

#include "base/digest.h"
#include "base/error.h"

namespace hustings {
namespace {

void random_bytes(void* out, std::size_t size) {
  if (sodium_init() < 0) throw Failure("libsodium cannot start: no source of random bytes.");
  randombytes_buf(out, size);
}

}  // namespace

std::string random_token() {
  std::array<unsigned char, 32> bytes{};
  random_bytes(bytes.data(), bytes.size());
  std::string out(sodium_base64_ENCODED_LEN(32, sodium_base64_VARIANT_URLSAFE_NO_PADDING), '\0');
  sodium_bin2base64(out.data(), out.size(), bytes.data(), bytes.size(),
                    sodium_base64_VARIANT_URLSAFE_NO_PADDING);
  out.pop_back();  // the terminating zero
  return out;
}

std::string random_code(int groups) {
  constexpr std::string_view kLetters = "23456789abcdefghjkmnpqrstuvwxyz2";  // 32: a power of two
  std::string out;
  for (int group = 0; group < groups; ++group) {
    if (group > 0) out += '-';
    std::array<unsigned char, 4> bytes{};
    random_bytes(bytes.data(), bytes.size());
    for (const unsigned char byte : bytes)
      out += kLetters[byte & 31];
  }
  return out;
}

std::uint64_t random_u64() {
  std::uint64_t value = 0;
  random_bytes(&value, sizeof value);
  return value;
}

std::string random_key() {
  std::string out(crypto_generichash_KEYBYTES, '\0');
  random_bytes(out.data(), out.size());
  return out;
}

std::string keyed_hash(std::string_view key, std::string_view message) {
  CHECK(key.size() == crypto_generichash_KEYBYTES);
  std::string out(crypto_generichash_BYTES, '\0');
  crypto_generichash(reinterpret_cast<unsigned char*>(out.data()), out.size(),
                     reinterpret_cast<const unsigned char*>(message.data()), message.size(),
                     reinterpret_cast<const unsigned char*>(key.data()), key.size());
  return out;
}

std::string token_hash(std::string_view token) { return Sha256::of(token); }

bool same_secret(std::string_view a, std::string_view b) {
  return a.size() == b.size() && sodium_memcmp(a.data(), b.data(), a.size()) == 0;
}

std::string hash_password(std::string_view password) {
  if (sodium_init() < 0) throw Failure("libsodium cannot start: no source of random bytes.");
  std::string out(crypto_pwhash_STRBYTES, '\0');
  if (crypto_pwhash_str(out.data(), password.data(), password.size(),
                        crypto_pwhash_OPSLIMIT_INTERACTIVE,
                        crypto_pwhash_MEMLIMIT_INTERACTIVE) != 0) {
    throw Failure("There is not enough memory to hash a password (64 MiB are needed).");
  }
  out.resize(out.find('\0'));
  return out;
}

bool password_matches(std::string_view hash, std::string_view password) {
  const std::string terminated(hash);
  return crypto_pwhash_str_verify(terminated.c_str(), password.data(), password.size()) == 0;
}

}  // namespace hustings
