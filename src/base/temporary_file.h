#pragma once

#include <filesystem>
#include <string_view>

namespace hustings {

/// A file of its own name in a folder, which only this user can read, and which is gone with this
/// object. Throws Failure where it cannot be made or written: the disk is full.
class TemporaryFile {
 public:
  explicit TemporaryFile(const std::filesystem::path& folder);
  ~TemporaryFile();
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;

  const std::filesystem::path& path() const { return path_; }
  void append(std::string_view bytes);
  /// Nothing more comes; the path can be read.
  void close();

 private:
  std::filesystem::path path_;
  int descriptor_ = -1;
};

}  // namespace hustings
