#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <span>
#include <vector>

namespace hustings::segments {

/// The memory of the columns' blocks, and when a block may be used again.
///
/// One writer takes blocks, fills them and publishes: what was taken up to then is never written
/// again. To change it, the writer takes a new block, and retires the old one, which is given out
/// again once no reader holds a version in which it stands. Readers only hold and release versions
/// and never wait. All methods are the writer's; a version may be released by any thread.
class BlockStore {
 public:
  static constexpr std::size_t kBytesLeast = 512;
  static constexpr std::size_t kBytesMost = 16'384;

  BlockStore();
  ~BlockStore();
  BlockStore(const BlockStore&) = delete;
  BlockStore& operator=(const BlockStore&) = delete;

  /// The piece of memory from which one column takes its blocks, so that they lie one behind the
  /// other and a scan runs through them as one stream.
  struct Lane {
    std::byte* free = nullptr;
    std::byte* end = nullptr;
    std::size_t bytes = 0;  ///< that it was given so far
  };
  /// `bytes` is a power of two between the bounds; aligned to 64 bytes, not cleared.
  std::byte* take(Lane& lane, std::size_t bytes);
  /// A block that the next version has no more. `born` is the epoch in which it was taken.
  struct Retired {
    std::byte* data;
    std::size_t bytes;
    std::uint64_t born;
  };
  void retire(const Retired& block);

  /// Blocks that were taken in this epoch are not in any version yet: they may be written.
  std::uint64_t epoch() const { return epoch_; }
  /// Ends the epoch. As long as the answer lives, every block that stood at this moment stays.
  std::shared_ptr<const void> publish();
  /// What was taken from the system.
  std::size_t bytes() const { return bytes_; }

 private:
  struct Slab;
  struct Version {
    std::atomic<bool> is_released{false};
    std::vector<Retired> retired;  ///< stood in this version, not in the next
  };
  void reclaim();
  void give_back(std::byte* data, std::size_t bytes);
  void give_back_rest(std::byte* free, const std::byte* end);
  void extend(Lane& lane);

  static constexpr std::size_t kClasses = 6;  ///< 512, 1,024 … 16,384
  static std::size_t class_of(std::size_t bytes);

  std::shared_ptr<std::vector<Slab>> slabs_;  ///< shared: a version may outlive the store
  std::byte* free_ = nullptr;                 ///< the unused end of the newest slab
  std::byte* end_ = nullptr;
  std::size_t bytes_ = 0;
  std::array<std::vector<std::byte*>, kClasses> spare_;
  std::uint64_t epoch_ = 1;
  std::deque<std::shared_ptr<Version>> versions_;  ///< oldest first, that may still be read
};

}  // namespace hustings::segments
