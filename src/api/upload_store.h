#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "base/error.h"
#include "net/message.h"

namespace hustings::api {

/// Uploaded files until they are imported: one folder each, named by a token that cannot be
/// guessed, which holds the file under the name that it came with. What nobody imported within a
/// day is removed.
class UploadStore {
 public:
  explicit UploadStore(std::filesystem::path folder) : folder_(std::move(folder)) {}

  /// Takes the streamed file over; the token for it. Throws Failure if the disk refuses.
  std::string keep(const net::UploadedFile& file, std::string_view name);

  struct Kept {
    std::filesystem::path path;
    std::string sha256;  ///< 32 raw bytes
  };
  Result<Kept> find(std::string_view token) const;
  /// The file itself goes when the last program has closed it.
  void remove(std::string_view token) const;

 private:
  void remove_stale() const;
  std::filesystem::path folder_of(std::string_view token) const;
  std::filesystem::path folder_;
};

}  // namespace hustings::api
