#include "objectstore/zstd_stream.h"

#include <utility>

#include <fmt/format.h>
#include <zstd.h>

#include "base/text.h"

namespace hustings::objectstore {
namespace {

/// An error of the library itself, not of the data: a wrong level, no memory.
std::size_t must(std::size_t result) {
  if (ZSTD_isError(result)) {
    throw Failure(fmt::format("Compressing failed: {}.", ZSTD_getErrorName(result)));
  }
  return result;
}

}  // namespace

void ZstdWriter::FreeContext::operator()(ZSTD_CCtx_s* context) const { ZSTD_freeCCtx(context); }
void ZstdReader::FreeContext::operator()(ZSTD_DCtx_s* context) const { ZSTD_freeDCtx(context); }

ZstdWriter::ZstdWriter(std::unique_ptr<Writer> inner, int level)
    : inner_(std::move(inner)), context_(ZSTD_createCCtx()), room_(ZSTD_CStreamOutSize()) {
  CHECK(context_ != nullptr);
  must(ZSTD_CCtx_setParameter(context_.get(), ZSTD_c_compressionLevel, level));
  must(ZSTD_CCtx_setParameter(context_.get(), ZSTD_c_checksumFlag, 1));
}

ZstdWriter::~ZstdWriter() = default;

void ZstdWriter::write(std::string_view plain) {
  plain_hash_.add(plain);
  plain_bytes_ += plain.size();
  compress(plain, false);
}

void ZstdWriter::compress(std::string_view plain, bool is_end) {
  ZSTD_inBuffer in{plain.data(), plain.size(), 0};
  for (;;) {
    ZSTD_outBuffer out{room_.data(), room_.size(), 0};
    const std::size_t left = must(
        ZSTD_compressStream2(context_.get(), &out, &in, is_end ? ZSTD_e_end : ZSTD_e_continue));
    const std::string_view stored(room_.data(), out.pos);
    if (!stored.empty()) {
      stored_hash_.add(stored);
      stored_bytes_ += stored.size();
      inner_->write(stored);
    }
    if (is_end ? left == 0 : in.pos == in.size) return;
  }
}

Result<ZstdExtents> ZstdWriter::commit() {
  compress({}, true);
  TRY(inner_->commit());
  return ZstdExtents{{plain_bytes_, to_hex(plain_hash_.finish())},
                     {stored_bytes_, to_hex(stored_hash_.finish())}};
}

ZstdReader::ZstdReader(std::unique_ptr<Reader> inner, std::string name)
    : inner_(std::move(inner)),
      name_(std::move(name)),
      context_(ZSTD_createDCtx()),
      stored_(ZSTD_DStreamInSize()) {
  CHECK(context_ != nullptr);
}

ZstdReader::~ZstdReader() = default;

bool ZstdReader::refill() {
  stored_at_ = 0;
  stored_size_ = inner_->read(stored_);
  const std::string_view stored(stored_.data(), stored_size_);
  stored_hash_.add(stored);
  stored_bytes_ += stored.size();
  return stored_size_ > 0;
}

Result<std::size_t> ZstdReader::read(std::span<char> room) {
  ZSTD_outBuffer out{room.data(), room.size(), 0};
  while (out.pos == 0) {
    const bool has_stored = stored_at_ < stored_size_ || refill();
    if (!has_stored && is_frame_done_) break;
    if (has_stored && is_frame_done_)
      return invalid("There is more in the file than one zstd frame.", name_);
    ZSTD_inBuffer in{stored_.data(), stored_size_, stored_at_};
    const std::size_t left = ZSTD_decompressStream(context_.get(), &out, &in);
    if (ZSTD_isError(left)) {
      return invalid(
          fmt::format("The file is damaged or no zstd file ({}).", ZSTD_getErrorName(left)), name_);
    }
    stored_at_ = in.pos;
    is_frame_done_ = left == 0;
    // Without more input the library may still have output to give; then it is not the end yet.
    if (!has_stored && !is_frame_done_ && out.pos == 0) {
      return invalid("The file is cut short.", name_);
    }
  }
  plain_hash_.add({room.data(), out.pos});
  plain_bytes_ += out.pos;
  return out.pos;
}

ZstdExtents ZstdReader::extents() {
  return {{plain_bytes_, to_hex(plain_hash_.finish())},
          {stored_bytes_, to_hex(stored_hash_.finish())}};
}

}  // namespace hustings::objectstore
