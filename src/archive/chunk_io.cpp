#include "archive/chunk_io.h"

#include <algorithm>

#include <fmt/format.h>

namespace hustings::archive {
namespace {

constexpr std::size_t kBufferBytes = 256 * 1024;

/// A store that refuses what we write, e.g. since somebody else writes there, is a broken world.
template <class T>
T must(Result<T> result) {
  if (!result) throw Failure(result.error().text());
  return hustings::detail::take(result);
}

std::string encoded(std::string_view name) {
  std::string out;
  for (const char c : name) {
    const bool is_plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                          (c >= '0' && c <= '9') || c == '_' || c == '-';
    if (is_plain)
      out += c;
    else
      out += fmt::format("%{:02X}", static_cast<unsigned char>(c));
  }
  return out;
}

/// Rows out of pieces that end anywhere: a piece's last, unfinished row waits for the next piece.
class RowSplitter {
 public:
  RowSplitter(RowSetDigest& digest, const OnRows& on_rows) : digest_(digest), on_rows_(on_rows) {}

  void add(std::string_view piece) {
    const std::size_t end = piece.rfind('\n');
    if (end == std::string_view::npos) {
      rest_ += piece;
      return;
    }
    const std::string joined = rest_.empty() ? std::string() : rest_ + std::string(piece);
    const std::string_view all = rest_.empty() ? piece : std::string_view(joined);
    const std::size_t whole = all.rfind('\n') + 1;
    digest_rows(all.substr(0, whole));
    if (on_rows_) on_rows_(all.substr(0, whole));
    rest_ = all.substr(whole);
  }
  bool is_at_row_end() const { return rest_.empty(); }
  std::uint64_t rows() const { return rows_; }

 private:
  void digest_rows(std::string_view rows) {
    while (!rows.empty()) {
      const std::size_t size = rows.find('\n') + 1;
      digest_.add(rows.substr(0, size));
      rows.remove_prefix(size);
      ++rows_;
    }
  }

  RowSetDigest& digest_;
  const OnRows& on_rows_;
  std::string rest_;
  std::uint64_t rows_ = 0;
};

}  // namespace

ChunkWriter::ChunkWriter(objectstore::Store& store, Target target)
    : store_(store), target_(std::move(target)) {}

void ChunkWriter::open() {
  Chunk chunk;
  chunk.file = fmt::format("{}/{:04}.copy.zst", target_.folder, chunks_.size() + 1);
  chunk.partition = target_.partition;
  writer_ = std::make_unique<objectstore::ZstdWriter>(must(store_.put(chunk.file)), target_.level);
  chunks_.push_back(std::move(chunk));
}

void ChunkWriter::add(std::string_view row) {
  const bool is_full =
      writer_ && writer_->plain_bytes() + buffer_.size() + row.size() > target_.bytes_max;
  if (is_full) close();
  if (!writer_) open();
  digest_.add(row);
  ++chunks_.back().rows;
  buffer_ += row;
  if (buffer_.size() >= kBufferBytes) flush();
}

void ChunkWriter::flush() {
  writer_->write(buffer_);
  buffer_.clear();
}

void ChunkWriter::close() {
  flush();
  const objectstore::ZstdExtents extents = must(writer_->commit());
  chunks_.back().plain = extents.plain;
  chunks_.back().stored = extents.stored;
  writer_.reset();
}

void ChunkWriter::finish() {
  if (writer_) close();
}

std::string chunk_folder(std::string_view table, std::string_view partition) {
  std::string out = "data/" + encoded(table);
  if (!partition.empty()) out += '/' + encoded(partition);
  return out;
}

Status read_chunk(objectstore::Store& store, const Chunk& chunk, RowSetDigest& digest,
                  const OnRows& on_rows) {
  const auto damaged = [&](std::string_view what) {
    return invalid(
        fmt::format("The file {}; it was changed or damaged after the archive was made.", what),
        chunk.file);
  };
  objectstore::ZstdReader reader(TRY(store.get(chunk.file)), chunk.file);
  RowSplitter splitter(digest, on_rows);
  std::string room(kBufferBytes, '\0');
  std::uint64_t bytes = 0;
  while (const std::size_t got = TRY(reader.read(room))) {
    bytes += got;
    if (bytes > chunk.plain.bytes) return damaged("holds more than the manifest says");
    splitter.add(std::string_view(room.data(), got));
  }
  const objectstore::ZstdExtents extents = reader.extents();
  if (extents.stored != chunk.stored) return damaged("does not have the digest in the manifest");
  if (extents.plain != chunk.plain || splitter.rows() != chunk.rows || !splitter.is_at_row_end()) {
    return damaged("does not hold the rows that the manifest says");
  }
  return {};
}

}  // namespace hustings::archive
