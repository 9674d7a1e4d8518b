#include "ingest/text_stream.h"

#include <algorithm>
#include <archive.h>
#include <archive_entry.h>
#include <array>
#include <cerrno>
#include <string_view>
#include <utility>

#include <fmt/format.h>

namespace hustings::ingest {
namespace {

constexpr std::size_t kBlock = 128 << 10;
/// Voter files pack to a fifth or a thirtieth. What unpacks to more than this many times its size
/// is made to fill disks; small files may be anything.
constexpr std::int64_t kTimesMax = 200;
constexpr std::int64_t kUnpackedAlways = std::int64_t{64} << 20;

class PlainStream final : public TextStream {
 public:
  explicit PlainStream(InputFile& file) : file_(file) {}
  Result<std::size_t> read(char* into, std::size_t size) override {
    const std::size_t got = file_.read(at_, into, size);
    at_ += static_cast<std::int64_t>(got);
    file_.done_up_to(at_);
    return got;
  }

 private:
  InputFile& file_;
  std::int64_t at_ = 0;
};

/// libarchive over an InputFile.
class Archive {
 public:
  Archive(InputFile& file, Packing packing) : file_(file), packing_(packing) {}
  ~Archive() { archive_read_free(archive_); }
  Archive(const Archive&) = delete;
  Archive& operator=(const Archive&) = delete;

  Status open() {
    if (packing_ == Packing::zip) {
      archive_read_support_format_zip_seekable(archive_);
    } else {
      archive_read_support_format_raw(archive_);
      packing_ == Packing::gzip ? archive_read_support_filter_gzip(archive_)
                                : archive_read_support_filter_zstd(archive_);
    }
    archive_read_set_read_callback(archive_, &Archive::on_read);
    archive_read_set_seek_callback(archive_, &Archive::on_seek);
    archive_read_set_skip_callback(archive_, &Archive::on_skip);
    archive_read_set_callback_data(archive_, this);
    if (archive_read_open1(archive_) != ARCHIVE_OK) return damaged();
    return {};
  }
  /// The next file inside; null at the end.
  Result<archive_entry*> next() {
    archive_entry* entry = nullptr;
    const int code = archive_read_next_header(archive_, &entry);
    if (code == ARCHIVE_EOF) return static_cast<archive_entry*>(nullptr);
    if (code < ARCHIVE_WARN) return damaged();
    return entry;
  }
  Result<std::size_t> read(char* into, std::size_t size) {
    const la_ssize_t got = archive_read_data(archive_, into, size);
    if (got < 0) return damaged();
    unpacked_ += got;
    if (unpacked_ > kUnpackedAlways && unpacked_ > kTimesMax * at_) {
      return refuse(ErrorCode::over_limit,
                    fmt::format("The archive unpacks to over {} times its size, as no voter file "
                                "does. If it is right, unpack it, then import what is inside.",
                                kTimesMax),
                    file_.path().string());
    }
    file_.done_up_to(at_);
    if (got == 0) file_.done_up_to(packing_ == Packing::zip ? at_ : file_.bytes());
    return static_cast<std::size_t>(got);
  }

 private:
  static la_ssize_t on_read(archive*, void* self, const void** buffer) {
    auto& our = *static_cast<Archive*>(self);
    try {
      const std::size_t got = our.file_.read(our.at_, our.buffer_.data(), our.buffer_.size());
      our.at_ += static_cast<std::int64_t>(got);
      *buffer = our.buffer_.data();
      return static_cast<la_ssize_t>(got);
    } catch (const Failure& failure) {
      archive_set_error(our.archive_, EIO, "%s", failure.what());
      return ARCHIVE_FATAL;
    }
  }
  static la_int64_t on_seek(archive*, void* self, la_int64_t offset, int whence) {
    auto& our = *static_cast<Archive*>(self);
    our.at_ = offset + (whence == SEEK_SET ? 0 : whence == SEEK_CUR ? our.at_ : our.file_.bytes());
    return our.at_;
  }
  static la_int64_t on_skip(archive*, void* self, la_int64_t request) {
    auto& our = *static_cast<Archive*>(self);
    const std::int64_t skipped = std::min<std::int64_t>(request, our.file_.bytes() - our.at_);
    our.at_ += skipped;
    return skipped;
  }
  std::unexpected<Error> damaged() const {
    const char* said = archive_error_string(archive_);
    const std::string_view why = said == nullptr ? "" : said;
    const bool locked = why.find("ncrypt") != std::string_view::npos ||
                        why.find("assphrase") != std::string_view::npos;
    if (locked) {
      return invalid(
          "The archive is locked with a password. Unpack it, then import what is inside.",
          file_.path().string());
    }
    return invalid(fmt::format("The archive is damaged or was cut off ({}). Download it again.",
                               why.empty() ? "no more is known" : why),
                   file_.path().string());
  }

  InputFile& file_;
  const Packing packing_;
  archive* archive_ = archive_read_new();
  std::int64_t at_ = 0;
  std::int64_t unpacked_ = 0;
  std::array<char, kBlock> buffer_{};
};

class PackedStream final : public TextStream {
 public:
  PackedStream(InputFile& file, Packing packing)
      : archive_(std::make_unique<Archive>(file, packing)) {}

  Status find(const std::string& member, const std::string& file) {
    TRY(archive_->open());
    while (archive_entry* entry = TRY(archive_->next())) {
      const char* name = archive_entry_pathname(entry);
      if (member.empty() || (name != nullptr && member == name)) return {};
    }
    return invalid("The archive holds nothing.", file);
  }
  Result<std::size_t> read(char* into, std::size_t size) override {
    return archive_->read(into, size);
  }

 private:
  std::unique_ptr<Archive> archive_;
};

}  // namespace

Packing packing_of(InputFile& file) {
  std::array<char, 4> bytes{};
  const std::size_t got = file.read(0, bytes.data(), bytes.size());
  const std::string_view begin(bytes.data(), got);
  if (begin.starts_with("PK\x03\x04")) return Packing::zip;
  if (begin.starts_with("\x1f\x8b")) return Packing::gzip;
  if (begin.starts_with("\x28\xb5\x2f\xfd")) return Packing::zstd;
  return Packing::plain;
}

Result<std::vector<std::string>> members_of(InputFile& file) {
  Archive archive(file, Packing::zip);
  TRY(archive.open());
  std::vector<std::string> out;
  while (archive_entry* entry = TRY(archive.next())) {
    const char* name = archive_entry_pathname(entry);
    if (archive_entry_filetype(entry) == AE_IFREG && name != nullptr) out.emplace_back(name);
  }
  return out;
}

Result<std::unique_ptr<TextStream>> open_text(InputFile& file, const std::string& member) {
  const Packing packing = packing_of(file);
  if (packing == Packing::plain) return std::unique_ptr<TextStream>(new PlainStream(file));
  auto stream = std::make_unique<PackedStream>(file, packing);
  TRY(stream->find(member, file.path().string()));
  return std::unique_ptr<TextStream>(std::move(stream));
}

}  // namespace hustings::ingest
