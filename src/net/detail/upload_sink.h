#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string_view>

#include "base/digest.h"
#include "net/message.h"

namespace hustings::net {

/// A file that grows by what is uploaded, and its digest. Blocking; one thread at a time. Removed
/// with the object unless finish() was called.
class UploadSink {
 public:
  enum class Outcome : std::uint8_t { fine, disk_full, broken };

  explicit UploadSink(const std::filesystem::path& folder);
  ~UploadSink();
  UploadSink(const UploadSink&) = delete;
  UploadSink& operator=(const UploadSink&) = delete;

  Outcome outcome() const { return outcome_; }
  std::int64_t bytes() const { return bytes_; }
  void write(std::string_view bytes);
  /// Closes the file; the caller's from now on.
  UploadedFile finish();

 private:
  void fail();

  std::filesystem::path path_;
  int file_ = -1;
  bool is_kept_ = false;
  Outcome outcome_ = Outcome::fine;
  std::int64_t bytes_ = 0;
  Sha256 digest_;
};

}  // namespace hustings::net
