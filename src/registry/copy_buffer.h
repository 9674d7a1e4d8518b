#pragma once

#include <bit>
#include <cstdint>
#include <cstring>
#include <memory>
#include <string_view>

namespace hustings::registry {

/// Rows in PostgreSQL's binary COPY format. A stream of them begins with kHeader and ends with
/// kTrailer. Grows, never shrinks: clear() keeps the memory for the next rows.
class CopyBuffer {
 public:
  static constexpr std::string_view kHeader{"PGCOPY\n\377\r\n\0\0\0\0\0\0\0\0\0", 19};
  static constexpr std::string_view kTrailer{"\377\377", 2};
  static constexpr std::int32_t kPostgresEpochDays = 10'957;  ///< 2000-01-01, since 1970-01-01

  void row(std::int16_t fields) { put_int(fields); }
  void null() { put_int(std::int32_t{-1}); }
  void int16(std::int16_t value) { put_sized(value); }
  void int32(std::int32_t value) { put_sized(value); }
  void int64(std::int64_t value) { put_sized(value); }
  void boolean(bool value) { put_sized(static_cast<std::int8_t>(value ? 1 : 0)); }
  /// Days since 1970-01-01.
  void date(std::int32_t days) { put_sized(days - kPostgresEpochDays); }
  void text(std::string_view value) {
    put_int(static_cast<std::int32_t>(value.size()));
    raw(value);
  }
  /// A text, or null if it is empty.
  void text_or_null(std::string_view value) { value.empty() ? null() : text(value); }
  /// A JSON text for a jsonb column.
  void json(std::string_view value) {
    put_int(static_cast<std::int32_t>(value.size() + 1));
    put_int(std::int8_t{1});  // the version of the format
    raw(value);
  }
  /// Bytes that are already encoded: a part of a row that was written elsewhere.
  void raw(std::string_view bytes) {
    make_room(bytes.size());
    std::memcpy(data_.get() + size_, bytes.data(), bytes.size());
    size_ += bytes.size();
  }

  /// For texts of unknown length that are written byte by byte: room for `most` bytes behind a
  /// length; finish_text() then says how many there are. Returns where to write.
  char* begin_text(std::size_t most) {
    make_room(most + 4);
    return data_.get() + size_ + 4;
  }
  void finish_text(std::size_t length) {
    put_int(static_cast<std::int32_t>(length));
    size_ += length;
  }

  std::size_t size() const { return size_; }
  bool empty() const { return size_ == 0; }
  std::string_view view() const { return {data_.get(), size_}; }
  void clear() { size_ = 0; }
  /// Takes back what was written after size() was `size`.
  void cut(std::size_t size) { size_ = size; }

 private:
  template <class T>
  void put_int(T value) {
    make_room(sizeof value);
    if constexpr (sizeof value > 1 && std::endian::native == std::endian::little) {
      value = std::byteswap(value);
    }
    std::memcpy(data_.get() + size_, &value, sizeof value);
    size_ += sizeof value;
  }
  template <class T>
  void put_sized(T value) {
    put_int(static_cast<std::int32_t>(sizeof value));
    put_int(value);
  }
  void make_room(std::size_t bytes) {
    if (size_ + bytes > capacity_) grow(bytes);
  }
  void grow(std::size_t bytes) {
    const std::size_t capacity = (size_ + bytes) * 2 + 4096;
    auto larger = std::make_unique_for_overwrite<char[]>(capacity);
    if (size_ > 0) std::memcpy(larger.get(), data_.get(), size_);
    data_ = std::move(larger);
    capacity_ = capacity;
  }

  std::unique_ptr<char[]> data_;
  std::size_t size_ = 0;
  std::size_t capacity_ = 0;
};

}  // namespace hustings::registry
