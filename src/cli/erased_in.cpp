#include "cli/erased_in.h"

#include <fstream>
#include <iterator>

#include "archive/archive.h"
#include "archive/read_table.h"
#include "base/clock.h"
#include "base/text.h"
#include "ingest/kept_rows.h"
#include "objectstore/folder_store.h"
#include "pg/migrations.h"
#include "rights/rights_service.h"

namespace hustings::cli {
namespace {

/// "\x00ff" as PostgreSQL writes bytes.
Result<std::string> bytes_of(const std::optional<std::string>& text) {
  if (text && text->starts_with("\\x")) {
    if (auto bytes = from_hex(std::string_view(*text).substr(2))) return *std::move(bytes);
  }
  return invalid("A tombstone of the archive cannot be read.");
}

/// "2026-11-23 03:04:05.6+00" as PostgreSQL writes moments in UTC.
Instant instant_of(const std::optional<std::string>& text) {
  std::string iso = text.value_or("");
  if (iso.size() > 10) iso[10] = 'T';
  if (iso.ends_with("+00")) iso.replace(iso.size() - 3, 3, "Z");
  return from_iso(iso).value_or(Instant());
}

std::int16_t number_of(const std::optional<std::string>& text) {
  return static_cast<std::int16_t>(parse_int(text.value_or("")).value_or(0));
}

Result<rights::TombstoneSet> of_archive(const std::filesystem::path& folder) {
  const auto store = TRY(objectstore::FolderStore::open(folder));
  const archive::Manifest manifest = TRY(archive::read_manifest(*store));
  rights::TombstoneSet out;
  Status status;
  const auto take = [&](const char* table, const std::vector<std::string>& columns,
                        const auto& use) -> Status {
    TRY(archive::read_table(*store, manifest, table, columns, [&](const auto& fields) {
      auto bytes = bytes_of(fields[0]);
      if (bytes) {
        use(*std::move(bytes), fields);
      } else {
        status = std::unexpected(bytes.error());
      }
    }));
    return status;
  };
  TRY(take("erasure_key", {"key", "key_id"}, [&](std::string key, const auto& fields) {
    out.keys.push_back({.id = number_of(fields[1]), .key = std::move(key)});
  }));
  TRY(take("erasure_tombstone", {"hash", "key_id", "kind", "at"},
           [&](std::string hash, const auto& fields) {
             out.tombstones.push_back({.hash = std::move(hash),
                                       .key = number_of(fields[1]),
                                       .kind = fields[2].value_or(""),
                                       .at = instant_of(fields[3])});
           }));
  return out;
}

}  // namespace

Result<rights::TombstoneSet> erasures_in(const std::filesystem::path& path) {
  std::error_code error;
  if (std::filesystem::is_directory(path, error)) return of_archive(path);
  std::ifstream in(path, std::ios::binary);
  if (!in) {
    return refuse(ErrorCode::not_found, "There is no such file or archive.", path.string());
  }
  const std::string text{std::istreambuf_iterator<char>(in), {}};
  auto out = rights::tombstones_from(text);
  if (!out) out.error().where = path.string();
  return out;
}

Result<std::int64_t> apply_erasures(const pg::ConnectOptions& database,
                                    const rights::TombstoneSet& erasures) {
  const SystemClock clock;
  ingest::KeptRows rows;
  pg::Connection connection(database);
  TRY(pg::migrate(connection));
  pg::Transaction transaction(connection);
  return rights::erase_again(transaction, erasures, rows, clock.now());
}

}  // namespace hustings::cli
