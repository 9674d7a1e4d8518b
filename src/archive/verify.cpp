#include <algorithm>
#include <iterator>
#include <set>

#include <fmt/format.h>

#include "archive/archive.h"
#include "archive/chunk_io.h"
#include "archive/parallel.h"
#include "archive/progress_counter.h"
#include "base/digest.h"
#include "base/guarded.h"
#include "base/text.h"

namespace hustings::archive {
namespace {

constexpr std::uint64_t kPaperBytesMax = 64 << 20;

/// The manifest with the text it was read from, whose digest SHA256SUMS has confirmed.
struct Papers {
  Manifest manifest;
  std::string json;
};

Result<std::string> read_paper(objectstore::Store& store, std::string_view file) {
  return objectstore::read_all(store, file, kPaperBytesMax);
}

Result<Papers> read_papers(objectstore::Store& store) {
  if (!TRY(store.exists(kManifestFile))) {
    const bool is_empty = TRY(store.list()).empty();
    return refuse(ErrorCode::not_found,
                  fmt::format("{} {}", store.place(),
                              is_empty ? "is empty: there is no archive in it."
                                       : "holds no finished archive: manifest.json is missing."));
  }
  Papers papers;
  papers.json = TRY(read_paper(store, kManifestFile));
  papers.manifest = TRY(manifest_from_json(papers.json));
  const std::string readme = TRY(read_paper(store, kReadmeFile));
  const std::string sums = TRY(read_paper(store, kSumsFile));
  if (sums == sums_of(papers.manifest, papers.json, readme)) return papers;
  const auto has = [&](std::string_view text, std::string_view file) {
    return sums.contains(fmt::format("{}  {}\n", to_hex(Sha256::of(text)), file));
  };
  const std::string_view wrong = !has(papers.json, kManifestFile) ? kManifestFile
                                 : !has(readme, kReadmeFile)      ? kReadmeFile
                                                                  : kSumsFile;
  return invalid(
      "The file does not agree with SHA256SUMS; it was changed or damaged after the "
      "archive was made.",
      std::string(wrong));
}

/// Files that the manifest does not name.
Result<std::vector<Error>> find_strangers(objectstore::Store& store, const Manifest& manifest) {
  std::set<std::string, std::less<>> known = {std::string(kManifestFile), std::string(kSumsFile),
                                              std::string(kReadmeFile)};
  for (const Table& table : manifest.tables) {
    for (const Chunk& chunk : table.chunks)
      known.insert(chunk.file);
  }
  std::vector<Error> strangers;
  for (const auto& object : TRY(store.list())) {
    if (known.contains(object.name)) continue;
    strangers.push_back(
        {ErrorCode::invalid, "The manifest does not name this file; remove it.", object.name});
  }
  return strangers;
}

/// What is wrong with one table's files; empty if nothing is.
std::vector<Error> verify_table(objectstore::Store& store, const Table& table,
                                const ReadOptions& options, ProgressCounter& progress) {
  std::vector<Error> wrong;
  RowSetDigest digest;
  for (const Chunk& chunk : table.chunks) {
    if (options.stop.stop_requested()) return wrong;
    const Status read = read_chunk(store, chunk, digest, {});
    if (read)
      progress.add(table.name, chunk.plain.bytes, chunk.rows);
    else
      wrong.push_back(read.error());
  }
  if (!wrong.empty()) return wrong;
  if (digest.hex() != table.row_digest || digest.rows() != table.rows) {
    wrong.push_back(
        {ErrorCode::invalid,
         fmt::format("The rows of {} do not have the digest in the manifest.", table.name),
         std::string(kManifestFile)});
  }
  return wrong;
}

}  // namespace

Result<Manifest> read_manifest(objectstore::Store& store) {
  return TRY(read_papers(store)).manifest;
}

Result<VerifyReport> verify_archive(objectstore::Store& store, const ReadOptions& options) {
  CHECK(options.workers > 0);
  const Papers papers = TRY(read_papers(store));
  const Manifest& manifest = papers.manifest;
  std::vector<Error> wrong = TRY(find_strangers(store, manifest));

  ProgressCounter progress(options.on_progress);
  std::vector<std::vector<Error>> found(manifest.tables.size());
  in_parallel(static_cast<std::size_t>(options.workers), found.size(),
              [&](std::size_t, std::size_t job) {
                found[job] = verify_table(store, manifest.tables[job], options, progress);
              });
  if (options.stop.stop_requested()) {
    return refuse(ErrorCode::cancelled, "The check was stopped before its end.");
  }
  for (auto& errors : found)
    std::ranges::move(errors, std::back_inserter(wrong));
  if (!wrong.empty()) {
    Error first = wrong.front();
    if (wrong.size() > 1) {
      first.sentence += fmt::format(" {} more files are wrong.", wrong.size() - 1);
    }
    return std::unexpected(std::move(first));
  }
  VerifyReport report{.tables = manifest.tables.size(),
                      .rows = manifest.rows(),
                      .plain_bytes = manifest.plain_bytes(),
                      .stored_bytes = manifest.stored_bytes(),
                      .manifest_sha256 = to_hex(Sha256::of(papers.json))};
  for (const Table& table : manifest.tables)
    report.files += table.chunks.size();
  return report;
}

}  // namespace hustings::archive
