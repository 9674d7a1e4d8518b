#include "archive/readme_text.h"

#include <fmt/format.h>

#include "base/text.h"

namespace hustings::archive {

std::string readme_text(const Manifest& manifest) {
  return fmt::format(
      R"(This folder is an archive of a Hustings database
=================================================

Made at   {at} (UTC) by Hustings {version}, from PostgreSQL {server}
Holds     {tables} tables, {rows} rows, all as they were at one moment

It holds personal data of voters, callers and staff. Whoever has it has all of that.

What is here
------------
manifest.json   every table with its columns, the number of its rows and its files with their
                lengths and SHA-256 digests; every sequence; the migrations that made the tables
SHA256SUMS      the digest of every other file
data/           the rows: data/TABLE/NNNN.copy.zst, for a partitioned table
                data/TABLE/PARTITION/NNNN.copy.zst

Only an archive with a manifest.json is whole: it is written last.

With Hustings
-------------
    hustings verify FOLDER      reads everything back and compares all digests
    hustings restore FOLDER     brings it back into an empty database

Without Hustings
----------------
Is it whole?
    sha256sum --check SHA256SUMS
What is in a table?
    zstd -dc data/person/*.copy.zst | less
A row is a line; its columns, in the order of the manifest, are separated by tabs; \N is null; \t,
\n, \r and \\ stand for a tab, a line end, a carriage return and a backslash (the text format of
PostgreSQL's COPY). The text is UTF-8, moments are ISO 8601 with their offset from UTC, bytes are
hexadecimal digits after \x.
Into a PostgreSQL table with the columns that manifest.json names:
    zstd -dc data/person/*.copy.zst | psql -c "copy person from stdin"
    find data/voter -name '*.copy.zst' | sort | xargs zstd -dc | psql -c "copy voter from stdin"
If the table's own columns have another order, name those of the manifest: copy person (a, b) from
stdin.
)",
      fmt::arg("at", to_iso(manifest.made_at)), fmt::arg("version", manifest.product_version),
      fmt::arg("server", fmt::format("{}.{}", manifest.server_version / 10000,
                                     manifest.server_version % 10000)),
      fmt::arg("tables", manifest.tables.size()),
      fmt::arg("rows", with_thousands(static_cast<std::int64_t>(manifest.rows()))));
}

}  // namespace hustings::archive
