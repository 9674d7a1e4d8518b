#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "base/digest.h"
#include "base/error.h"

namespace hustings::ingest {

/// One file as it was given, open for reading at any place. Reckons its SHA-256 on the way, as far
/// as it is read from front to back. For one thread. Throws Failure if the disk cannot be read.
class InputFile {
 public:
  /// Refuses what is no readable file: missing, a folder, no permission, empty.
  static Result<std::unique_ptr<InputFile>> open(const std::filesystem::path& path);
  ~InputFile();
  InputFile(const InputFile&) = delete;
  InputFile& operator=(const InputFile&) = delete;

  /// Up to `size` bytes at `offset`; 0 at the end.
  std::size_t read(std::int64_t offset, char* into, std::size_t size);
  std::int64_t bytes() const { return bytes_; }
  /// How far its content has been used, for showing.
  std::int64_t bytes_done() const { return done_; }
  /// Told by whoever uses what lies before `offset`.
  void done_up_to(std::int64_t offset);
  /// 32 raw bytes; reads what is still missing.
  std::string sha256();
  const std::filesystem::path& path() const { return path_; }

 private:
  InputFile(std::filesystem::path path, int descriptor, std::int64_t bytes)
      : path_(std::move(path)), descriptor_(descriptor), bytes_(bytes) {}
  void hash(std::int64_t offset, std::string_view bytes);
  void hash_up_to(std::int64_t offset);
  std::size_t read_bytes(std::int64_t offset, char* into, std::size_t size) const;

  const std::filesystem::path path_;
  const int descriptor_;
  const std::int64_t bytes_;
  Sha256 hash_;
  std::int64_t hashed_ = 0;
  std::int64_t done_ = 0;
  std::string digest_;
};

}  // namespace hustings::ingest
