#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

#include "base/digest.h"
#include "base/error.h"
#include "ingest/encoding.h"

namespace hustings::ingest {

/// A piece of a file that begins at a line's beginning and ends behind a line's end (the file's
/// last piece at its end).
struct Chunk {
  std::int64_t index = 0;
  std::int64_t first_line = 1;  ///< number in the file, from 1
  std::int64_t lines = 0;
  std::int64_t offset = 0;  ///< of its first byte in the file
  std::string bytes;
  Encoding encoding{};  ///< automatic: no byte above 127 so far
  bool is_last = false;
};

/// Cuts a file into chunks, in order, and reckons its SHA-256 on the way. For one thread.
class ChunkReader {
 public:
  static constexpr std::size_t kChunkBytes = 1 << 20;
  static constexpr std::size_t kLineBytesMax = 16 << 20;

  /// Refuses what is no readable file: missing, a folder, no permission, empty.
  static Result<ChunkReader> open(const std::filesystem::path& file, Encoding of_layout);
  ~ChunkReader();
  ChunkReader(ChunkReader&& other) noexcept;
  ChunkReader& operator=(ChunkReader&&) = delete;

  /// The next chunk; nothing at the end. Refuses a line that is longer than kLineBytesMax. Throws
  /// Failure if the disk cannot be read.
  Result<std::optional<Chunk>> next();

  std::int64_t file_bytes() const { return file_bytes_; }
  std::int64_t bytes_done() const { return offset_; }
  /// 32 raw bytes; after the last chunk.
  std::string sha256() { return hash_.finish(); }

 private:
  ChunkReader(int descriptor, std::int64_t file_bytes, Encoding of_layout)
      : descriptor_(descriptor), file_bytes_(file_bytes), detector_(of_layout) {}
  /// Fills `bytes` up to `most`; true at the file's end.
  bool fill(std::string& bytes, std::size_t most);
  std::size_t end_of_lines(const std::string& bytes) const;
  void count(Chunk& chunk) const;

  int descriptor_;
  std::int64_t file_bytes_;
  EncodingDetector detector_;
  Sha256 hash_;
  std::string rest_;  // behind the last line end of the chunk before
  std::int64_t index_ = 0;
  std::int64_t line_ = 1;
  std::int64_t offset_ = 0;
  bool begun_ = false;
  bool ended_ = false;
};

/// SHA-256 of a whole file.
Result<std::string> sha256_of_file(const std::filesystem::path& file);

}  // namespace hustings::ingest
