#include "base/digest.h"

#include <cstring>

#include <fmt/format.h>
#include <sodium.h>

#include "base/error.h"
#include "base/text.h"

namespace hustings {

static_assert(sizeof(crypto_hash_sha256_state) <= 128);

Sha256::Sha256() : state_{} {
  crypto_hash_sha256_init(reinterpret_cast<crypto_hash_sha256_state*>(state_.data()));
}

void Sha256::add(std::string_view bytes) {
  crypto_hash_sha256_update(reinterpret_cast<crypto_hash_sha256_state*>(state_.data()),
                            reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
}

std::string Sha256::finish() {
  std::string out(crypto_hash_sha256_BYTES, '\0');
  crypto_hash_sha256_final(reinterpret_cast<crypto_hash_sha256_state*>(state_.data()),
                           reinterpret_cast<unsigned char*>(out.data()));
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
