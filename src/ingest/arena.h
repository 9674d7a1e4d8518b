#pragma once

#include <cstddef>
#include <cstring>
#include <memory>
#include <string_view>
#include <vector>

namespace hustings::ingest {

/// Memory for the texts of one row: what is taken stays where it is until reset(). Grows, never
/// shrinks.
class Arena {
 public:
  char* take(std::size_t bytes) {
    if (at_ + bytes > block_bytes_) grow(bytes);
    char* out = block_ + at_;
    at_ += bytes;
    return out;
  }
  /// Gives back the end of what was last taken.
  void give_back(std::size_t bytes) { at_ -= bytes; }
  std::string_view copy(std::string_view text) {
    char* out = take(text.size());
    if (!text.empty()) std::memcpy(out, text.data(), text.size());
    return {out, text.size()};
  }
  void reset() {
    if (blocks_.size() > 1) blocks_.erase(blocks_.begin(), blocks_.end() - 1);
    at_ = 0;
  }

 private:
  void grow(std::size_t bytes) {
    block_bytes_ = bytes * 2 + 16384;
    blocks_.push_back(std::make_unique_for_overwrite<char[]>(block_bytes_));
    block_ = blocks_.back().get();
    at_ = 0;
  }
  std::vector<std::unique_ptr<char[]>> blocks_;
  char* block_ = nullptr;
  std::size_t block_bytes_ = 0;
  std::size_t at_ = 0;
};

}  // namespace hustings::ingest
