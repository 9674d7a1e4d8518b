#include "ingest/input_file.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fmt/format.h>

namespace hustings::ingest {
namespace {

std::string reason() { return std::strerror(errno); }

}  // namespace

Result<std::unique_ptr<InputFile>> InputFile::open(const std::filesystem::path& path) {
  const std::string name = path.string();
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
  return std::unique_ptr<InputFile>(new InputFile(path, descriptor, about.st_size));
}

InputFile::~InputFile() { ::close(descriptor_); }

std::size_t InputFile::read_bytes(std::int64_t offset, char* into, std::size_t size) const {
  while (true) {
    const ssize_t got = ::pread(descriptor_, into, size, offset);
    if (got >= 0) return static_cast<std::size_t>(got);
    if (errno != EINTR)
      throw Failure(fmt::format("The file cannot be read further: {}.", reason()));
  }
}

std::size_t InputFile::read(std::int64_t offset, char* into, std::size_t size) {
  const std::size_t got = read_bytes(offset, into, size);
  hash(offset, {into, got});
  return got;
}

void InputFile::hash(std::int64_t offset, std::string_view bytes) {
  const std::int64_t past = offset + static_cast<std::int64_t>(bytes.size());
  if (offset > hashed_ || past <= hashed_) return;
  hash_.add(bytes.substr(static_cast<std::size_t>(hashed_ - offset)));
  hashed_ = past;
}

void InputFile::hash_up_to(std::int64_t offset) {
  constexpr std::size_t kPiece = 1 << 20;
  if (hashed_ >= offset) return;
  std::string buffer(kPiece, '\0');
  while (hashed_ < offset) {
    const std::size_t got = read_bytes(hashed_, buffer.data(), buffer.size());
    if (got == 0) throw Failure("The file became shorter while it was read.");
    hash_.add(std::string_view(buffer).substr(0, got));
    hashed_ += static_cast<std::int64_t>(got);
  }
}

void InputFile::done_up_to(std::int64_t offset) {
  done_ = std::max(done_, std::min(offset, bytes_));
  hash_up_to(done_);  // what an archive's reader skips
}

std::string InputFile::sha256() {
  if (digest_.empty()) {
    hash_up_to(bytes_);
    digest_ = hash_.finish();
  }
  return digest_;
}

}  // namespace hustings::ingest
