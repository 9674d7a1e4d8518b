#include "ingest/raw_load.h"

#include <memory>

#include <zstd.h>

#include "base/error.h"
#include "ingest/sql.h"

namespace hustings::ingest {
namespace {

using registry::CopyBuffer;

/// A seventh of the text at 700 MB/s; the faster levels write more than they save.
constexpr int kLevel = 1;
constexpr std::size_t kPieceBytesMax = std::size_t{1} << 30;

}  // namespace

RawLoad::RawLoad(const pg::ConnectOptions& options)
    : connection_(options), transaction_(connection_) {
  copy_.emplace(connection_.copy_in(sql::kRawCopy));
  copy_->write(CopyBuffer::kHeader);
}

void RawLoad::append_raw(const Piece& piece, std::string_view lines, CopyBuffer& out) {
  thread_local const std::unique_ptr<ZSTD_CCtx, decltype(&ZSTD_freeCCtx)> kContext(
      ZSTD_createCCtx(), &ZSTD_freeCCtx);
  out.row(5);
  out.int64(piece.import.value());
  out.int32(static_cast<std::int32_t>(piece.chunk));
  out.int64(piece.first_line);
  out.int32(static_cast<std::int32_t>(piece.lines));
  const std::size_t most = ZSTD_compressBound(lines.size());
  char* const into = out.begin_text(most);
  const std::size_t size =
      ZSTD_compressCCtx(kContext.get(), into, most, lines.data(), lines.size(), kLevel);
  CHECK(ZSTD_isError(size) == 0);
  out.finish_text(size);
}

void RawLoad::write(std::string_view rows) { copy_->write(rows); }

void RawLoad::finish() {
  copy_->write(CopyBuffer::kTrailer);
  copy_->finish();
  copy_.reset();
  transaction_.commit();
}

void write_rejects(pg::Connection& connection, ImportId import,
                   const std::vector<Reject>& rejects) {
  if (rejects.empty()) return;
  auto copy = connection.copy_in(sql::kRejectCopy);
  copy.write(CopyBuffer::kHeader);
  CopyBuffer rows;
  for (const Reject& reject : rejects) {
    rows.clear();
    rows.row(6);
    rows.int64(import.value());
    rows.int64(reject.line);
    rows.int64(reject.byte_offset);
    rows.text_or_null(reject.column.value_or(""));
    rows.text(reject.reason);
    rows.text(reject.raw);
    copy.write(rows.view());
  }
  copy.write(CopyBuffer::kTrailer);
  copy.finish();
}

std::string_view nth_line(std::string_view lines, std::int64_t place) {
  for (; place > 0; --place) {
    const auto end = lines.find('\n');
    if (end == std::string_view::npos) return "";
    lines.remove_prefix(end + 1);
  }
  lines = lines.substr(0, lines.find('\n'));
  if (lines.ends_with('\r')) lines.remove_suffix(1);
  return lines;
}

std::string raw_lines(std::string_view compressed) {
  const auto size = ZSTD_getFrameContentSize(compressed.data(), compressed.size());
  if (size == ZSTD_CONTENTSIZE_ERROR || size == ZSTD_CONTENTSIZE_UNKNOWN || size > kPieceBytesMax) {
    throw Failure("A kept piece of an import is damaged.");
  }
  std::string lines(size, '\0');
  const std::size_t got =
      ZSTD_decompress(lines.data(), lines.size(), compressed.data(), compressed.size());
  if (ZSTD_isError(got) != 0 || got != size) throw Failure("A kept piece of an import is damaged.");
  return lines;
}

std::string raw_line(std::string_view compressed, std::int64_t place) {
  return std::string(nth_line(raw_lines(compressed), place));
}

std::string compressed_lines(std::string_view lines) {
  std::string out(ZSTD_compressBound(lines.size()), '\0');
  const std::size_t size =
      ZSTD_compress(out.data(), out.size(), lines.data(), lines.size(), kLevel);
  CHECK(ZSTD_isError(size) == 0);
  out.resize(size);
  return out;
}

}  // namespace hustings::ingest
