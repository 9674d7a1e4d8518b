#include "base/temporary_file.h"

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <string>
#include <unistd.h>
#include <utility>

#include <fmt/format.h>

#include "base/error.h"

namespace hustings {

TemporaryFile::TemporaryFile(const std::filesystem::path& folder) {
  std::error_code ignored;
  std::filesystem::create_directories(folder, ignored);
  std::string name = (folder / "made-XXXXXX").string();
  descriptor_ = ::mkstemp(name.data());
  if (descriptor_ < 0) {
    throw Failure(
        fmt::format("no file can be made in {}: {}", folder.string(), std::strerror(errno)));
  }
  path_ = std::move(name);
}

TemporaryFile::~TemporaryFile() {
  if (descriptor_ >= 0) ::close(descriptor_);
  std::error_code ignored;
  std::filesystem::remove(path_, ignored);
}

void TemporaryFile::append(std::string_view bytes) {
  while (!bytes.empty()) {
    const ::ssize_t written = ::write(descriptor_, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) {
      throw Failure(fmt::format("{} cannot be written: {}", path_.string(), std::strerror(errno)));
    }
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
}

void TemporaryFile::close() {
  const int descriptor = std::exchange(descriptor_, -1);
  if (descriptor >= 0 && ::close(descriptor) != 0) {
    throw Failure(fmt::format("{} cannot be written: {}", path_.string(), std::strerror(errno)));
  }
}

}  // namespace hustings
