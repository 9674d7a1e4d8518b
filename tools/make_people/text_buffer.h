// Where rows are put together. Growing is the only branch in an append: this is the hot path.
#pragma once

#include <array>
#include <charconv>
#include <cstdint>
#include <cstring>
#include <memory>
#include <string_view>

namespace hustings::people {

class TextBuffer {
 public:
  void append(std::string_view text) {
    if (text.empty()) return;  // its data may be null, which memcpy forbids
    if (size_ + text.size() > capacity_) grow(text.size());
    std::memcpy(data_.get() + size_, text.data(), text.size());
    size_ += text.size();
  }
  void push(char c) {
    if (size_ == capacity_) grow(1);
    data_[size_++] = c;
  }
  void blanks(std::size_t count) {
    if (size_ + count > capacity_) grow(count);
    std::memset(data_.get() + size_, ' ', count);
    size_ += count;
  }
  void number(std::uint64_t value) {
    std::array<char, 20> digits;
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
    append({digits.data(), static_cast<std::size_t>(end - digits.data())});
  }
  // Exactly width digits, with leading zeros.
  void digits(std::uint64_t value, std::size_t width) {
    if (size_ + width > capacity_) grow(width);
    for (std::size_t at = width; at > 0; --at, value /= 10) {
      data_[size_ + at - 1] = static_cast<char>('0' + value % 10);
    }
    size_ += width;
  }

  std::string_view view() const { return {data_.get(), size_}; }
  std::size_t size() const { return size_; }
  void clear() { size_ = 0; }

 private:
  void grow(std::size_t more) {
    const std::size_t capacity = (size_ + more) * 2 + 4096;
    auto data = std::make_unique_for_overwrite<char[]>(capacity);
    if (size_ > 0) std::memcpy(data.get(), data_.get(), size_);
    data_ = std::move(data);
    capacity_ = capacity;
  }

  std::unique_ptr<char[]> data_;
  std::size_t size_ = 0;
  std::size_t capacity_ = 0;
};

// A short text kept in place; what does not fit is cut, as the state's own columns do.
template <std::size_t N>
class ShortText {
 public:
  ShortText() = default;
  explicit ShortText(std::string_view text) { append(text); }

  void append(std::string_view text) {
    if (text.empty()) return;
    const std::size_t count = text.size() < N - size_ ? text.size() : N - size_;
    std::memcpy(data_.data() + size_, text.data(), count);
    size_ = static_cast<std::uint8_t>(size_ + count);
  }
  void push(char c) { append({&c, 1}); }
  void number(std::uint64_t value) {
    std::array<char, 20> digits;
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
    append({digits.data(), static_cast<std::size_t>(end - digits.data())});
  }
  void clear() { size_ = 0; }

  std::string_view view() const { return {data_.data(), size_}; }
  std::size_t size() const { return size_; }
  bool empty() const { return size_ == 0; }
  char& operator[](std::size_t at) { return data_[at]; }

 private:
  static_assert(N < 256);
  std::array<char, N> data_;
  std::uint8_t size_ = 0;
};

}  // namespace hustings::people
