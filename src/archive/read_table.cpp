#include "archive/read_table.h"

#include <algorithm>

#include <fmt/format.h>

#include "archive/chunk_io.h"
#include "base/text.h"

namespace hustings::archive {
namespace {

/// One field of COPY's text format.
std::optional<std::string> field_of(std::string_view text) {
  if (text == "\\N") return std::nullopt;
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\\' || i + 1 == text.size()) {
      out += text[i];
      continue;
    }
    constexpr std::string_view kLetters = "bfnrtv";
    constexpr std::string_view kBytes = "\b\f\n\r\t\v";
    const auto place = kLetters.find(text[++i]);
    out += place == std::string_view::npos ? text[i] : kBytes[place];
  }
  return out;
}

}  // namespace

Status read_table(objectstore::Store& store, const Manifest& manifest, std::string_view table,
                  const std::vector<std::string>& columns, const OnFields& use) {
  const auto found = std::ranges::find(manifest.tables, table, &Table::name);
  if (found == manifest.tables.end()) {
    return refuse(ErrorCode::not_found,
                  fmt::format("The archive has no table {}: it is of an older program.", table));
  }
  std::vector<std::size_t> places;
  for (const std::string& column : columns) {
    const auto place = std::ranges::find(found->columns, column, &Column::name);
    if (place == found->columns.end()) {
      return refuse(ErrorCode::not_found,
                    fmt::format("The archive's table {} has no column {}.", table, column));
    }
    places.push_back(static_cast<std::size_t>(place - found->columns.begin()));
  }
  RowSetDigest digest;
  std::string rows;
  for (const Chunk& chunk : found->chunks) {
    TRY(read_chunk(store, chunk, digest, [&](std::string_view part) { rows += part; }));
  }
  if (digest.hex() != found->row_digest) {
    return invalid(
        fmt::format("The files of {} do not hold the rows that the manifest says.", table),
        std::string(kManifestFile));
  }
  for (const std::string_view line : split(rows, '\n')) {
    if (line.empty()) continue;
    const auto texts = split(line, '\t');
    std::vector<std::optional<std::string>> fields;
    for (const std::size_t place : places) {
      if (place >= texts.size()) return invalid("A row of the archive is cut short.", found->name);
      fields.push_back(field_of(texts[place]));
    }
    use(fields);
  }
  return {};
}

}  // namespace hustings::archive
