#include "rights/tombstones.h"

#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "base/secret.h"
#include "base/text.h"
#include "normalise/person_name.h"
#include "rights/sql.h"

namespace hustings::rights {
namespace {

constexpr std::size_t kHashBytes = 32;
constexpr char kBetween = '\0';  // in no text of a file
constexpr std::string_view kHeader = "hustings-erasures 1";

std::array<char, 32> hash_of(std::string_view key, std::string_view words) {
  const std::string hash = keyed_hash(key, words);
  std::array<char, 32> out{};
  std::copy_n(hash.begin(), out.size(), out.begin());
  return out;
}

std::string joined(std::initializer_list<std::string_view> parts) {
  std::string out;
  for (const std::string_view part : parts) {
    if (!out.empty()) out += kBetween;
    out += part;
  }
  return out;
}

}  // namespace

std::string identity_words(std::string_view source, std::string_view external_id) {
  return joined({"identity", source, external_id});
}

std::vector<std::string> person_words(const PersonTraits& person) {
  const normalise::NameForm name = normalise::name_form(
      {.first = person.first_name, .middle = {}, .last = person.last_name, .suffix = {}});
  std::vector<std::string> out;
  if (name.first.empty() || name.last.empty()) return out;
  if (person.birth_date && !person.zip5.empty()) {
    out.push_back(joined({"person by date", name.last, name.first,
                          std::to_string(*person.birth_date), person.zip5}));
  }
  if (person.birth_year != 0 && person.household != 0) {
    out.push_back(joined({"person by year", name.last, name.first,
                          std::to_string(person.birth_year), std::to_string(person.household)}));
  }
  return out;
}

Tombstones::Tombstones(std::vector<TombstoneKey> keys, const std::vector<Tombstone>& all)
    : keys_(std::move(keys)) {
  for (const Tombstone& one : all) {
    CHECK(one.hash.size() == kHashBytes);
    std::array<char, 32> hash{};
    std::copy_n(one.hash.begin(), hash.size(), hash.begin());
    hashes_.insert(hash);
  }
}

Tombstones Tombstones::read(pg::Connection& connection) {
  TombstoneSet set = read_tombstones(connection);
  return {std::move(set.keys), set.tombstones};
}

bool Tombstones::holds(std::string_view words) const {
  return std::ranges::any_of(
      keys_, [&](const TombstoneKey& key) { return hashes_.contains(hash_of(key.key, words)); });
}

bool Tombstones::holds_identity(std::string_view source, std::string_view external_id) const {
  return !empty() && holds(identity_words(source, external_id));
}

bool Tombstones::holds_any(const std::vector<std::string>& words) const {
  return !empty() && std::ranges::any_of(words, [&](const auto& one) { return holds(one); });
}

TombstoneKey tombstone_key(pg::Transaction& transaction, Instant now) {
  const auto read = [&] { return transaction.run(sql::kTombstoneKeys); };
  if (read().empty()) transaction.run(sql::kTombstoneKeyMake, pg::Bytes{random_key()}, now);
  const pg::Rows rows = read();
  CHECK(!rows.empty());
  return {.id = rows[0].get<std::int16_t>(0), .key = rows[0].get<pg::Bytes>(1).bytes};
}

void add_tombstones(pg::Transaction& transaction, const TombstoneKey& key, std::string_view kind,
                    const std::vector<std::string>& words, Instant now) {
  for (const std::string& one : words) {
    transaction.run(sql::kTombstoneAdd, pg::Bytes{keyed_hash(key.key, one)}, key.id, kind, now);
  }
}

TombstoneSet read_tombstones(pg::Connection& connection) {
  TombstoneSet out;
  for (const pg::Row row : connection.run(sql::kTombstoneKeys)) {
    out.keys.push_back({.id = row.get<std::int16_t>(0), .key = row.get<pg::Bytes>(1).bytes});
  }
  for (const pg::Row row : connection.run(sql::kTombstonesRead)) {
    out.tombstones.push_back({.hash = row.get<pg::Bytes>(0).bytes,
                              .key = row.get<std::int16_t>(1),
                              .kind = row.get<std::string>(2),
                              .at = row.get<Instant>(3)});
  }
  return out;
}

std::string to_text(const TombstoneSet& set) {
  std::string out(kHeader);
  out += '\n';
  for (const TombstoneKey& key : set.keys)
    out += fmt::format("key {} {}\n", key.id, to_hex(key.key));
  for (const Tombstone& one : set.tombstones) {
    out += fmt::format("{} {} {} {}\n", one.kind, one.key, to_hex(one.hash), to_iso(one.at));
  }
  return out;
}

Result<TombstoneSet> tombstones_from(std::string_view text) {
  TombstoneSet out;
  int number = 0;
  for (const std::string_view line : split(text, '\n')) {
    ++number;
    const auto bad = [&] {
      return invalid(
          fmt::format("Line {} is none of a file of erasures, as 'hustings erase "
                      "--export' writes it.",
                      number));
    };
    if (number == 1) {
      if (line != kHeader) return bad();
      continue;
    }
    if (line.empty()) continue;
    const auto parts = split(line, ' ');
    if (parts.size() < 3) return bad();
    const auto key = parse_int(parts[1]);
    const auto bytes = from_hex(parts[2]);
    if (!key || *key < 1 || *key > 32767 || !bytes || bytes->size() != kHashBytes) return bad();
    const auto id = static_cast<std::int16_t>(*key);
    if (parts[0] == "key" && parts.size() == 3) {
      out.keys.push_back({id, *bytes});
      continue;
    }
    const auto at = parts.size() == 4 ? from_iso(parts[3]) : std::nullopt;
    const bool is_known = parts[0] == "identity" || parts[0] == "person";
    const bool has_key = std::ranges::any_of(out.keys, [&](const auto& k) { return k.id == id; });
    if (!is_known || !at || !has_key) return bad();
    out.tombstones.push_back({*bytes, id, std::string(parts[0]), *at});
  }
  return out;
}

void add_tombstones(pg::Transaction& transaction, const TombstoneSet& set) {
  std::map<std::int16_t, std::int16_t> numbers;
  for (const TombstoneKey& key : set.keys) {
    const auto number = [&] { return transaction.run(sql::kTombstoneKeyId, pg::Bytes{key.key}); };
    if (number().empty()) {
      const Instant at = set.tombstones.empty() ? Instant() : set.tombstones.front().at;
      transaction.run(sql::kTombstoneKeyMake, pg::Bytes{key.key}, at);
    }
    numbers[key.id] = number().only().get<std::int16_t>(0);
  }
  for (const Tombstone& one : set.tombstones) {
    transaction.run(sql::kTombstoneAdd, pg::Bytes{one.hash}, numbers.at(one.key), one.kind, one.at);
  }
}

}  // namespace hustings::rights
