#include "segments/column.h"

#include <cstring>
#include <numeric>

#include "base/error.h"

namespace hustings::segments {
namespace {

struct Frame {
  Packing packing = Packing::constant;
  std::uint32_t base = 0;
};

/// The tightest packing of values between the bounds. A base of 0 where that costs nothing: later
/// values are then more likely to fit, and sums need no correction.
Frame frame_of(std::uint32_t least, std::uint32_t most) {
  if (least == most) return {Packing::constant, least};
  for (const Packing packing : {Packing::bit, Packing::nibble, Packing::byte, Packing::word}) {
    if (most <= most_of(packing)) return {packing, 0};
    if (most - least <= most_of(packing)) {
      // In the middle of what fits, so that smaller and greater values may come.
      const std::uint32_t slack = most_of(packing) - (most - least);
      return {packing, least - std::min(least, slack / 2)};
    }
  }
  return {Packing::dword, 0};
}

template <class T>
void pack_as(std::byte* to, std::span<const std::uint32_t, kBlockRows> values, std::uint32_t base) {
  auto* out = reinterpret_cast<T*>(to);
  for (std::size_t i = 0; i < kBlockRows; ++i)
    out[i] = static_cast<T>(values[i] - base);
}

void put(std::byte* data, Packing packing, std::size_t place, std::uint32_t offset) {
  auto* bytes = reinterpret_cast<std::uint8_t*>(data);
  switch (packing) {
    case Packing::constant:
      return;
    case Packing::bit: {
      const auto bit = static_cast<std::uint8_t>(1U << (place % 8));
      std::uint8_t& byte = bytes[place / 8];
      byte = static_cast<std::uint8_t>(offset != 0 ? byte | bit : byte & ~bit);
      return;
    }
    case Packing::nibble: {
      const unsigned shift = place / 64 % 2 * 4;
      std::uint8_t& byte = bytes[place / 128 * 64 + place % 64];
      byte = static_cast<std::uint8_t>((byte & ~(15U << shift)) | (offset << shift));
      return;
    }
    case Packing::byte:
      bytes[place] = static_cast<std::uint8_t>(offset);
      return;
    case Packing::word:
      reinterpret_cast<std::uint16_t*>(data)[place] = static_cast<std::uint16_t>(offset);
      return;
    case Packing::dword:
      reinterpret_cast<std::uint32_t*>(data)[place] = offset;
      return;
  }
}

void pack_bits(std::byte* to, std::span<const std::uint32_t, kBlockRows> values,
               std::uint32_t base) {
  auto* words = reinterpret_cast<std::uint64_t*>(to);
  for (std::size_t word = 0; word < kBlockWords; ++word) {
    std::uint64_t bits = 0;
    for (std::size_t i = 0; i < 64; ++i) {
      bits |= std::uint64_t{values[word * 64 + i] - base} << i;
    }
    words[word] = bits;
  }
}

void pack_nibbles(std::byte* to, std::span<const std::uint32_t, kBlockRows> values,
                  std::uint32_t base) {
  auto* bytes = reinterpret_cast<std::uint8_t*>(to);
  for (std::size_t i = 0; i < kBlockRows; i += 128) {
    for (std::size_t j = 0; j < 64; ++j) {
      const std::uint32_t low = values[i + j] - base;
      const std::uint32_t high = values[i + 64 + j] - base;
      bytes[i / 2 + j] = static_cast<std::uint8_t>(low | (high << 4));
    }
  }
}

void pack_values(std::byte* to, Frame frame, std::span<const std::uint32_t, kBlockRows> values) {
  switch (frame.packing) {
    case Packing::constant:
      return;
    case Packing::bit:
      return pack_bits(to, values, frame.base);
    case Packing::nibble:
      return pack_nibbles(to, values, frame.base);
    case Packing::byte:
      return pack_as<std::uint8_t>(to, values, frame.base);
    case Packing::word:
      return pack_as<std::uint16_t>(to, values, frame.base);
    case Packing::dword:
      return pack_as<std::uint32_t>(to, values, frame.base);
  }
}

}  // namespace

void Column::grow(std::size_t rows) {
  if (blocks_of(rows) <= blocks()) return;
  writable().slots.resize(blocks_of(rows));
}

Column::Directory& Column::writable() {
  if (directory_ == nullptr) directory_ = std::make_shared<Directory>();
  if (directory_->born != store_->epoch()) {
    // A version shares it, unless it is new.
    directory_ = std::make_shared<Directory>(*directory_);
    directory_->born = store_->epoch();
  }
  return *directory_;
}

std::byte* Column::writable(Slot& slot) {
  auto* data = const_cast<std::byte*>(slot.block.data);
  if (data == nullptr || slot.born == store_->epoch()) return data;
  const std::size_t bytes = bytes_of(slot.block.packing);
  std::byte* copy = store_->take(lane_, bytes);
  std::memcpy(copy, data, bytes);
  store_->retire({data, bytes, slot.born});
  slot.block.data = copy;
  slot.born = store_->epoch();
  return copy;
}

void Column::pack(Slot& slot, std::span<const std::uint32_t, kBlockRows> values) {
  const auto [least, most] = std::ranges::minmax(values);
  const Frame frame = frame_of(least, most);
  std::byte* data = nullptr;
  if (frame.packing != Packing::constant) {
    data = store_->take(lane_, bytes_of(frame.packing));
    pack_values(data, frame, values);
  }
  if (slot.block.data != nullptr) {
    store_->retire(
        {const_cast<std::byte*>(slot.block.data), bytes_of(slot.block.packing), slot.born});
  }
  slot.block = {
      .data = data, .base = frame.base, .least = least, .most = most, .packing = frame.packing};
  slot.born = store_->epoch();
}

void Column::repack(Slot& slot, std::size_t place, std::uint32_t value) {
  std::array<std::uint32_t, kBlockRows> values;
  for (std::size_t i = 0; i < kBlockRows; ++i)
    values[i] = slot.block.get(i);
  values[place] = value;
  pack(slot, values);
}

bool Column::set(Row row, std::uint32_t value) {
  const std::size_t index = row / kBlockRows;
  const std::size_t place = row % kBlockRows;
  if (block(index).get(place) == value) return false;
  Slot& slot = writable().slots[index];
  Block& block = slot.block;
  if (value < block.base || value - block.base > most_of(block.packing)) {
    repack(slot, place, value);
    return true;
  }
  put(writable(slot), block.packing, place, value - block.base);
  block.least = std::min(block.least, value);
  block.most = std::max(block.most, value);
  return true;
}

void Column::set_block(std::size_t index, std::span<const std::uint32_t, kBlockRows> values) {
  pack(writable().slots[index], values);
}

void Column::read_block(std::size_t index, std::span<std::uint32_t, kBlockRows> values) const {
  const Block& from = block(index);
  for (std::size_t i = 0; i < kBlockRows; ++i)
    values[i] = from.get(i);
}

std::uint64_t Column::count() const {
  std::uint64_t total = 0;
  for (std::size_t index = 0; index < blocks(); ++index) {
    const Block& one = block(index);
    if (one.is_constant()) {
      total += one.least == 0 ? 0 : kBlockRows;
      continue;
    }
    for (std::size_t i = 0; i < kBlockRows; ++i)
      total += one.get(i) != 0 ? 1 : 0;
  }
  return total;
}

void Column::reorder(std::span<const Row> order) {
  const Column before = *this;
  // The old blocks are read while the new ones are written, so they are not given back before.
  auto fresh = std::make_shared<Directory>();
  fresh->born = store_->epoch();
  fresh->slots.resize(before.blocks());
  std::array<std::uint32_t, kBlockRows> values;
  for (std::size_t index = 0; index < fresh->slots.size(); ++index) {
    values.fill(0);
    const std::size_t first = index * kBlockRows;
    const std::size_t end = std::min(first + kBlockRows, order.size());
    for (std::size_t i = first; i < end; ++i)
      values[i - first] = before.get(order[i]);
    pack(fresh->slots[index], values);
  }
  directory_ = std::move(fresh);
  for (const Slot& slot :
       before.directory_ == nullptr ? std::vector<Slot>{} : before.directory_->slots) {
    if (slot.block.data == nullptr) continue;
    store_->retire(
        {const_cast<std::byte*>(slot.block.data), bytes_of(slot.block.packing), slot.born});
  }
}

void Column::recode(std::span<const std::uint32_t> map) {
  if (blocks() == 0) return;
  std::array<std::uint32_t, kBlockRows> values;
  for (Slot& slot : writable().slots) {
    for (std::size_t i = 0; i < kBlockRows; ++i)
      values[i] = map[slot.block.get(i)];
    pack(slot, values);
  }
}

std::size_t Column::bytes() const {
  std::size_t total = blocks() * sizeof(Slot);
  for (std::size_t index = 0; index < blocks(); ++index) {
    total += bytes_of(block(index).packing);
  }
  return total;
}

std::uint32_t Dictionary::find(std::string_view text) const {
  const auto found = codes_.find(text);
  return found == codes_.end() ? kUnknown : found->second;
}

std::uint32_t Dictionary::add(std::string_view text) {
  if (text.empty()) return kUnknown;
  if (const std::uint32_t code = find(text); code != kUnknown) return code;
  const std::uint32_t code = size();
  texts_.emplace_back(text);
  codes_.emplace(std::string(text), code);
  return code;
}

std::vector<std::uint32_t> Dictionary::sort() {
  std::vector<std::uint32_t> order(texts_.size());
  std::iota(order.begin(), order.end(), 0U);
  std::sort(order.begin() + 1, order.end(),
            [&](std::uint32_t a, std::uint32_t b) { return texts_[a] < texts_[b]; });
  std::vector<std::uint32_t> new_code(texts_.size());
  std::vector<std::string> texts(texts_.size());
  for (std::uint32_t i = 0; i < order.size(); ++i) {
    new_code[order[i]] = i;
    texts[i] = std::move(texts_[order[i]]);
    if (i > 0) codes_[texts[i]] = i;
  }
  texts_ = std::move(texts);
  return new_code;
}

Dictionary& CategoryColumn::writable() {
  if (dictionary_born_ != store_->epoch()) {
    dictionary_ = std::make_shared<Dictionary>(*dictionary_);
    dictionary_born_ = store_->epoch();
  }
  return *dictionary_;
}

void CategoryColumn::set(Row row, std::string_view text) {
  std::uint32_t code = dictionary_->find(text);
  if (code == Dictionary::kUnknown && !text.empty()) code = writable().add(text);
  codes_.set(row, code);
}

void CategoryColumn::sort_dictionary() { codes_.recode(writable().sort()); }

}  // namespace hustings::segments
