// A benchmark's own folder, gone at its end.
#pragma once

#include <filesystem>
#include <string_view>
#include <system_error>
#include <unistd.h>

#include <fmt/format.h>

namespace hustings::bench {

struct Folder {
  std::filesystem::path path;
  explicit Folder(std::string_view bench)
      : path(std::filesystem::temp_directory_path() /
             fmt::format("hustings-bench-{}-{}", bench, getpid())) {
    std::filesystem::create_directories(path);
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  ~Folder() {
    std::error_code error;
    std::filesystem::remove_all(path, error);
  }
};

}  // namespace hustings::bench
