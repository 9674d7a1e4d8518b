#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "archive/manifest.h"
#include "base/digest.h"
#include "base/error.h"
#include "objectstore/store.h"
#include "objectstore/zstd_stream.h"

/// Rows into chunk files and out of them. A row is a line of COPY's text format with its "\n".
namespace hustings::archive {

/// Cuts the rows of one part into files of a limited size. For one thread.
class ChunkWriter {
 public:
  struct Target {
    std::string folder;     ///< "data/person": files are 0001.copy.zst, 0002.copy.zst, … in it
    std::string partition;  ///< for Chunk::partition
    int level = 3;
    std::uint64_t bytes_max = 0;
  };
  ChunkWriter(objectstore::Store& store, Target target);

  /// One row, with its "\n". Throws Failure when the store refuses or fails.
  void add(std::string_view row);
  /// Ends the last file. Call once.
  void finish();
  const RowSetDigest& digest() const { return digest_; }
  std::vector<Chunk> take_chunks() { return std::move(chunks_); }

 private:
  void open();
  void flush();
  void close();

  objectstore::Store& store_;
  const Target target_;
  std::unique_ptr<objectstore::ZstdWriter> writer_;
  std::string buffer_;
  RowSetDigest digest_;
  std::vector<Chunk> chunks_;
};

/// Where the rows of a part go: "data/person", "data/voter/voter_single". Bytes that a file's name
/// cannot have are written as %XX.
std::string chunk_folder(std::string_view table, std::string_view partition);

/// Called with whole rows, a few hundred kilobytes at a time.
using OnRows = std::function<void(std::string_view rows)>;

/// Reads one chunk, adds its rows to `digest` and hands them over. The error names the file and
/// says what is wrong with it; what was handed over before is then not to be trusted.
Status read_chunk(objectstore::Store& store, const Chunk& chunk, RowSetDigest& digest,
                  const OnRows& on_rows);

}  // namespace hustings::archive
