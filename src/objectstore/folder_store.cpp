#include "objectstore/folder_store.h"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <fcntl.h>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>

#include <fmt/format.h>

#include "base/secret.h"

namespace hustings::objectstore {
namespace fs = std::filesystem;
namespace {

constexpr std::string_view kUnfinished = ".part";

std::string cause(int error) {
  switch (error) {
    case ENOSPC:
    case EDQUOT:
      return "the disk is full; free some space or choose another folder";
    case EACCES:
    case EPERM:
      return "this user has no permission; change the owner or choose another folder";
    case EROFS:
      return "the disk is read-only; choose another folder";
    case EIO:
      return "the disk reports an error; choose another disk";
    default:
      return std::generic_category().message(error);
  }
}

[[noreturn]] void fail(std::string_view doing, const fs::path& path, int error) {
  throw Failure(fmt::format("{} {} failed: {}.", doing, path.string(), cause(error)));
}

/// Makes the entry of a new or renamed file durable.
void sync_folder(const fs::path& folder) {
  const int fd = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd < 0) fail("Opening", folder, errno);
  const int result = ::fsync(fd);
  const int error = errno;
  ::close(fd);
  // Some file systems cannot sync a folder and need not.
  if (result != 0 && error != EINVAL && error != ENOTSUP) fail("Syncing", folder, error);
}

/// Makes the folders from `top` down to `folder`, each durable.
void make_folders(const fs::path& top, const fs::path& folder) {
  if (folder == top || ::access(folder.c_str(), F_OK) == 0) return;
  make_folders(top, folder.parent_path());
  if (::mkdir(folder.c_str(), 0700) != 0 && errno != EEXIST) fail("Making", folder, errno);
  sync_folder(folder.parent_path());
}

class FileWriter final : public Writer {
 public:
  FileWriter(fs::path path, std::string name, std::string place)
      : path_(std::move(path)), name_(std::move(name)), place_(std::move(place)) {
    temporary_ = path_.parent_path() /
                 fmt::format(".{}.{}{}", path_.filename().string(), random_code(2), kUnfinished);
    fd_ = ::open(temporary_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd_ < 0) fail("Writing", path_, errno);
  }
  ~FileWriter() override {
    if (fd_ >= 0) ::close(fd_);
    if (!is_committed_) ::unlink(temporary_.c_str());
  }

  void write(std::string_view bytes) override {
    while (!bytes.empty()) {
      const ssize_t written = ::write(fd_, bytes.data(), bytes.size());
      if (written < 0 && errno == EINTR) continue;
      if (written < 0) fail("Writing", path_, errno);
      bytes.remove_prefix(static_cast<std::size_t>(written));
    }
  }

  Status commit() override {
    if (::fsync(fd_) != 0) fail("Writing", path_, errno);
    const int fd = std::exchange(fd_, -1);
    if (::close(fd) != 0) fail("Writing", path_, errno);
    if (!rename_to_new()) {
      return refuse(ErrorCode::conflict, fmt::format("{} exists already in {}.", name_, place_));
    }
    is_committed_ = true;
    sync_folder(path_.parent_path());
    return {};
  }

 private:
  /// False if the name is taken.
  bool rename_to_new() {
    const char* from = temporary_.c_str();
    const char* to = path_.c_str();
    if (::renameat2(AT_FDCWD, from, AT_FDCWD, to, RENAME_NOREPLACE) == 0) return true;
    if (errno == EEXIST) return false;
    if (errno != EINVAL && errno != ENOSYS && errno != ENOTSUP) fail("Writing", path_, errno);
    // A file system without RENAME_NOREPLACE, e.g. on a memory stick.
    if (::access(to, F_OK) == 0) return false;
    if (::rename(from, to) != 0) fail("Writing", path_, errno);
    return true;
  }

  fs::path path_;
  std::string name_;
  std::string place_;
  fs::path temporary_;
  int fd_ = -1;
  bool is_committed_ = false;
};

class FileReader final : public Reader {
 public:
  FileReader(fs::path path, int fd) : path_(std::move(path)), fd_(fd) {}
  ~FileReader() override { ::close(fd_); }
  FileReader(const FileReader&) = delete;
  FileReader& operator=(const FileReader&) = delete;

  std::size_t read(std::span<char> room) override {
    for (;;) {
      const ssize_t got = ::read(fd_, room.data(), room.size());
      if (got >= 0) return static_cast<std::size_t>(got);
      if (errno != EINTR) fail("Reading", path_, errno);
    }
  }

 private:
  fs::path path_;
  int fd_;
};

/// Every regular file below the folder: finished ones by their names, or the unfinished.
Result<std::vector<Object>> walk(const fs::path& folder, bool unfinished) {
  std::vector<Object> out;
  std::error_code error;
  for (fs::recursive_directory_iterator at(folder, error), end; !error && at != end;
       at.increment(error)) {
    const std::string file = at->path().filename().string();
    if (!at->is_regular_file(error) || error) continue;
    // No object's name has a part that starts with a dot: other such files are the system's own.
    if (file.starts_with('.') && !file.ends_with(kUnfinished)) continue;
    if (file.starts_with('.') != unfinished) continue;
    out.push_back({at->path().lexically_relative(folder).generic_string(), at->file_size(error)});
  }
  if (error) {
    return refuse(ErrorCode::unavailable,
                  fmt::format("{} cannot be read: {}.", folder.string(), cause(error.value())));
  }
  std::ranges::sort(out, {}, &Object::name);
  return out;
}

}  // namespace

Result<std::unique_ptr<FolderStore>> FolderStore::open(const fs::path& folder) {
  std::error_code error;
  const auto status = fs::status(folder, error);
  if (status.type() == fs::file_type::not_found) {
    return refuse(ErrorCode::not_found, fmt::format("There is no folder {}.", folder.string()));
  }
  if (error || status.type() != fs::file_type::directory) {
    return invalid(fmt::format("{} is not a folder.", folder.string()));
  }
  return std::unique_ptr<FolderStore>(new FolderStore(folder));
}

Result<std::unique_ptr<FolderStore>> FolderStore::create(const fs::path& folder) {
  std::error_code error;
  fs::create_directories(folder, error);
  if (error && !fs::exists(folder)) {
    return refuse(ErrorCode::unavailable, fmt::format("The folder {} cannot be made: {}.",
                                                      folder.string(), cause(error.value())));
  }
  return open(folder);
}

Result<std::unique_ptr<Writer>> FolderStore::put(std::string_view name) {
  if (TRY(exists(name))) {
    return refuse(ErrorCode::conflict, fmt::format("{} exists already in {}.", name, place()));
  }
  const fs::path path = folder_ / name;
  make_folders(folder_, path.parent_path());
  return std::make_unique<FileWriter>(path, std::string(name), place());
}

Result<std::unique_ptr<Reader>> FolderStore::get(std::string_view name) {
  TRY(check_name(name));
  const fs::path path = folder_ / name;
  const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
  if (fd < 0 && (errno == ENOENT || errno == ENOTDIR)) {
    return refuse(ErrorCode::not_found, fmt::format("{} is missing in {}.", name, place()));
  }
  if (fd < 0) {
    return refuse(ErrorCode::unavailable,
                  fmt::format("{} cannot be read: {}.", path.string(), cause(errno)));
  }
  auto reader = std::make_unique<FileReader>(path, fd);
  struct stat status{};
  if (::fstat(fd, &status) != 0 || !S_ISREG(status.st_mode)) {
    return refuse(ErrorCode::unavailable, fmt::format("{} is not a file.", path.string()));
  }
  return reader;
}

Result<std::vector<Object>> FolderStore::list() { return walk(folder_, false); }

Result<bool> FolderStore::exists(std::string_view name) {
  TRY(check_name(name));
  struct stat status{};
  if (::lstat((folder_ / name).c_str(), &status) == 0) return true;
  if (errno == ENOENT || errno == ENOTDIR) return false;
  return refuse(ErrorCode::unavailable,
                fmt::format("{} in {} cannot be read: {}.", name, place(), cause(errno)));
}

Status FolderStore::remove(std::string_view name) {
  TRY(check_name(name));
  const fs::path path = folder_ / name;
  if (::unlink(path.c_str()) == 0) {
    sync_folder(path.parent_path());
    return {};
  }
  if (errno == ENOENT || errno == ENOTDIR) {
    return refuse(ErrorCode::not_found, fmt::format("{} is missing in {}.", name, place()));
  }
  return refuse(ErrorCode::unavailable,
                fmt::format("{} cannot be removed: {}.", path.string(), cause(errno)));
}

Result<int> FolderStore::remove_unfinished() {
  int removed = 0;
  for (const Object& object : TRY(walk(folder_, true))) {
    if (::unlink((folder_ / object.name).c_str()) == 0) ++removed;
  }
  return removed;
}

}  // namespace hustings::objectstore
