#include "ingest/chunk_reader.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

#include <fmt/format.h>

namespace hustings::ingest {
namespace {

constexpr std::size_t kReadBytes = 256 << 10;

std::string reason() { return std::strerror(errno); }

}  // namespace

Result<ChunkReader> ChunkReader::open(const std::filesystem::path& file, Encoding of_layout) {
  const std::string name = file.string();
  struct stat about{};
  if (::stat(name.c_str(), &about) != 0) {
    if (errno == ENOENT) return refuse(ErrorCode::not_found, "There is no such file.", name);
    return invalid(fmt::format("The file cannot be opened: {}.", reason()), name);
  }
  if (S_ISDIR(about.st_mode)) {
    return invalid("This is a folder. Name the text file inside it (unzip it first if need be).",
                   name);
  }
  if (!S_ISREG(about.st_mode)) return invalid("This is no ordinary file.", name);
  if (about.st_size == 0) return invalid("The file is empty. Download it again.", name);
  const int descriptor = ::open(name.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) {
    return invalid(fmt::format("The file cannot be opened: {}. Check who may read it.", reason()),
                   name);
  }
  posix_fadvise(descriptor, 0, 0, POSIX_FADV_SEQUENTIAL);
  return ChunkReader(descriptor, about.st_size, of_layout);
}

ChunkReader::ChunkReader(ChunkReader&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)),
      file_bytes_(other.file_bytes_),
      detector_(other.detector_),
      hash_(other.hash_),
      rest_(std::move(other.rest_)),
      index_(other.index_),
      line_(other.line_),
      offset_(other.offset_),
      begun_(other.begun_),
      ended_(other.ended_) {}

ChunkReader::~ChunkReader() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

bool ChunkReader::fill(std::string& bytes, std::size_t most) {
  while (bytes.size() < most) {
    const std::size_t from = bytes.size();
    const std::size_t want = std::min(kReadBytes, most - from);
    bytes.resize(from + want);
    const ssize_t got = ::read(descriptor_, bytes.data() + from, want);
    if (got < 0 && errno == EINTR) {
      bytes.resize(from);
      continue;
    }
    if (got < 0) throw Failure(fmt::format("The file cannot be read further: {}.", reason()));
    bytes.resize(from + static_cast<std::size_t>(got));
    if (got == 0) return true;
    hash_.add(std::string_view(bytes).substr(from));
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

Result<std::optional<Chunk>> ChunkReader::next() {
  if (ended_) return std::optional<Chunk>();
  Chunk chunk{.index = index_, .first_line = line_, .offset = offset_, .bytes = std::move(rest_)};
  rest_.clear();
  chunk.bytes.reserve(kChunkBytes + kReadBytes);
  std::size_t most = kChunkBytes;
  std::size_t end = 0;
  while (end == 0 && !ended_) {
    ended_ = fill(chunk.bytes, most);
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
  ChunkReader reader = TRY(ChunkReader::open(file, Encoding::windows_1252));
  while (true) {
    auto chunk = TRY(reader.next());
    if (!chunk) return reader.sha256();
  }
}

}  // namespace hustings::ingest
