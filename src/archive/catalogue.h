#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "archive/manifest.h"
#include "base/error.h"
#include "pg/connection.h"

namespace hustings::archive {

/// A table as the database's catalogue has it.
struct CatalogueTable {
  std::string name;
  std::vector<Column> columns;
  bool is_partitioned = false;
  std::vector<Partition> partitions;

  friend bool operator==(const CatalogueTable&, const CatalogueTable&) = default;
};

/// What is to be archived, or what there is to restore into.
struct Catalogue {
  std::vector<CatalogueTable> tables;  ///< by name, partitions within their table
  std::vector<std::string> sequences;  ///< by name

  const CatalogueTable* find(std::string_view name) const;
  friend bool operator==(const Catalogue&, const Catalogue&) = default;
};

/// The catalogue of the connection's schema. invalid for what an archive cannot hold: a partition
/// that is partitioned again.
Result<Catalogue> read_catalogue(pg::Connection& connection);

/// A table whose rows are read in one go: a whole table, or one partition of it.
struct Part {
  std::size_t table = 0;   ///< its place in Catalogue::tables
  std::string relation;    ///< the table or the partition
  std::string partition;   ///< the partition; empty for a table without partitions
  std::int64_t bytes = 0;  ///< on the server's disk, to begin with the largest
};
/// Every part of the catalogue, largest first.
std::vector<Part> parts_of(pg::Connection& connection, const Catalogue& catalogue);

/// The names of the tables in an order in which each comes after those that its foreign keys point
/// to.
Result<std::vector<std::string>> load_order(pg::Connection& connection, const Catalogue& catalogue);

/// "schema"."relation", ready for SQL.
std::string qualified(const pg::Connection& connection, std::string_view relation);
/// ("a", "b"): the columns of a table for COPY.
std::string column_list(const pg::Connection& connection, const std::vector<Column>& columns);
/// `copy … to stdout` of a table or partition.
std::string copy_out_text(const pg::Connection& connection, std::string_view relation,
                          const std::vector<Column>& columns);

/// Whether a text can be nothing but the bounds of a partition, since it becomes part of a
/// statement and comes from a file.
bool is_partition_bounds(std::string_view text);

}  // namespace hustings::archive
