#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/digest.h"
#include "base/error.h"
#include "objectstore/store.h"

struct ZSTD_CCtx_s;
struct ZSTD_DCtx_s;

/// Objects that are compressed on the way in and out (RFC 8878, one frame an object), with the
/// SHA-256 of both sides taken as the bytes pass.
namespace hustings::objectstore {

struct Extent {
  std::uint64_t bytes = 0;
  std::string sha256;  ///< 64 hexadecimal digits

  friend bool operator==(const Extent&, const Extent&) = default;
};
struct ZstdExtents {
  Extent plain;
  Extent stored;

  friend bool operator==(const ZstdExtents&, const ZstdExtents&) = default;
};

class ZstdWriter {
 public:
  /// level: 1 to 19, as the zstd program counts them.
  ZstdWriter(std::unique_ptr<Writer> inner, int level);
  ~ZstdWriter();

  void write(std::string_view plain);
  std::uint64_t plain_bytes() const { return plain_bytes_; }
  /// Ends the frame and commits the object. Call once.
  Result<ZstdExtents> commit();

 private:
  void compress(std::string_view plain, bool is_end);

  struct FreeContext {
    void operator()(ZSTD_CCtx_s* context) const;
  };
  std::unique_ptr<Writer> inner_;
  std::unique_ptr<ZSTD_CCtx_s, FreeContext> context_;
  std::vector<char> room_;
  Sha256 plain_hash_;
  Sha256 stored_hash_;
  std::uint64_t plain_bytes_ = 0;
  std::uint64_t stored_bytes_ = 0;
};

class ZstdReader {
 public:
  /// `name` stands in errors for the object.
  ZstdReader(std::unique_ptr<Reader> inner, std::string name);
  ~ZstdReader();

  /// Fills part of `room`; how many bytes, 0 at the end. invalid when the object is not a zstd
  /// frame, is damaged or cut short. What was read before an error, or before the extents have been
  /// compared, is not to be trusted.
  Result<std::size_t> read(std::span<char> room);
  /// What has passed; whole once read() has given 0. Call once.
  ZstdExtents extents();

 private:
  bool refill();

  struct FreeContext {
    void operator()(ZSTD_DCtx_s* context) const;
  };
  std::unique_ptr<Reader> inner_;
  std::string name_;
  std::unique_ptr<ZSTD_DCtx_s, FreeContext> context_;
  std::vector<char> stored_;
  std::size_t stored_at_ = 0;
  std::size_t stored_size_ = 0;
  bool is_frame_done_ = false;
  Sha256 plain_hash_;
  Sha256 stored_hash_;
  std::uint64_t plain_bytes_ = 0;
  std::uint64_t stored_bytes_ = 0;
};

}  // namespace hustings::objectstore
