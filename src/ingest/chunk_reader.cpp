#include "ingest/chunk_reader.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

namespace hustings::ingest {
namespace {

constexpr std::size_t kReadBytes = 256 << 10;

}  // namespace

Result<ChunkReader> ChunkReader::open(const std::filesystem::path& file, Encoding of_layout) {
  return ChunkReader(TRY(Source::open(file)), of_layout);
}

Result<bool> ChunkReader::fill(std::string& bytes, std::size_t most) {
  while (bytes.size() < most) {
    const std::size_t from = bytes.size();
    const std::size_t want = std::min(kReadBytes, most - from);
    bytes.resize(from + want);
    const std::size_t got = TRY(stream_->read(bytes.data() + from, want));
    bytes.resize(from + got);
    if (got == 0) return true;
  }
  return false;
}

/// Behind the last line end; 0 if there is none.
std::size_t ChunkReader::end_of_lines(const std::string& bytes) const {
  if (detector_.encoding() != Encoding::utf_16le) {
    const auto at = bytes.rfind('\n');
    return at == std::string::npos ? 0 : at + 1;
  }
  for (std::size_t i = bytes.size() / 2 * 2; i >= 2; i -= 2) {
    if (bytes[i - 2] == '\n' && bytes[i - 1] == '\0') return i;
  }
  return 0;
}

void ChunkReader::count(Chunk& chunk) const {
  const std::string& bytes = chunk.bytes;
  if (chunk.encoding != Encoding::utf_16le) {
    chunk.lines = std::count(bytes.begin(), bytes.end(), '\n');
    if (!bytes.ends_with('\n')) ++chunk.lines;
    return;
  }
  for (std::size_t i = 0; i + 1 < bytes.size(); i += 2) {
    chunk.lines += bytes[i] == '\n' && bytes[i + 1] == '\0' ? 1 : 0;
  }
  if (end_of_lines(bytes) != bytes.size()) ++chunk.lines;
}

Status ChunkReader::begin_part() {
  stream_ = TRY(source_->open_part(source_->parts()[part_]));
  detector_ = EncodingDetector(of_layout_);
  rest_.clear();
  lines_before_part_ = line_ - 1;
  offset_ = 0;
  begun_ = false;
  ended_ = false;
  return {};
}

void ChunkReader::end_part() {
  stream_.reset();
  ++part_;
}

Result<std::optional<Chunk>> ChunkReader::next() {
  while (part_ < source_->parts().size()) {
    if (!stream_) TRY(begin_part());
    auto chunk = TRY(next_of_part());
    if (chunk) return chunk;
    end_part();
  }
  return std::optional<Chunk>();
}

Result<std::optional<Chunk>> ChunkReader::next_of_part() {
  if (ended_) return std::optional<Chunk>();
  Chunk chunk{.index = index_,
              .first_line = line_,
              .offset = offset_,
              .bytes = std::move(rest_),
              .part = static_cast<int>(part_),
              .lines_before_part = lines_before_part_};
  if (source_->parts().size() > 1) chunk.part_name = source_->parts()[part_].name;
  rest_.clear();
  chunk.bytes.reserve(kChunkBytes + kReadBytes);
  std::size_t most = kChunkBytes;
  std::size_t end = 0;
  while (end == 0 && !ended_) {
    ended_ = TRY(fill(chunk.bytes, most));
    if (!begun_) {
      begun_ = true;
      const std::size_t mark = detector_.begin(chunk.bytes);
      chunk.bytes.erase(0, mark);
      offset_ = chunk.offset = static_cast<std::int64_t>(mark);
    }
    end = ended_ ? chunk.bytes.size() : end_of_lines(chunk.bytes);
    if (end == 0 && chunk.bytes.size() >= kLineBytesMax) {
      return invalid(
          fmt::format("Line {} does not end within 16 MiB: this is no text file with a row "
                      "on each line.",
                      line_));
    }
    most += kChunkBytes;
  }
  rest_ = chunk.bytes.substr(end);
  chunk.bytes.resize(end);
  if (chunk.bytes.empty()) return std::optional<Chunk>();
  if (detector_.encoding() == Encoding::automatic) detector_.add(chunk.bytes);
  chunk.encoding = detector_.encoding();
  chunk.is_last = ended_;
  count(chunk);
  ++index_;
  line_ += chunk.lines;
  offset_ += static_cast<std::int64_t>(chunk.bytes.size());
  return std::optional(std::move(chunk));
}

Result<std::string> sha256_of_file(const std::filesystem::path& file) {
  return TRY(InputFile::open(file))->sha256();
}

}  // namespace hustings::ingest
