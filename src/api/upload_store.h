#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "base/config.h"
#include "base/error.h"
#include "net/message.h"

namespace hustings::api {

/// Where uploads are streamed to and kept.
std::filesystem::path upload_folder(const Config& config);

/// Uploaded files until they are imported: one folder each, named by a token that cannot be
/// guessed, which holds the file under the name that it came with. What nobody imported within a
/// day is removed by the next call of remove_stale().
class UploadStore {
 public:
  static constexpr int kFilesMax = 20;

  explicit UploadStore(std::filesystem::path folder) : folder_(std::move(folder)) {}

  /// over_limit when kFilesMax files are kept or under way.
  Status check_room() const;
  /// Takes the streamed file over; the token for it. Throws Failure if the disk refuses.
  std::string keep(const net::UploadedFile& file, std::string_view name);

  /// A file of our own making.
  std::string keep_text(std::string_view text, std::string_view name);

  struct Kept {
    std::filesystem::path path;
    std::string sha256;  ///< 32 raw bytes
  };
  Result<Kept> find(std::string_view token) const;
  /// The file itself goes when the last program has closed it.
  void remove(std::string_view token) const;
  /// Removes what is older than a day, also what a killed program left half done. Call it at the
  /// start and now and then.
  void remove_stale() const;
  /// Where the file of a token is, if it is there.
  std::filesystem::path folder_of(std::string_view token) const;

 private:
  std::filesystem::path folder_;
};

}  // namespace hustings::api
