#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "base/error.h"
#include "ingest/encoding.h"
#include "ingest/source.h"

namespace hustings::ingest {

/// A piece of a text that begins at a line's beginning and ends behind a line's end (the text's
/// last piece at its end).
struct Chunk {
  std::int64_t index = 0;
  std::int64_t first_line = 1;  ///< number in the delivery, from 1; runs on from part to part
  std::int64_t lines = 0;
  std::int64_t offset = 0;  ///< of its first byte in the unpacked part
  std::string bytes;
  Encoding encoding{};   ///< automatic: no byte above 127 so far in this part
  bool is_last = false;  ///< of its part
  int part = 0;
  std::int64_t lines_before_part = 0;
  std::string part_name;  ///< empty if there is one part only
};

/// Cuts the texts of a delivery into chunks, in order, and reckons its SHA-256 on the way. For one
/// thread. Memory does not grow with the files.
class ChunkReader {
 public:
  static constexpr std::size_t kChunkBytes = 1 << 20;
  static constexpr std::size_t kLineBytesMax = 16 << 20;

  /// Of one file. Refuses what is no readable file: missing, a folder, no permission, empty.
  static Result<ChunkReader> open(const std::filesystem::path& file, Encoding of_layout);
  ChunkReader(Source source, Encoding of_layout)
      : source_(std::make_unique<Source>(std::move(source))),
        of_layout_(of_layout),
        detector_(of_layout) {}

  /// The next chunk; nothing at the end. Refuses a line that is longer than kLineBytesMax, and a
  /// packed file that is damaged. Throws Failure if the disk cannot be read.
  Result<std::optional<Chunk>> next();
  /// Goes on with the next part, wherever the present one stands.
  void skip_part() { end_part(); }

  /// Of the files as they were given, packed or not.
  std::int64_t file_bytes() const { return source_->bytes(); }
  std::int64_t bytes_done() const { return source_->bytes_done(); }
  /// 32 raw bytes.
  std::string sha256() { return source_->sha256(); }
  Source& source() { return *source_; }
  const Source& source() const { return *source_; }

 private:
  /// Fills `bytes` up to `most`; true at the part's end.
  Result<bool> fill(std::string& bytes, std::size_t most);
  Result<std::optional<Chunk>> next_of_part();
  Status begin_part();
  void end_part();
  std::size_t end_of_lines(const std::string& bytes) const;
  void count(Chunk& chunk) const;

  std::unique_ptr<Source> source_;  // streams point into it
  Encoding of_layout_;
  EncodingDetector detector_;
  std::unique_ptr<TextStream> stream_;
  std::size_t part_ = 0;
  std::string rest_;  // behind the last line end of the chunk before
  std::int64_t index_ = 0;
  std::int64_t line_ = 1;
  std::int64_t lines_before_part_ = 0;
  std::int64_t offset_ = 0;
  bool begun_ = false;
  bool ended_ = false;
};

/// SHA-256 of a whole file.
Result<std::string> sha256_of_file(const std::filesystem::path& file);

}  // namespace hustings::ingest
