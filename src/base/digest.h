#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace hustings {

/// SHA-256 (FIPS 180-4) of a stream of bytes.
class Sha256 {
 public:
  Sha256();
  void add(std::string_view bytes);
  /// 32 raw bytes. Call once, at the end.
  std::string finish();

  static std::string of(std::string_view bytes);

 private:
  alignas(16) std::array<unsigned char, 128> state_;
};

/// A digest of a set of rows that does not depend on their order: the sum modulo 2^128 of each
/// row's SHA-256, first half. Adding is exact under splitting and merging, so several threads can
/// each digest a part. Not meant against an adversary who chooses rows; for that the files carry
/// their own SHA-256.
class RowSetDigest {
 public:
  void add(std::string_view row);
  void merge(const RowSetDigest& other);
  std::uint64_t rows() const { return rows_; }
  /// 32 hexadecimal digits.
  std::string hex() const;

  friend bool operator==(const RowSetDigest&, const RowSetDigest&) = default;

 private:
  std::uint64_t high_ = 0;
  std::uint64_t low_ = 0;
  std::uint64_t rows_ = 0;
};

/// 64 bits of BLAKE2b: a fingerprint for "has this row changed", not a proof.
std::uint64_t fingerprint64(std::string_view bytes);

}  // namespace hustings
