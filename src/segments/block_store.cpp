#include "segments/block_store.h"

#include <algorithm>
#include <bit>
#include <new>
#include <sys/mman.h>
#include <utility>

#include "base/error.h"

namespace hustings::segments {
namespace {

constexpr std::size_t kSlabLeast = std::size_t{256} << 10;
constexpr std::size_t kSlabMost = std::size_t{64} << 20;
/// What a column takes at a time: a quarter of what it has.
constexpr std::size_t kLaneLeast = BlockStore::kBytesMost;
constexpr std::size_t kLaneMost = std::size_t{2} << 20;
constexpr std::size_t kHugePage = std::size_t{2} << 20;

}  // namespace

struct BlockStore::Slab {
  explicit Slab(std::size_t size)
      : bytes(size),
        data(static_cast<std::byte*>(
            ::operator new(size, std::align_val_t{size >= kHugePage ? kHugePage : 4096}))) {
    // Scans then meet 512 times fewer address translations. Only advice: no matter if refused.
    if (size >= kHugePage) madvise(data, size, MADV_HUGEPAGE);
  }
  ~Slab() {
    if (data != nullptr) {
      ::operator delete(data, std::align_val_t{bytes >= kHugePage ? kHugePage : 4096});
    }
  }
  Slab(Slab&& other) noexcept : bytes(other.bytes), data(std::exchange(other.data, nullptr)) {}
  Slab(const Slab&) = delete;
  Slab& operator=(const Slab&) = delete;
  Slab& operator=(Slab&&) = delete;

  std::size_t bytes;
  std::byte* data;
};

BlockStore::BlockStore() : slabs_(std::make_shared<std::vector<Slab>>()) {}
BlockStore::~BlockStore() = default;

std::size_t BlockStore::class_of(std::size_t bytes) {
  return static_cast<std::size_t>(std::countr_zero(bytes / kBytesLeast));
}

std::byte* BlockStore::take(Lane& lane, std::size_t bytes) {
  CHECK(std::has_single_bit(bytes) && bytes >= kBytesLeast && bytes <= kBytesMost);
  std::vector<std::byte*>& spare = spare_[class_of(bytes)];
  if (!spare.empty()) {
    std::byte* data = spare.back();
    spare.pop_back();
    return data;
  }
  if (static_cast<std::size_t>(lane.end - lane.free) < bytes) extend(lane);
  return std::exchange(lane.free, lane.free + bytes);
}

/// What is too small for the next block goes to whoever wants it.
void BlockStore::give_back_rest(std::byte* free, const std::byte* end) {
  while (free != end) {
    const std::size_t piece =
        std::min(std::bit_floor(static_cast<std::size_t>(end - free)), kBytesMost);
    give_back(free, piece);
    free += piece;
  }
}

void BlockStore::extend(Lane& lane) {
  give_back_rest(lane.free, lane.end);
  const std::size_t wanted = std::clamp(std::bit_ceil(lane.bytes / 4), kLaneLeast, kLaneMost);
  if (static_cast<std::size_t>(end_ - free_) < wanted) {
    give_back_rest(free_, end_);
    const std::size_t size = std::clamp(std::bit_ceil(bytes_ / 8), kSlabLeast, kSlabMost);
    Slab& slab = slabs_->emplace_back(std::max(size, wanted));
    bytes_ += slab.bytes;
    free_ = slab.data;
    end_ = slab.data + slab.bytes;
  }
  lane.free = std::exchange(free_, free_ + wanted);
  lane.end = lane.free + wanted;
  lane.bytes += wanted;
}

void BlockStore::give_back(std::byte* data, std::size_t bytes) {
  spare_[class_of(bytes)].push_back(data);
}

void BlockStore::retire(const Retired& block) {
  if (block.born == epoch_ || versions_.empty()) {
    give_back(block.data, block.bytes);
  } else {
    versions_.back()->retired.push_back(block);
  }
}

std::shared_ptr<const void> BlockStore::publish() {
  ++epoch_;
  auto version = std::make_shared<Version>();
  versions_.push_back(version);
  reclaim();
  struct Hold {
    std::shared_ptr<Version> version;
    std::shared_ptr<std::vector<Slab>> slabs;
    Hold(std::shared_ptr<Version> of, std::shared_ptr<std::vector<Slab>> memory)
        : version(std::move(of)), slabs(std::move(memory)) {}
    // Release: what the reader read comes before the writer's reuse of the block.
    ~Hold() { version->is_released.store(true, std::memory_order_release); }
    Hold(const Hold&) = delete;
    Hold& operator=(const Hold&) = delete;
  };
  return std::make_shared<const Hold>(std::move(version), slabs_);
}

void BlockStore::reclaim() {
  // In order: what left at a later version may still stand in an earlier one.
  while (versions_.size() > 1 && versions_.front()->is_released.load(std::memory_order_acquire)) {
    for (const Retired& block : versions_.front()->retired)
      give_back(block.data, block.bytes);
    versions_.pop_front();
  }
}

}  // namespace hustings::segments
