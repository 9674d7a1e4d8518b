#include "segments/aggregate.h"

#include <algorithm>
#include <cstdlib>
#include <memory>
#include <new>
#include <sys/mman.h>
#include <unordered_map>

namespace hustings::segments {
namespace {

/// Up to here every mask has a place in a table; 4 bytes each, for each thread.
constexpr std::size_t kMaskTableBits = 21;

/// The bits of all filters of one block, each whole and of existing rows only.
void match_each(const Scan& scan, std::span<const Filter> filters, std::size_t block,
                std::vector<BlockBits>& bits) {
  for (std::size_t i = 0; i < filters.size(); ++i) {
    const Filter::Outcome outcome = filters[i].match(scan.method, block, bits[i]);
    if (outcome == Filter::Outcome::none) bits[i].fill(0);
    if (outcome == Filter::Outcome::all) bits[i].fill(~std::uint64_t{0});
    mask_rows(scan.rows, block, bits[i]);
  }
}

void add_up(std::vector<std::uint64_t>& sum, const std::vector<std::uint64_t>& part) {
  for (std::size_t i = 0; i < sum.size(); ++i)
    sum[i] += part[i];
}

/// Runs work(numbers, block) over all blocks with `size` numbers a thread and adds them up.
template <class Work>
std::vector<std::uint64_t> add_blocks(const Scan& scan, std::size_t size, const Work& work) {
  std::vector<std::vector<std::uint64_t>> partial(scan.crew->parts(scan.rows),
                                                  std::vector<std::uint64_t>(size));
  scan.crew->split(scan.rows, [&](std::size_t part, std::size_t first, std::size_t end) {
    for (std::size_t block = first; block < end; ++block)
      work(partial[part], block);
  });
  std::vector<std::uint64_t> total(size);
  for (const auto& part : partial)
    add_up(total, part);
  return total;
}

}  // namespace

std::uint64_t count_rows(const Scan& scan, const Filter& filter) {
  return count_each(scan, {&filter, 1}).front();
}

std::vector<std::uint64_t> count_each(const Scan& scan, std::span<const Filter> filters) {
  return add_blocks(scan, filters.size(), [&](auto& counts, std::size_t block) {
    BlockBits bits;
    for (std::size_t i = 0; i < filters.size(); ++i) {
      const Filter::Outcome outcome = filters[i].match(scan.method, block, bits);
      if (outcome == Filter::Outcome::none) continue;
      if (outcome == Filter::Outcome::all) {
        counts[i] += rows_in_block(scan.rows, block);
        continue;
      }
      mask_rows(scan.rows, block, bits);
      counts[i] += scan.method.kernels->count(bits.data());
    }
  });
}

std::vector<std::uint64_t> funnel(const Scan& scan, std::span<const Filter> steps) {
  return add_blocks(scan, steps.size(), [&](auto& counts, std::size_t block) {
    BlockBits left;
    left.fill(~std::uint64_t{0});
    BlockBits bits;
    for (std::size_t i = 0; i < steps.size(); ++i) {
      if (!steps[i].matches(scan.method, scan.rows, block, bits)) return;
      scan.method.kernels->and_into(left.data(), bits.data());
      counts[i] += scan.method.kernels->count(left.data());
    }
  });
}

std::vector<std::uint64_t> overlaps(const Scan& scan, std::span<const Filter> filters) {
  const std::size_t n = filters.size();
  CHECK(n <= kOverlapMax);
  std::vector<std::uint64_t> pairs = add_blocks(scan, n * n, [&](auto& counts, std::size_t block) {
    std::vector<BlockBits> bits(n);
    match_each(scan, filters, block, bits);
    for (std::size_t a = 0; a < n; ++a) {
      if (!scan.method.kernels->any(bits[a].data())) continue;
      for (std::size_t b = a; b < n; ++b) {
        counts[a * n + b] += scan.method.kernels->count_and(bits[a].data(), bits[b].data());
      }
    }
  });
  for (std::size_t a = 0; a < n; ++a) {
    for (std::size_t b = 0; b < a; ++b)
      pairs[a * n + b] = pairs[b * n + a];
  }
  return pairs;
}

namespace {

using MaskTable = std::unique_ptr<std::uint32_t[], void (*)(void*)>;

MaskTable mask_table(std::size_t size) {
  constexpr std::size_t kHugePage = std::size_t{2} << 20;
  const std::size_t bytes = (size * sizeof(std::uint32_t) + kHugePage - 1) / kHugePage * kHugePage;
  auto* counts = static_cast<std::uint32_t*>(std::aligned_alloc(kHugePage, bytes));
  if (counts == nullptr) throw std::bad_alloc();
  madvise(counts, bytes, MADV_HUGEPAGE);  // only advice: fewer page faults
  std::fill_n(counts, size, 0);
  return {counts, std::free};
}

/// Masks of few filters: a table.
std::vector<MaskCount> masks_by_table(const Scan& scan, std::span<const Filter> filters) {
  const std::size_t size = std::size_t{1} << filters.size();
  std::vector<MaskTable> partial;
  for (std::size_t part = 0; part < scan.crew->parts(scan.rows); ++part)
    partial.push_back(mask_table(size));
  scan.crew->split(scan.rows, [&](std::size_t part, std::size_t first, std::size_t end) {
    std::vector<BlockBits> bits(filters.size());
    alignas(64) std::array<std::uint32_t, kBlockRows> masks{};
    std::uint32_t* const counts = partial[part].get();
    for (std::size_t block = first; block < end; ++block) {
      match_each(scan, filters, block, bits);
      if (!filters.empty()) {
        scan.method.kernels->transpose(bits.front().data(), filters.size(), masks.data());
      }
      const std::size_t rows = rows_in_block(scan.rows, block);
      for (std::size_t i = 0; i < rows; ++i)
        ++counts[masks[i]];
    }
  });
  std::vector<MaskCount> found;
  constexpr std::size_t kLine = 2 * kBlockWords;  // counts in as many bytes as a block of bits
  for (std::size_t mask = 0; mask < size; ++mask) {
    if (mask % kLine == 0 && mask + kLine <= size) {
      const bool is_empty = std::ranges::none_of(partial, [&](const MaskTable& part) {
        return scan.method.kernels->any(reinterpret_cast<const std::uint64_t*>(&part[mask]));
      });
      if (is_empty) {
        mask += kLine - 1;
        continue;
      }
    }
    std::uint64_t count = 0;
    for (const auto& part : partial)
      count += part[mask];
    if (count > 0) found.push_back({mask, count});
  }
  return found;
}

using MaskMap = std::unordered_map<std::uint64_t, std::uint64_t>;

/// Masks of many filters: those that occur.
std::vector<MaskCount> masks_by_map(const Scan& scan, std::span<const Filter> filters) {
  std::vector<MaskMap> partial(scan.crew->parts(scan.rows));
  scan.crew->split(scan.rows, [&](std::size_t part, std::size_t first, std::size_t end) {
    std::vector<BlockBits> bits(filters.size());
    for (std::size_t block = first; block < end; ++block) {
      match_each(scan, filters, block, bits);
      for (std::size_t i = 0; i < rows_in_block(scan.rows, block); ++i) {
        std::uint64_t mask = 0;
        for (std::size_t s = 0; s < bits.size(); ++s)
          mask |= ((bits[s][i / 64] >> (i % 64)) & 1) << s;
        ++partial[part][mask];
      }
    }
  });
  for (std::size_t part = 1; part < partial.size(); ++part) {
    for (const auto& [mask, count] : partial[part])
      partial.front()[mask] += count;
  }
  std::vector<MaskCount> found;
  for (const auto& [mask, count] : partial.front())
    found.push_back({mask, count});
  std::ranges::sort(found, {}, &MaskCount::mask);
  return found;
}

}  // namespace

std::vector<MaskCount> mask_counts(const Scan& scan, std::span<const Filter> filters) {
  CHECK(filters.size() <= kOverlapMax);
  return filters.size() <= kMaskTableBits ? masks_by_table(scan, filters)
                                          : masks_by_map(scan, filters);
}

std::vector<std::uint32_t> top_cells(const Groups& groups, std::size_t measure, std::size_t most) {
  const std::vector<std::uint64_t>& sums = groups.sums[measure];
  const auto is_before = [&](std::uint32_t a, std::uint32_t b) {
    return sums[a] != sums[b] ? sums[a] > sums[b] : a < b;
  };
  std::vector<std::uint32_t> top;  // a heap with the last of them on top
  for (std::uint32_t cell = 0; cell < sums.size() && most > 0; ++cell) {
    if (groups.counts[cell] == 0) continue;
    if (top.size() == most) {
      if (!is_before(cell, top.front())) continue;
      std::ranges::pop_heap(top, is_before);
      top.pop_back();
    }
    top.push_back(cell);
    std::ranges::push_heap(top, is_before);
  }
  std::ranges::sort_heap(top, is_before);
  return top;
}

std::optional<std::uint32_t> Histograms::quantile(std::size_t group, double share) const {
  const auto& counts = by_group[group];
  std::uint64_t total = 0;
  for (const std::uint64_t count : counts)
    total += count;
  if (total == 0) return std::nullopt;
  std::uint64_t seen = 0;
  for (std::uint32_t value = 0; value < counts.size(); ++value) {
    seen += counts[value];
    if (seen > 0 && static_cast<double>(seen) >= share * static_cast<double>(total)) return value;
  }
  return 255;
}

}  // namespace hustings::segments
