#include "net/detail/upload_sink.h"

#include <cerrno>
#include <fcntl.h>
#include <system_error>
#include <unistd.h>

#include "base/secret.h"
#include "base/text.h"

namespace hustings::net {

UploadSink::UploadSink(const std::filesystem::path& folder)
    : path_(folder / ("upload-" + random_token())) {
  std::error_code ignored;
  std::filesystem::create_directories(folder, ignored);
  file_ = ::open(path_.c_str(), O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0600);
  if (file_ < 0) fail();
}

UploadSink::~UploadSink() {
  if (file_ >= 0) ::close(file_);
  if (!is_kept_) ::unlink(path_.c_str());
}

void UploadSink::fail() {
  const bool is_full = errno == ENOSPC || errno == EDQUOT || errno == EFBIG;
  outcome_ = is_full ? Outcome::disk_full : Outcome::broken;
}

void UploadSink::write(std::string_view bytes) {
  if (outcome_ != Outcome::fine) return;
  digest_.add(bytes);
  bytes_ += static_cast<std::int64_t>(bytes.size());
  while (!bytes.empty()) {
    const ssize_t written = ::write(file_, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) {
      fail();
      return;
    }
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
}

UploadedFile UploadSink::finish() {
  ::close(file_);
  file_ = -1;
  is_kept_ = true;
  return {.path = path_, .bytes = bytes_, .sha256 = to_hex(digest_.finish())};
}

}  // namespace hustings::net
