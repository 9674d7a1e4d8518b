#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/error.h"
#include "objectstore/zstd_stream.h"

/// What an archive says of itself: manifest.json. docs/formats/archive.md explains every field.
namespace hustings::archive {

constexpr int kFormatVersion = 1;
constexpr std::string_view kManifestFile = "manifest.json";
constexpr std::string_view kSumsFile = "SHA256SUMS";
constexpr std::string_view kReadmeFile = "README.txt";

struct Column {
  std::string name;
  std::string type;  ///< as format_type() writes it: "character varying(20)"

  friend bool operator==(const Column&, const Column&) = default;
};

/// A leaf of a partitioned table.
struct Partition {
  std::string name;
  std::string bounds;  ///< "FOR VALUES FROM ('1') TO ('4294967296')"

  friend bool operator==(const Partition&, const Partition&) = default;
};

/// A file of rows.
struct Chunk {
  std::string file;       ///< "data/person/0001.copy.zst"
  std::string partition;  ///< whose rows they are; empty for a table without partitions
  std::uint64_t rows = 0;
  objectstore::Extent plain;
  objectstore::Extent stored;

  friend bool operator==(const Chunk&, const Chunk&) = default;
};

struct Table {
  std::string name;
  std::vector<Column> columns;        ///< in the order in which the rows have them
  std::vector<Partition> partitions;  ///< empty for an ordinary table
  std::uint64_t rows = 0;
  std::string row_digest;  ///< base/digest.h: RowSetDigest
  std::vector<Chunk> chunks;

  friend bool operator==(const Table&, const Table&) = default;
};

struct Sequence {
  std::string name;
  std::int64_t last_value = 0;
  bool is_called = false;

  friend bool operator==(const Sequence&, const Sequence&) = default;
};

/// A migration that the archived database had: its schema, since migrations make all of it.
struct AppliedMigration {
  int number = 0;
  std::string name;
  std::string checksum;

  friend bool operator==(const AppliedMigration&, const AppliedMigration&) = default;
};

struct Manifest {
  int format_version = kFormatVersion;
  std::string product_version;
  Instant made_at;  ///< of the snapshot, by the database's clock
  int server_version = 0;
  std::string encoding;
  std::string collation;
  std::string schema;
  std::int64_t feed_position = 0;
  std::vector<AppliedMigration> migrations;
  std::vector<Table> tables;
  std::vector<Sequence> sequences;

  std::uint64_t rows() const;
  std::uint64_t stored_bytes() const;
  std::uint64_t plain_bytes() const;

  friend bool operator==(const Manifest&, const Manifest&) = default;
};

/// The text of manifest.json: JSON, indented, keys in a fixed order.
std::string to_json(const Manifest& manifest);
/// invalid when it is not such a text; conflict when its format is newer than this program.
Result<Manifest> manifest_from_json(std::string_view text);

/// The text of SHA256SUMS, which `sha256sum -c` reads: every other file of the archive.
std::string sums_of(const Manifest& manifest, std::string_view manifest_json,
                    std::string_view readme);

}  // namespace hustings::archive
