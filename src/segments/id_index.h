#pragma once

#include <cstdint>
#include <optional>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/rng.h"

namespace hustings::segments {

/// 64-bit id -> 32-bit number, where ids come in dense runs (an import draws them in a row): pages
/// of 4,096 ids, four bytes an id.
class PagedIndex {
 public:
  static constexpr std::uint32_t kNone = 0xffffffff;

  std::uint32_t find(std::int64_t id) const {
    const auto page = pages_.find(id >> kPageBits);
    return page == pages_.end() ? kNone : page->second[slot(id)];
  }
  void set(std::int64_t id, std::uint32_t value) {
    auto& page = pages_[id >> kPageBits];
    if (page.empty()) page.resize(std::size_t{1} << kPageBits, kNone);
    page[slot(id)] = value;
  }
  std::size_t bytes() const { return pages_.size() * sizeof(std::uint32_t) << kPageBits; }

 private:
  static constexpr int kPageBits = 12;
  static std::size_t slot(std::int64_t id) {
    return static_cast<std::size_t>(id & ((1 << kPageBits) - 1));
  }
  std::unordered_map<std::int64_t, std::vector<std::uint32_t>> pages_;
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
