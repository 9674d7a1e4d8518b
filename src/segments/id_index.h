#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/rng.h"

namespace hustings::segments {

/// 64-bit id -> 32-bit number, where ids come in dense runs (an import draws them in a row): pages
/// of 4,096 ids, four bytes an id. Copies share the pages; a page that is older than the writer's
/// epoch (block_store.h) is copied before it is changed.
class PagedIndex {
 public:
  static constexpr std::uint32_t kNone = 0xffffffff;

  std::uint32_t find(std::int64_t id) const {
    if (pages_ == nullptr) return kNone;
    const auto page = pages_->by_number.find(id >> kPageBits);
    return page == pages_->by_number.end() ? kNone : page->second->numbers[slot(id)];
  }
  void set(std::int64_t id, std::uint32_t value, std::uint64_t epoch) {
    if (pages_ == nullptr || pages_->born != epoch) {
      pages_ = pages_ == nullptr ? std::make_shared<Pages>() : std::make_shared<Pages>(*pages_);
      pages_->born = epoch;
    }
    std::shared_ptr<Page>& page = pages_->by_number[id >> kPageBits];
    if (page == nullptr) {
      page = std::make_shared<Page>();
      page->numbers.fill(kNone);
      page->born = epoch;
    } else if (page->born != epoch) {
      page = std::make_shared<Page>(*page);
      page->born = epoch;
    }
    page->numbers[slot(id)] = value;
  }
  std::size_t bytes() const {
    return pages_ == nullptr ? 0 : pages_->by_number.size() * sizeof(Page);
  }

 private:
  static constexpr int kPageBits = 12;
  struct Page {
    std::uint64_t born = 0;
    std::array<std::uint32_t, std::size_t{1} << kPageBits> numbers;
  };
  struct Pages {
    std::uint64_t born = 0;
    std::unordered_map<std::int64_t, std::shared_ptr<Page>> by_number;  ///< shared by the copies
  };
  static std::size_t slot(std::int64_t id) {
    return static_cast<std::size_t>(id & ((1 << kPageBits) - 1));
  }
  std::shared_ptr<Pages> pages_;  ///< shared by the copies
};

/// 64-bit id -> 32-bit number, where ids are scattered: one flat table, open addressing, at most
/// half full. Never forgets an id.
class HashIndex {
 public:
  static constexpr std::uint32_t kNone = 0xffffffff;

  HashIndex() : slots_(16) {}
  std::uint32_t find(std::int64_t id) const { return slots_[place(slots_, id)].value; }
  void set(std::int64_t id, std::uint32_t value) {
    Slot& slot = slots_[place(slots_, id)];
    if (slot.value == kNone && ++used_ * 2 > slots_.size()) {
      std::vector<Slot> larger(slots_.size() * 2);
      for (const Slot& old : slots_) {
        if (old.value != kNone) larger[place(larger, old.id)] = old;
      }
      slots_ = std::move(larger);
      slots_[place(slots_, id)] = {id, value};
      return;
    }
    slot = {id, value};
  }
  std::size_t bytes() const { return slots_.size() * sizeof(Slot); }

 private:
  struct Slot {
    std::int64_t id = 0;
    std::uint32_t value = kNone;
  };
  static std::size_t place(const std::vector<Slot>& slots, std::int64_t id) {
    std::size_t at = mix64(static_cast<std::uint64_t>(id)) & (slots.size() - 1);
    while (slots[at].value != kNone && slots[at].id != id)
      at = (at + 1) & (slots.size() - 1);
    return at;
  }
  std::vector<Slot> slots_;
  std::size_t used_ = 0;
};

}  // namespace hustings::segments
