#pragma once

#include <cstdint>
#include <vector>

#include "base/rng.h"
#include "linkage/comparison.h"

namespace hustings::linkage {

/// Pattern -> Value, open addressing. Not for several writers at once.
template <class Value>
class PatternMap {
 public:
  PatternMap() : slots_(1U << 10) {}

  Value& operator[](Pattern pattern) {
    if ((size_ + 1) * 2 > slots_.size()) grow();
    Slot& slot = slots_[place(slots_, pattern.bits() + 1)];
    if (slot.key == 0) {
      slot.key = pattern.bits() + 1;
      ++size_;
    }
    return slot.value;
  }
  /// Null if it is not there.
  const Value* find(Pattern pattern) const {
    const Slot& slot = slots_[place(slots_, pattern.bits() + 1)];
    return slot.key == 0 ? nullptr : &slot.value;
  }
  template <class Visit>
  void each(const Visit& visit) const {
    for (const Slot& slot : slots_) {
      if (slot.key != 0) visit(Pattern(slot.key - 1), slot.value);
    }
  }
  std::size_t size() const { return size_; }

 private:
  struct Slot {
    std::uint64_t key = 0;  ///< the pattern's bits + 1; 0 is free
    Value value{};
  };
  static std::size_t place(const std::vector<Slot>& slots, std::uint64_t key) {
    const std::size_t mask = slots.size() - 1;
    std::size_t at = mix64(key) & mask;
    while (slots[at].key != 0 && slots[at].key != key)
      at = (at + 1) & mask;
    return at;
  }
  void grow() {
    std::vector<Slot> larger(slots_.size() * 2);
    for (const Slot& slot : slots_) {
      if (slot.key != 0) larger[place(larger, slot.key)] = slot;
    }
    slots_ = std::move(larger);
  }

  std::vector<Slot> slots_;
  std::size_t size_ = 0;
};

}  // namespace hustings::linkage
