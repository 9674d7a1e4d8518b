#include "registry/detail/id_table.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <system_error>
#include <type_traits>
#include <unistd.h>
#include <utility>

#include <fmt/format.h>

#include "base/digest.h"
#include "base/error.h"
#include "base/rng.h"
#include "base/secret.h"

namespace hustings::registry::detail {
namespace {

static_assert(std::is_trivially_copyable_v<IdEntry> && sizeof(IdEntry) == 48);

constexpr std::size_t kPlacesAtFirst = 1 << 12;
constexpr std::size_t kTail = 1 << 12;    // behind the last place: no run of taken slots is longer
constexpr std::size_t kWindow = 8;        // entries that one look reads; most runs are shorter
constexpr std::size_t kBlock = 1 << 13;   // entries that a pass over all reads at once: 384 KiB
constexpr std::size_t kFullPercent = 70;  // above it runs grow long

bool is_taken(const IdEntry& entry) { return entry.key[1] != 0; }

[[noreturn]] void fail(const char* what) {
  throw Failure(
      fmt::format("{} the temporary file of an import's known ids: {}. Make room, or set "
                  "TMPDIR to a folder with room.",
                  what, std::generic_category().message(errno)));
}

int open_nameless() {
  const std::string folder = std::filesystem::temp_directory_path().string();
  const int file = ::open(folder.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
  if (file < 0) fail("Cannot make");
  return file;
}

}  // namespace

std::array<std::uint64_t, 2> id_key(std::string_view id) {
  std::array<char, 16> bytes{};
  constexpr std::size_t kShort = 14;
  if (id.size() <= kShort) {
    std::memcpy(bytes.data(), id.data(), id.size());
    bytes[15] = static_cast<char>(id.size() + 1);
  } else {
    std::memcpy(bytes.data(), Sha256::of(id).data(), 15);
    bytes[15] = static_cast<char>(0xff);
  }
  std::array<std::uint64_t, 2> key;
  std::memcpy(key.data(), bytes.data(), 16);
  return key;
}

IdTable::IdTable(std::size_t memory_max) : IdTable(memory_max, kPlacesAtFirst, random_u64()) {}

IdTable::~IdTable() {
  if (file_ >= 0) ::close(file_);
}

IdTable::IdTable(std::size_t memory_max, std::size_t places, std::uint64_t seed)
    : memory_max_(memory_max), places_(places), seed_(seed) {
  const std::size_t bytes = (places + kTail) * sizeof(IdEntry);
  if (bytes <= memory_max_) {
    memory_.assign(places + kTail, {});
    return;
  }
  file_ = open_nameless();
  // Room for all of it at once: a full disk is found out here and not half way.
  if (const int error = ::posix_fallocate(file_, 0, static_cast<off_t>(bytes)); error != 0) {
    errno = error;
    fail("Cannot enlarge");
  }
}

std::size_t IdTable::home_slot(const std::array<std::uint64_t, 2>& key) const {
  const std::uint64_t hash = mix64(key[0] ^ mix64(key[1] ^ seed_));
  return static_cast<std::size_t>((static_cast<unsigned __int128>(hash) * places_) >> 64);
}

std::span<const IdEntry> IdTable::read(std::size_t slot, std::span<IdEntry> out) const {
  const std::size_t count = std::min(out.size(), places_ + kTail - slot);
  if (is_in_memory()) return std::span(memory_).subspan(slot, count);
  std::size_t done = 0;
  auto* bytes = reinterpret_cast<char*>(out.data());
  while (done < count * sizeof(IdEntry)) {
    const ssize_t got = ::pread(file_, bytes + done, count * sizeof(IdEntry) - done,
                                static_cast<off_t>(slot * sizeof(IdEntry) + done));
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) fail("Cannot read");
    done += static_cast<std::size_t>(got);
  }
  return out.first(count);
}

void IdTable::write(std::size_t slot, std::span<const IdEntry> entries) {
  if (is_in_memory()) {
    std::ranges::copy(entries, memory_.begin() + static_cast<std::ptrdiff_t>(slot));
    return;
  }
  std::size_t done = 0;
  const auto* bytes = reinterpret_cast<const char*>(entries.data());
  while (done < entries.size_bytes()) {
    const ssize_t put = ::pwrite(file_, bytes + done, entries.size_bytes() - done,
                                 static_cast<off_t>(slot * sizeof(IdEntry) + done));
    if (put < 0 && errno == EINTR) continue;
    if (put <= 0) fail("Cannot write");
    done += static_cast<std::size_t>(put);
  }
}

IdTable::Place IdTable::find(const std::array<std::uint64_t, 2>& key) const {
  std::array<IdEntry, kWindow> window;
  std::size_t slot = home_slot(key);
  for (;;) {
    const auto seen = read(slot, window);
    CHECK(!seen.empty());
    for (const IdEntry& entry : seen) {
      if (entry.key == key) return {.slot = slot, .entry = entry, .is_there = true};
      if (!is_taken(entry)) return {.slot = slot, .entry = {.key = key}};
      ++slot;
    }
  }
}

void IdTable::put(const Place& place) {
  write(place.slot, {&place.entry, 1});
  if (place.is_there) return;
  ++size_;
  if (size_ * 100 > places_ * kFullPercent) grow();
}

void IdTable::each(const std::function<void(const IdEntry&)>& take) const {
  std::vector<IdEntry> block(is_in_memory() ? 0 : kBlock);
  const std::size_t all = places_ + kTail;
  for (std::size_t slot = 0; slot < all; slot += kBlock) {
    const auto seen = is_in_memory()
                          ? std::span(memory_).subspan(slot, std::min(kBlock, all - slot))
                          : read(slot, block);
    for (const IdEntry& entry : seen) {
      if (is_taken(entry)) take(entry);
    }
  }
}

/// The entries of a run of taken slots stand in no order; run after run they do. So each run is
/// sorted by its places in the larger table and goes behind what is there already.
void IdTable::grow() {
  IdTable larger(memory_max_, places_ + std::max(kPlacesAtFirst, places_ / 2), seed_);
  std::vector<IdEntry> run;
  std::vector<IdEntry> out;  // of the larger table, from out_at on
  std::size_t out_at = 0;
  const auto flush = [&] {
    larger.write(out_at, out);
    out_at += out.size();
    out.clear();
  };
  const auto settle = [&] {
    const auto slot_of = [&](const IdEntry& entry) { return larger.home_slot(entry.key); };
    std::ranges::sort(run, {}, slot_of);
    for (const IdEntry& entry : run) {
      const std::size_t slot = std::max(slot_of(entry), out_at + out.size());
      CHECK(slot < larger.places_ + kTail);
      if (slot - out_at >= kBlock) flush();
      if (out.empty()) out_at = slot;
      out.resize(slot - out_at);
      out.push_back(entry);
    }
    run.clear();
  };
  std::vector<IdEntry> block(is_in_memory() ? 0 : kBlock);
  const std::size_t all = places_ + kTail;
  for (std::size_t slot = 0; slot < all; slot += kBlock) {
    const std::span<const IdEntry> seen =
        is_in_memory()
            ? std::span<const IdEntry>(memory_).subspan(slot, std::min(kBlock, all - slot))
            : read(slot, block);
    for (const IdEntry& entry : seen) {
      if (is_taken(entry)) {
        run.push_back(entry);
      } else {
        settle();
      }
    }
  }
  settle();
  flush();
  std::swap(memory_, larger.memory_);
  std::swap(file_, larger.file_);
  places_ = larger.places_;
}

}  // namespace hustings::registry::detail
