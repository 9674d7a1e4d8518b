#include "base/digest.h"

#include <cstring>

#include <fmt/format.h>
// OpenSSL's SHA-256 runs at 1.9 GB/s where the processor has instructions for it, libsodium's at
// 0.45. The newer interface needs memory of its own for each digest; we take many small ones.
#define OPENSSL_API_COMPAT 0x10100000L
#include <openssl/sha.h>
#include <sodium.h>

#include "base/error.h"
#include "base/text.h"

namespace hustings {

static_assert(sizeof(SHA256_CTX) <= 128);

Sha256::Sha256() : state_{} { SHA256_Init(reinterpret_cast<SHA256_CTX*>(state_.data())); }

void Sha256::add(std::string_view bytes) {
  SHA256_Update(reinterpret_cast<SHA256_CTX*>(state_.data()), bytes.data(), bytes.size());
}

std::string Sha256::finish() {
  std::string out(SHA256_DIGEST_LENGTH, '\0');
  SHA256_Final(reinterpret_cast<unsigned char*>(out.data()),
               reinterpret_cast<SHA256_CTX*>(state_.data()));
  return out;
}

std::string Sha256::of(std::string_view bytes) {
  Sha256 hash;
  hash.add(bytes);
  return hash.finish();
}

void RowSetDigest::add(std::string_view row) {
  const std::string hash = Sha256::of(row);
  std::uint64_t high = 0;
  std::uint64_t low = 0;
  std::memcpy(&high, hash.data(), 8);
  std::memcpy(&low, hash.data() + 8, 8);
  low_ += low;
  high_ += high + (low_ < low ? 1 : 0);
  ++rows_;
}

void RowSetDigest::merge(const RowSetDigest& other) {
  low_ += other.low_;
  high_ += other.high_ + (low_ < other.low_ ? 1 : 0);
  rows_ += other.rows_;
}

std::string RowSetDigest::hex() const { return fmt::format("{:016x}{:016x}", high_, low_); }

std::uint64_t fingerprint64(std::string_view bytes) {
  unsigned char out[crypto_generichash_BYTES_MIN];
  crypto_generichash(out, sizeof out, reinterpret_cast<const unsigned char*>(bytes.data()),
                     bytes.size(), nullptr, 0);
  std::uint64_t value = 0;
  std::memcpy(&value, out, sizeof value);
  return value;
}

}  // namespace hustings
