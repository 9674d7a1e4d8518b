#include "archive/manifest.h"

#include <algorithm>
#include <exception>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "base/digest.h"
#include "base/text.h"

namespace hustings::archive {
namespace {

namespace json = boost::json;

constexpr std::string_view kFormat = "hustings-archive";

json::value extent_json(const objectstore::Extent& extent) {
  return {{"bytes", extent.bytes}, {"sha256", extent.sha256}};
}

json::object chunk_json(const Chunk& chunk) {
  json::object out{{"file", chunk.file}, {"rows", chunk.rows}};
  if (!chunk.partition.empty()) out["partition"] = chunk.partition;
  out["plain"] = extent_json(chunk.plain);
  out["stored"] = extent_json(chunk.stored);
  return out;
}

json::object table_json(const Table& table) {
  json::array columns;
  for (const Column& column : table.columns) {
    columns.push_back({{"name", column.name}, {"type", column.type}});
  }
  json::array partitions;
  for (const Partition& partition : table.partitions) {
    partitions.push_back({{"name", partition.name}, {"bounds", partition.bounds}});
  }
  json::array chunks;
  for (const Chunk& chunk : table.chunks)
    chunks.push_back(chunk_json(chunk));
  return {{"name", table.name},
          {"rows", table.rows},
          {"row_digest", table.row_digest},
          {"columns", std::move(columns)},
          {"partitions", std::move(partitions)},
          {"chunks", std::move(chunks)}};
}

bool is_small(const json::value& value) {
  const auto is_plain = [](const json::value& inner) { return !inner.is_structured(); };
  if (value.is_array()) return value.get_array().empty();
  return std::ranges::all_of(value.get_object(),
                             [&](const auto& pair) { return is_plain(pair.value()); });
}

/// Indented by two; an object of plain values only stays on its line.
void write_indented(std::string& out, const json::value& value, std::size_t depth) {
  if (!value.is_structured() || is_small(value)) {
    out += json::serialize(value);
    return;
  }
  const std::string indent(2 * depth + 2, ' ');
  const char* separator = "\n";
  const auto begin_item = [&] {
    out.append(separator).append(indent);
    separator = ",\n";
  };
  if (value.is_array()) {
    out += '[';
    for (const json::value& item : value.get_array()) {
      begin_item();
      write_indented(out, item, depth + 1);
    }
  } else {
    out += '{';
    for (const auto& [key, item] : value.get_object()) {
      begin_item();
      out += json::serialize(json::value(key)) + ": ";
      write_indented(out, item, depth + 1);
    }
  }
  out.append("\n").append(2 * depth, ' ');
  out += value.is_array() ? ']' : '}';
}

// Reading. at() and as_…() throw when something is missing or of another kind; all of it ends in
// the one catch of manifest_from_json().

std::string text_at(const json::value& from, std::string_view key) {
  return std::string(from.at(key).as_string());
}
template <class T>
T number_at(const json::value& from, std::string_view key) {
  return from.at(key).to_number<T>();
}
template <class T>
std::vector<T> list_at(const json::value& from, std::string_view key,
                       T (*read)(const json::value&)) {
  std::vector<T> out;
  for (const json::value& item : from.at(key).as_array())
    out.push_back(read(item));
  return out;
}

Column read_column(const json::value& from) {
  return {.name = text_at(from, "name"), .type = text_at(from, "type")};
}
Partition read_partition(const json::value& from) {
  return {.name = text_at(from, "name"), .bounds = text_at(from, "bounds")};
}
objectstore::Extent read_extent(const json::value& from) {
  return {.bytes = number_at<std::uint64_t>(from, "bytes"), .sha256 = text_at(from, "sha256")};
}
Chunk read_chunk_entry(const json::value& from) {
  const bool has_partition = from.as_object().contains("partition");
  return {.file = text_at(from, "file"),
          .partition = has_partition ? text_at(from, "partition") : "",
          .rows = number_at<std::uint64_t>(from, "rows"),
          .plain = read_extent(from.at("plain")),
          .stored = read_extent(from.at("stored"))};
}
Table read_table(const json::value& from) {
  return {.name = text_at(from, "name"),
          .columns = list_at(from, "columns", &read_column),
          .partitions = list_at(from, "partitions", &read_partition),
          .rows = number_at<std::uint64_t>(from, "rows"),
          .row_digest = text_at(from, "row_digest"),
          .chunks = list_at(from, "chunks", &read_chunk_entry)};
}
Sequence read_sequence(const json::value& from) {
  return {.name = text_at(from, "name"),
          .last_value = number_at<std::int64_t>(from, "last_value"),
          .is_called = from.at("is_called").as_bool()};
}
AppliedMigration read_migration(const json::value& from) {
  return {.number = number_at<int>(from, "number"),
          .name = text_at(from, "name"),
          .checksum = text_at(from, "checksum")};
}

Manifest read_manifest_value(const json::value& from) {
  const auto made_at = from_iso(text_at(from, "made_at"));
  if (!made_at) throw std::invalid_argument("made_at is not a moment");
  return {.format_version = number_at<int>(from, "format_version"),
          .product_version = text_at(from, "product_version"),
          .made_at = *made_at,
          .server_version = number_at<int>(from, "server_version"),
          .encoding = text_at(from, "encoding"),
          .collation = text_at(from, "collation"),
          .schema = text_at(from, "schema"),
          .feed_position = number_at<std::int64_t>(from, "feed_position"),
          .migrations = list_at(from, "migrations", &read_migration),
          .tables = list_at(from, "tables", &read_table),
          .sequences = list_at(from, "sequences", &read_sequence)};
}

template <class Get>
std::uint64_t sum_over_chunks(const Manifest& manifest, Get get) {
  std::uint64_t sum = 0;
  for (const Table& table : manifest.tables) {
    for (const Chunk& chunk : table.chunks)
      sum += get(chunk);
  }
  return sum;
}

}  // namespace

std::uint64_t Manifest::rows() const {
  std::uint64_t sum = 0;
  for (const Table& table : tables)
    sum += table.rows;
  return sum;
}
std::uint64_t Manifest::stored_bytes() const {
  return sum_over_chunks(*this, [](const Chunk& chunk) { return chunk.stored.bytes; });
}
std::uint64_t Manifest::plain_bytes() const {
  return sum_over_chunks(*this, [](const Chunk& chunk) { return chunk.plain.bytes; });
}

std::string to_json(const Manifest& manifest) {
  json::array migrations;
  for (const AppliedMigration& one : manifest.migrations) {
    migrations.push_back({{"number", one.number}, {"name", one.name}, {"checksum", one.checksum}});
  }
  json::array tables;
  for (const Table& table : manifest.tables)
    tables.push_back(table_json(table));
  json::array sequences;
  for (const Sequence& one : manifest.sequences) {
    sequences.push_back(
        {{"name", one.name}, {"last_value", one.last_value}, {"is_called", one.is_called}});
  }
  const json::value whole = {{"format", kFormat},
                             {"format_version", manifest.format_version},
                             {"product_version", manifest.product_version},
                             {"made_at", to_iso(manifest.made_at)},
                             {"server_version", manifest.server_version},
                             {"encoding", manifest.encoding},
                             {"collation", manifest.collation},
                             {"schema", manifest.schema},
                             {"feed_position", manifest.feed_position},
                             {"migrations", std::move(migrations)},
                             {"tables", std::move(tables)},
                             {"sequences", std::move(sequences)}};
  std::string out;
  write_indented(out, whole, 0);
  return out + '\n';
}

Result<Manifest> manifest_from_json(std::string_view text) {
  try {
    const json::value value = json::parse(json::string_view(text.data(), text.size()));
    if (text_at(value, "format") != kFormat) return invalid("This is no archive of Hustings.");
    if (const int version = number_at<int>(value, "format_version"); version > kFormatVersion) {
      return refuse(ErrorCode::conflict,
                    fmt::format("The archive has format {}, this program reads up to {}. Use the "
                                "newer program that made it.",
                                version, kFormatVersion));
    }
    return read_manifest_value(value);
  } catch (const std::exception&) {  // what Boost.JSON throws; its words are of no help to a person
    return invalid("The manifest is damaged or no manifest of an archive.",
                   std::string(kManifestFile));
  }
}

std::string sums_of(const Manifest& manifest, std::string_view manifest_json,
                    std::string_view readme) {
  std::string out;
  const auto add = [&](std::string_view sha256, std::string_view file) {
    out += fmt::format("{}  {}\n", sha256, file);
  };
  add(to_hex(Sha256::of(readme)), kReadmeFile);
  add(to_hex(Sha256::of(manifest_json)), kManifestFile);
  for (const Table& table : manifest.tables) {
    for (const Chunk& chunk : table.chunks)
      add(chunk.stored.sha256, chunk.file);
  }
  return out;
}

}  // namespace hustings::archive
