#include "api/upload_store.h"

#include <algorithm>
#include <chrono>
#include <fstream>
#include <system_error>

#include <fmt/format.h>

#include "base/digest.h"
#include "base/secret.h"
#include "base/text.h"

namespace hustings::api {
namespace {

namespace fs = std::filesystem;

constexpr std::chrono::hours kKeptFor{24};
constexpr std::size_t kNameMax = 150;
constexpr std::string_view kPrefix = "upload-";
constexpr std::size_t kDigestLength = 64;

/// The name without folders and without anything that a shell or a page could trip over.
std::string safe_name(std::string_view name) {
  name = name.substr(name.find_last_of("/\\") + 1);
  std::string out;
  for (const char c : name.substr(0, kNameMax)) {
    const bool plain = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
                       c == '.' || c == '-' || c == '_';
    out += plain ? c : '_';
  }
  return out.empty() || out.front() == '.' ? "file" + out : out;
}

/// The folder of a kept file, or a file that is still being streamed.
bool is_ours(const fs::directory_entry& entry) {
  return entry.path().filename().string().starts_with(kPrefix);
}

bool is_token(std::string_view token) {
  return !token.empty() && token.size() < 100 &&
         std::all_of(
             token.begin(), token.end(),
             [](char c) {
               return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
                      c == '-' || c == '_';
             });
}

}  // namespace

fs::path upload_folder(const Config& config) { return config.data_dir / "uploads"; }

Status UploadStore::check_room() const {
  std::error_code error;
  int files = 0;
  for (const auto& entry : fs::directory_iterator(folder_, error)) {
    files += is_ours(entry) ? 1 : 0;
  }
  if (files < kFilesMax) return {};
  return refuse(ErrorCode::over_limit,
                fmt::format("{} uploaded files wait for their import; no more are kept. Import "
                            "some first, or come back tomorrow: what nobody imports is removed "
                            "after a day.",
                            files));
}

fs::path UploadStore::folder_of(std::string_view token) const {
  return folder_ / (std::string(kPrefix) + std::string(token));
}

std::string UploadStore::keep(const net::UploadedFile& file, std::string_view name) {
  const std::string token = random_token();
  std::error_code error;
  // The digest is part of the path: <upload-token>/<sha256>/<name>.
  const fs::path folder = folder_of(token) / file.sha256;
  fs::create_directories(folder, error);
  if (!error) fs::rename(file.path, folder / safe_name(name), error);
  if (error) throw Failure("The upload cannot be kept: " + error.message() + ".");
  return token;
}

std::string UploadStore::keep_text(std::string_view text, std::string_view name) {
  const std::string token = random_token();
  std::error_code error;
  const fs::path folder = folder_of(token) / to_hex(Sha256::of(text));
  fs::create_directories(folder, error);
  std::ofstream file(folder / safe_name(name), std::ios::binary);
  file.write(text.data(), static_cast<std::streamsize>(text.size()));
  file.close();
  if (error || !file) throw Failure("The rows cannot be kept: the server's disk refuses.");
  return token;
}

Result<UploadStore::Kept> UploadStore::find(std::string_view token) const {
  std::error_code error;
  if (is_token(token)) {
    for (const auto& digest : fs::directory_iterator(folder_of(token), error)) {
      const std::string hex = digest.path().filename().string();
      const auto sha256 = hex.size() == kDigestLength ? from_hex(hex) : std::nullopt;
      if (!sha256) continue;
      for (const auto& file : fs::directory_iterator(digest.path(), error)) {
        return Kept{file.path(), *sha256};
      }
    }
  }
  return refuse(
      ErrorCode::not_found,
      "There is no such upload; it may have been imported already, or be older than a day. "
      "Upload the file again.",
      "upload");
}

void UploadStore::remove(std::string_view token) const {
  std::error_code error;
  if (is_token(token)) fs::remove_all(folder_of(token), error);
}

void UploadStore::remove_stale() const {
  std::error_code error;
  const auto now = fs::file_time_type::clock::now();
  for (const auto& entry : fs::directory_iterator(folder_, error)) {
    std::error_code ignored;
    if (is_ours(entry) && now - fs::last_write_time(entry.path(), ignored) > kKeptFor && !ignored) {
      fs::remove_all(entry.path(), ignored);
    }
  }
}

}  // namespace hustings::api
