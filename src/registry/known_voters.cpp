#include "registry/known_voters.h"

#include <cstring>
#include <string>

#include "base/digest.h"
#include "base/rng.h"
#include "base/text.h"
#include "registry/detail/filled.h"
#include "registry/sql.h"

namespace hustings::registry {
namespace {

constexpr std::size_t kSlotsAtFirst = 1 << 16;

/// Up to 15 bytes as they are; a longer id as half of its SHA-256, marked so that it is no short
/// one.
std::array<std::uint64_t, 2> key_of(std::string_view id) {
  std::array<char, 16> bytes{};
  if (id.size() <= 15) {
    std::memcpy(bytes.data(), id.data(), id.size());
    bytes[15] = static_cast<char>(id.size());
  } else {
    std::memcpy(bytes.data(), Sha256::of(id).data(), 15);
    bytes[15] = static_cast<char>(0xff);
  }
  std::array<std::uint64_t, 2> key;
  std::memcpy(key.data(), bytes.data(), 16);
  return key;
}

/// One field of COPY's text format.
std::string unescaped(std::string_view field) {
  std::string out;
  for (std::size_t i = 0; i < field.size(); ++i) {
    if (field[i] != '\\' || i + 1 == field.size()) {
      out += field[i];
      continue;
    }
    switch (field[++i]) {
      case 'b':
        out += '\b';
        break;
      case 'f':
        out += '\f';
        break;
      case 'n':
        out += '\n';
        break;
      case 'r':
        out += '\r';
        break;
      case 't':
        out += '\t';
        break;
      case 'v':
        out += '\v';
        break;
      default:
        out += field[i];
    }
  }
  return out;
}

}  // namespace

KnownVoters::KnownVoters() : slots_(kSlotsAtFirst) {}

void KnownVoters::load(pg::Connection& connection, std::string_view source,
                       std::span<const ImportId> imports) {
  CHECK(imports.size() < (1U << 16));
  imports_.assign(imports.begin(), imports.end());
  for (const pg::Row row : connection.run(sql::kIdentitiesKept, source)) {
    Entry& entry = match(row.text(2));
    entry.home = row.get<std::int64_t>(0);
    entry.voter = row.get<std::int64_t>(1);
  }
  for (std::size_t i = 0; i < imports.size(); ++i) {
    const std::string sql = detail::filled(sql::kKnownVoters, {{"import", imports[i].value()}});
    connection.copy_out(sql, sql::kKnownVoters.name, [&](std::string_view line) {
      if (line.ends_with('\n')) line.remove_suffix(1);
      const auto fields = split(line, '\t');
      CHECK(fields.size() == 4);
      const std::string_view id = fields[3];
      Entry& entry = id.find('\\') == std::string_view::npos ? match(id) : match(unescaped(id));
      entry.home = parse_int(fields[0]).value_or(0);
      entry.voter = parse_int(fields[1]).value_or(0);
      entry.fingerprint = static_cast<std::uint64_t>(parse_int(fields[2]).value_or(0));
      entry.last = i + 1;
    });
  }
}

std::size_t KnownVoters::slot_of(const std::array<std::uint64_t, 2>& key) const {
  const std::size_t mask = slots_.size() - 1;
  std::size_t slot = mix64(key[0] ^ mix64(key[1])) & mask;
  while (slots_[slot] != 0 && entries_[slots_[slot] - 1].key != key)
    slot = (slot + 1) & mask;
  return slot;
}

KnownVoters::Entry& KnownVoters::match(std::string_view external_id) {
  const auto key = key_of(external_id);
  std::size_t slot = slot_of(key);
  if (slots_[slot] != 0) return entries_[slots_[slot] - 1];
  if (entries_.size() * 2 >= slots_.size()) {
    grow();
    slot = slot_of(key);
  }
  entries_.push_back({.key = key});
  slots_[slot] = static_cast<std::uint32_t>(entries_.size());
  return entries_.back();
}

std::optional<KnownVoters::Found> KnownVoters::find(std::string_view external_id) const {
  const std::size_t slot = slot_of(key_of(external_id));
  if (slots_[slot] == 0) return std::nullopt;
  const Entry& entry = entries_[slots_[slot] - 1];
  if (entry.last == 0) return std::nullopt;
  return Found{VoterId(entry.home), VoterId(entry.voter)};
}

void KnownVoters::grow() {
  slots_.assign(slots_.size() * 2, 0);
  const std::size_t mask = slots_.size() - 1;
  for (std::size_t i = 0; i < entries_.size(); ++i) {
    const auto& key = entries_[i].key;
    std::size_t slot = mix64(key[0] ^ mix64(key[1])) & mask;
    while (slots_[slot] != 0)
      slot = (slot + 1) & mask;
    slots_[slot] = static_cast<std::uint32_t>(i + 1);
  }
}

}  // namespace hustings::registry
