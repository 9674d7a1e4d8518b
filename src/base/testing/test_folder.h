#pragma once

#include <cstdlib>
#include <filesystem>
#include <string>
#include <system_error>

#include "base/error.h"

namespace hustings {

/// A temporary folder for a test's files; gone with its contents when it goes out of scope. Throws
/// Failure where none can be made.
class TestFolder {
 public:
  explicit TestFolder(const std::string& name) {
    std::string pattern = std::filesystem::temp_directory_path() / ("hustings_" + name + "_XXXXXX");
    if (::mkdtemp(pattern.data()) == nullptr)
      throw Failure("No folder can be made at " + pattern + ".");
    path_ = pattern;
  }
  ~TestFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  TestFolder(const TestFolder&) = delete;
  TestFolder& operator=(const TestFolder&) = delete;

  const std::filesystem::path& path() const { return path_; }
  /// A new folder inside it.
  std::filesystem::path next() {
    std::filesystem::path inside = path_ / std::to_string(++made_);
    std::filesystem::create_directories(inside);
    return inside;
  }

 private:
  std::filesystem::path path_;
  int made_ = 0;
};

}  // namespace hustings
