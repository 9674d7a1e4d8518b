#pragma once

#include <filesystem>

#include "objectstore/store.h"

namespace hustings::objectstore {

/// Objects as files below a folder. A file is written under a hidden temporary name, synced,
/// renamed and its folder synced, so that after a power cut it is whole or absent.
class FolderStore final : public Store {
 public:
  /// The folder must be there already.
  static Result<std::unique_ptr<FolderStore>> open(const std::filesystem::path& folder);
  /// Makes the folder, and those above it, if need be.
  static Result<std::unique_ptr<FolderStore>> create(const std::filesystem::path& folder);

  Result<std::unique_ptr<Writer>> put(std::string_view name) override;
  Result<std::unique_ptr<Reader>> get(std::string_view name) override;
  Result<std::vector<Object>> list() override;
  Result<bool> exists(std::string_view name) override;
  Status remove(std::string_view name) override;
  Result<int> remove_unfinished() override;
  std::string place() const override { return folder_.string(); }

 private:
  explicit FolderStore(std::filesystem::path folder) : folder_(std::move(folder)) {}
  std::filesystem::path folder_;
};

}  // namespace hustings::objectstore
