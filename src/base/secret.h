#pragma once

#include <cstdint>
#include <string>
#include <string_view>

/// Tokens and passwords. Nothing here is ever logged; the database holds hashes only.
namespace hustings {

/// 32 random bytes from the operating system, as 43 characters of base64url.
std::string random_token();
/// A short code that a person can read aloud and type: `groups` groups of four characters without
/// look-alikes (20 bits each), e.g. "k7mq-2hpd-9xwt".
std::string random_code(int groups);
std::uint64_t random_u64();
/// 32 random bytes, for keyed_hash().
std::string random_key();
/// BLAKE2b-256 of a message under a key of 32 bytes (RFC 7693, by libsodium): 32 raw bytes. Without
/// the key nobody can tell what was hashed, not even by trying.
std::string keyed_hash(std::string_view key, std::string_view message);

/// What the database keeps of a token: its SHA-256, 32 raw bytes. A token has 256 random bits, so a
/// slow hash would add nothing.
std::string token_hash(std::string_view token);
/// Takes the same time wherever the texts differ.
bool same_secret(std::string_view a, std::string_view b);

/// Argon2id (RFC 9106) with libsodium's interactive limits (64 MiB, 2 passes; about 0.1 s), as a
/// self-describing text.
std::string hash_password(std::string_view password);
bool password_matches(std::string_view hash, std::string_view password);

}  // namespace hustings
