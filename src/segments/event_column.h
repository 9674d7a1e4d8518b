#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <memory>
#include <numeric>
#include <utility>
#include <vector>

#include "segments/bitmap.h"
#include "segments/block_store.h"

namespace hustings::segments {

/// Any number of events a row, by blocks of rows. Those of one row stand in the order in which they
/// came. Event has `place`, its row's place in the block, and `seconds()`.
///
/// Copies share everything; only the one that the store's writer holds may be added to. What a
/// published version holds is never written again: adding to it copies the block's short tail.
template <class Event>
class EventColumn {
 public:
  EventColumn() = default;
  explicit EventColumn(BlockStore& store) : store_(&store) {}

  /// Must hold as many blocks as there are before events of their rows are added.
  void grow(std::size_t blocks) {
    if (blocks <= blocks_) return;
    blocks_ = blocks;
    Directory& directory = writable();
    while (directory.pages.size() * kPageBlocks < blocks) {
      directory.pages.push_back(std::make_shared<Page>());
      directory.pages.back()->born = store_->epoch();
    }
  }

  void add(Row row, Event event) {
    event.place = static_cast<std::uint16_t>(row % kBlockRows);
    Block& block = writable_block(row / kBlockRows);
    block.latest = std::max(block.latest, event.seconds());
    block.tail.push_back(event);
    ++events_;
    if (block.tail.size() < std::max(kTailMin, block.settled_size() / kTailShare)) return;
    auto settled = std::make_shared<std::vector<Event>>();
    settled->reserve(block.settled_size() + block.tail.size());
    // By place, so that one row's are found at once; a row's own stay in their order.
    std::vector<std::size_t> order(block.tail.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::sort(order, {}, [&](std::size_t i) { return std::pair(block.tail[i].place, i); });
    std::vector<Event> sorted;
    sorted.reserve(order.size());
    for (const std::size_t i : order)
      sorted.push_back(block.tail[i]);
    static const std::vector<Event> kNone;
    std::ranges::merge(block.settled == nullptr ? kNone : *block.settled, sorted,
                       std::back_inserter(*settled), {}, &Event::place, &Event::place);
    block.settled = std::move(settled);
    block.tail.clear();
  }

  /// All events of the row go.
  void remove(Row row) {
    const auto place = static_cast<std::uint16_t>(row % kBlockRows);
    bool has_any = false;
    for_each_of(row, [&](const Event&) { has_any = true; });
    if (!has_any) return;
    Block& block = writable_block(row / kBlockRows);
    const std::size_t before = block.settled_size() + block.tail.size();
    const auto is_of_row = [&](const Event& event) { return event.place == place; };
    std::erase_if(block.tail, is_of_row);
    if (block.settled != nullptr) {
      auto settled = std::make_shared<std::vector<Event>>(*block.settled);
      std::erase_if(*settled, is_of_row);
      block.settled = std::move(settled);
    }
    events_ -= before - (block.settled_size() + block.tail.size());
  }

  /// They become events of another row, after those that it has.
  void move(Row from, Row to) {
    std::vector<Event> events;
    for_each_of(from, [&](const Event& event) { events.push_back(event); });
    remove(from);
    for (const Event& event : events)
      add(to, event);
  }

  /// The time of the block's latest event, or a later one; 0 for none.
  std::int64_t latest(std::size_t index) const {
    const Block* block = find(index);
    return block == nullptr ? 0 : block->latest;
  }
  template <class Use>
  void for_each(std::size_t index, const Use& use) const {
    const Block* block = find(index);
    if (block == nullptr) return;
    if (block->settled != nullptr) {
      for (const Event& event : *block->settled)
        use(event);
    }
    for (const Event& event : block->tail)
      use(event);
  }
  /// Only those of one row, in the order in which they came.
  template <class Use>
  void for_each_of(Row row, const Use& use) const {
    const Block* block = find(row / kBlockRows);
    if (block == nullptr) return;
    const auto place = static_cast<std::uint16_t>(row % kBlockRows);
    if (block->settled != nullptr) {
      for (const Event& event : std::ranges::equal_range(*block->settled, place, {}, &Event::place))
        use(event);
    }
    for (const Event& event : block->tail) {
      if (event.place == place) use(event);
    }
  }
  std::size_t size() const { return events_; }
  std::size_t bytes() const { return events_ * sizeof(Event) + blocks_ * sizeof(void*); }

 private:
  static constexpr std::size_t kPageBlocks = 64;
  static constexpr std::size_t kTailMin = 64;
  static constexpr std::size_t kTailShare = 16;

  struct Block {
    std::uint64_t born = 0;
    std::int64_t latest = 0;
    std::shared_ptr<const std::vector<Event>> settled;  ///< shared by the versions of the block
    std::vector<Event> tail;
    std::size_t settled_size() const { return settled == nullptr ? 0 : settled->size(); }
  };
  struct Page {
    std::uint64_t born = 0;
    std::array<std::shared_ptr<Block>, kPageBlocks> blocks;
  };
  struct Directory {
    std::uint64_t born = 0;
    std::vector<std::shared_ptr<Page>> pages;
  };

  const Block* find(std::size_t index) const {
    if (directory_ == nullptr || index / kPageBlocks >= directory_->pages.size()) return nullptr;
    return directory_->pages[index / kPageBlocks]->blocks[index % kPageBlocks].get();
  }
  /// What was made in this epoch is in no version yet; anything else is copied first.
  template <class T>
  T& writable(std::shared_ptr<T>& shared) {
    if (shared == nullptr) {
      shared = std::make_shared<T>();
    } else if (shared->born != store_->epoch()) {
      shared = std::make_shared<T>(*shared);
    }
    shared->born = store_->epoch();
    return *shared;
  }
  Directory& writable() { return writable(directory_); }
  Block& writable_block(std::size_t index) {
    Page& page = writable(writable().pages[index / kPageBlocks]);
    return writable(page.blocks[index % kPageBlocks]);
  }

  BlockStore* store_ = nullptr;
  std::shared_ptr<Directory> directory_;
  std::size_t blocks_ = 0;
  std::size_t events_ = 0;
};

}  // namespace hustings::segments
