#include "registry/home_set.h"

#include <cstring>

#include <roaring/roaring.hh>

#include "base/error.h"

namespace hustings::registry {
namespace {

std::uint32_t high_of(std::int64_t home) {
  return static_cast<std::uint32_t>(static_cast<std::uint64_t>(home) >> 32);
}
std::uint32_t low_of(std::int64_t home) { return static_cast<std::uint32_t>(home); }

[[noreturn]] void damaged() { throw Failure("The kept presence of an import is damaged."); }

template <class T>
T take(std::string_view& bytes) {
  T value{};
  if (bytes.size() < sizeof value) damaged();
  std::memcpy(&value, bytes.data(), sizeof value);
  bytes.remove_prefix(sizeof value);
  return value;
}

template <class T>
void put(std::string& out, T value) {
  out.append(reinterpret_cast<const char*>(&value), sizeof value);
}

}  // namespace

struct HomeSet::Part {
  Roaring homes;
};

HomeSet::HomeSet() = default;
HomeSet::~HomeSet() = default;
HomeSet::HomeSet(HomeSet&& other) noexcept = default;
HomeSet& HomeSet::operator=(HomeSet&& other) noexcept = default;
HomeSet::HomeSet(const HomeSet& other) { *this = other; }
HomeSet& HomeSet::operator=(const HomeSet& other) {
  if (this == &other) return *this;
  parts_.clear();
  for (const auto& [high, part] : other.parts_)
    parts_.emplace(high, std::make_unique<Part>(*part));
  return *this;
}

HomeSet::Part& HomeSet::part(std::uint32_t high) {
  auto& part = parts_[high];
  if (!part) part = std::make_unique<Part>();
  return *part;
}

void HomeSet::add(std::int64_t home) { part(high_of(home)).homes.add(low_of(home)); }

void HomeSet::add_range(std::int64_t first, std::int64_t past) {
  while (first < past) {
    const std::int64_t next = (static_cast<std::int64_t>(high_of(first)) + 1) << 32;
    const std::int64_t end = std::min(past, next);
    // What flip() turns around is not yet there: a set of its own, then the union.
    Roaring range;
    range.flip(low_of(first), static_cast<std::uint64_t>(low_of(end - 1)) + 1);
    part(high_of(first)).homes |= range;
    first = end;
  }
}

bool HomeSet::contains(std::int64_t home) const {
  const auto found = parts_.find(high_of(home));
  return found != parts_.end() && found->second->homes.contains(low_of(home));
}

std::int64_t HomeSet::size() const {
  std::int64_t size = 0;
  for (const auto& [high, part] : parts_)
    size += static_cast<std::int64_t>(part->homes.cardinality());
  return size;
}

HomeSet& HomeSet::operator|=(const HomeSet& other) {
  for (const auto& [high, theirs] : other.parts_)
    part(high).homes |= theirs->homes;
  return *this;
}

HomeSet& HomeSet::operator&=(const HomeSet& other) {
  for (auto at = parts_.begin(); at != parts_.end();) {
    const auto theirs = other.parts_.find(at->first);
    if (theirs == other.parts_.end()) {
      at = parts_.erase(at);
      continue;
    }
    at->second->homes &= theirs->second->homes;
    ++at;
  }
  return *this;
}

HomeSet& HomeSet::operator-=(const HomeSet& other) {
  for (const auto& [high, part] : parts_) {
    const auto theirs = other.parts_.find(high);
    if (theirs != other.parts_.end()) part->homes -= theirs->second->homes;
  }
  return *this;
}

void HomeSet::each(const std::function<void(std::int64_t)>& use) const {
  for (const auto& [high, part] : parts_) {
    const std::int64_t base = static_cast<std::int64_t>(high) << 32;
    for (const std::uint32_t low : part->homes)
      use(base + low);
  }
}

std::string HomeSet::bytes() const {
  std::string out;
  put(out, static_cast<std::uint64_t>(parts_.size()));
  for (const auto& [high, part] : parts_) {
    Roaring compact = part->homes;
    compact.runOptimize();
    put(out, high);
    const std::size_t before = out.size();
    out.resize(before + compact.getSizeInBytes());
    compact.write(out.data() + before);
  }
  return out;
}

HomeSet HomeSet::from_bytes(std::string_view bytes) {
  HomeSet out;
  try {
    for (auto left = take<std::uint64_t>(bytes); left > 0; --left) {
      const auto high = take<std::uint32_t>(bytes);
      Part& part = out.part(high);
      part.homes = Roaring::readSafe(bytes.data(), bytes.size());
      bytes.remove_prefix(part.homes.getSizeInBytes());
    }
  } catch (const std::runtime_error&) {
    damaged();
  }
  if (!bytes.empty()) damaged();
  return out;
}

}  // namespace hustings::registry
