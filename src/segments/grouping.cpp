#include <algorithm>
#include <array>
#include <bit>
#include <cstring>

#include <fmt/format.h>

#include "segments/aggregate.h"

namespace hustings::segments {
namespace {

/// Of a key that is matched value by value.
constexpr std::uint32_t kMaskedValuesMax = 32;
/// What one row costs in a table of cells, in units of one cell's mask and sums of one word.
constexpr std::size_t kRowCost = 1;
/// Cells of one block that are counted beside the result and then added to it.
constexpr std::size_t kLocalCellsMax = 16'384;
/// Of a measure, so that the sum over a block fits 32 bits.
constexpr std::uint64_t kLocalValuesMost = std::uint64_t{1} << 20;

template <class Visit>
void for_each_place(const BlockBits& bits, const Visit& visit) {
  for (std::size_t word = 0; word < kBlockWords; ++word) {
    for (std::uint64_t rest = bits[word]; rest != 0; rest &= rest - 1)
      visit(word * 64 + static_cast<std::size_t>(std::countr_zero(rest)));
  }
}

/// The values of a measure's columns in one block, as bytes where they fit.
struct Values {
  alignas(64) std::array<std::uint8_t, kBlockRows> room;
  const std::uint8_t* bytes = nullptr;
  const Block* block = nullptr;

  void read(const Kernels& kernels, const Block& from, std::uint32_t most) {
    block = &from;
    bytes = nullptr;
    if (from.most > most) return;
    if (from.packing == Packing::byte && from.base == 0) {
      bytes = reinterpret_cast<const std::uint8_t*>(from.data);
      return;
    }
    kernels.read_bytes(from, room.data());
    bytes = room.data();
  }
};

/// One thread's share of a grouping.
class Grouping {
 public:
  Grouping(const Scan& scan, std::span<const GroupKey> keys, std::span<const Measure> measures)
      : kernels_(*scan.method.kernels),
        keys_(keys),
        measures_(measures),
        values_(2 * measures.size()) {
    std::size_t cells = 1;
    for (std::size_t k = keys.size(); k-- > 0;) {
      strides_[k] = cells;
      cells *= keys[k].values;
    }
    counts.resize(cells);
    sums.resize(measures.size());
    for (auto& sum : sums)
      sum.resize(cells);
  }

  void add(std::size_t block, const BlockBits& bits) {
    frame(block);
    for (std::size_t m = 0; m < measures_.size(); ++m) {
      // The kernel of products takes one factor up to 255 and one up to 127.
      values_[2 * m].read(kernels_, measures_[m].value.block(block), 255);
      if (measures_[m].times)
        values_[2 * m + 1].read(kernels_, measures_[m].times->block(block), 127);
    }
    const std::uint64_t rows = kernels_.count(bits.data());
    if (local_cells_ == 1) return add_cell(bits, bits, {0, kBlockWords}, first_cell_);
    if (is_masked(block, bits, rows)) return add_masked(bits, 0, {0, kBlockWords}, first_cell_);
    if (is_local()) return add_local(block, bits);
    add_rows(block, bits);
  }

  std::vector<std::uint64_t> counts;
  std::vector<std::vector<std::uint64_t>> sums;

 private:
  struct Words {
    std::size_t first;
    std::size_t end;
  };

  /// Which values the keys have in this block.
  void frame(std::size_t block) {
    local_cells_ = 1;
    first_cell_ = 0;
    for (std::size_t k = 0; k < keys_.size(); ++k) {
      const Block& one = keys_[k].column.block(block);
      least_[k] = one.least;
      span_[k] = one.most - one.least + 1;
      local_cells_ *= span_[k];
      first_cell_ += strides_[k] * one.least;
    }
  }

  /// Whether it pays to make a mask for each cell: few values, and an outer key in runs.
  bool is_masked(std::size_t block, const BlockBits& bits, std::uint64_t rows) {
    for (std::size_t k = 0; k < keys_.size(); ++k) {
      if (span_[k] > kMaskedValuesMax) return false;
    }
    std::size_t words = 0;
    const std::size_t inner = keys_.empty() ? 1 : local_cells_ / span_[0];
    if (inner * kBlockWords > rows * kRowCost) return false;
    for (std::size_t k = 0; k < keys_.size(); ++k) {
      masks_[k].resize(span_[k]);
      for (std::uint32_t v = 0; v < span_[k]; ++v) {
        const std::uint32_t value = least_[k] + v;
        kernels_.match(keys_[k].column.block(block), value, value, masks_[k][v].data());
        if (k > 0) continue;
        const Words taken = words_of(bits, masks_[0][v], {0, kBlockWords});
        words += taken.end - taken.first;
      }
    }
    return inner * words <= rows * kRowCost;
  }

  static Words words_of(const BlockBits& a, const BlockBits& b, Words within) {
    while (within.first < within.end && (a[within.first] & b[within.first]) == 0)
      ++within.first;
    while (within.first < within.end && (a[within.end - 1] & b[within.end - 1]) == 0)
      --within.end;
    return within;
  }

  /// Goes down the keys: `bits` are the rows that have the outer keys' values.
  void add_masked(const BlockBits& bits, std::size_t k, Words words, std::size_t cell) {
    BlockBits inner;
    for (std::uint32_t v = 0; v < span_[k]; ++v) {
      const BlockBits& mask = masks_[k][v];
      const Words own = k == 0 ? words_of(bits, mask, words) : words;
      if (own.first == own.end) continue;
      const std::size_t place = cell + v * strides_[k];
      if (k + 1 == keys_.size()) {
        add_cell(bits, mask, own, place);
        continue;
      }
      const std::uint64_t rows =
          kernels_.and_words(bits.data(), mask.data(), own.first, own.end, inner.data());
      if (rows > 0) add_masked(inner, k + 1, own, place);
    }
  }

  /// The rows of `bits` and `mask` within the words are of one cell.
  void add_cell(const BlockBits& bits, const BlockBits& mask, Words words, std::size_t cell) {
    std::size_t m = 0;
    std::uint64_t rows = 0;
    if (measures_.size() >= 3 && is_plain(0) && is_plain(1) && is_plain(2)) {
      std::uint64_t three[3];
      rows = kernels_.sum_three({values_[0].bytes, values_[2].bytes, values_[4].bytes, bits.data(),
                                 mask.data(), words.first, words.end},
                                three);
      for (; m < 3; ++m)
        sums[m][cell] += three[m];
    }
    if (m < measures_.size() || m == 0) {
      BlockBits both;
      rows = kernels_.and_words(bits.data(), mask.data(), words.first, words.end, both.data());
      for (; m < measures_.size(); ++m)
        sums[m][cell] += sum_of(m, both, words);
    }
    counts[cell] += rows;
  }

  bool is_plain(std::size_t m) const {
    return !measures_[m].times && values_[2 * m].bytes != nullptr;
  }
  bool is_product(std::size_t m) const {
    return measures_[m].times && values_[2 * m].bytes != nullptr &&
           values_[2 * m + 1].bytes != nullptr;
  }

  std::uint64_t sum_of(std::size_t m, const BlockBits& bits, Words words) const {
    const Values& a = values_[2 * m];
    const Values& b = values_[2 * m + 1];
    if (is_plain(m)) return kernels_.sum_bytes(a.bytes, bits.data(), words.first, words.end);
    if (is_product(m)) return kernels_.dot(a.bytes, b.bytes, bits.data(), words.first, words.end);
    std::uint64_t sum = 0;
    for (std::size_t word = words.first; word < words.end; ++word) {
      for (std::uint64_t rest = bits[word]; rest != 0; rest &= rest - 1)
        sum += value_at(m, word * 64 + static_cast<std::size_t>(std::countr_zero(rest)));
    }
    return sum;
  }

  std::uint64_t value_at(std::size_t m, std::size_t place) const {
    const std::uint64_t value = values_[2 * m].block->get(place);
    return measures_[m].times ? value * values_[2 * m + 1].block->get(place) : value;
  }

  /// Two fields of 32 bits in a number: the count, then the sums; enough for a block's rows of
  /// values below kLocalValuesMost.
  void add_local(std::size_t block, const BlockBits& bits) {
    read_cells(block);
    const std::size_t width = measures_.size() / 2 + 1;
    packed_.resize(width * kBlockRows);
    local_.assign(local_cells_ * width, 0);
    if (measures_.size() <= 1) return add_local_one(bits);
    for (std::size_t m = 0; m < measures_.size(); ++m)
      pack(m, bits, packed_.data() + (m + 1) / 2 * kBlockRows);
    for (std::size_t w = 0; w < width; ++w) {
      const std::uint64_t* packed = packed_.data() + w * kBlockRows;
      std::uint64_t* local = local_.data() + w * local_cells_;
      for_each_place(bits, [&](std::size_t i) { local[cells_[i]] += packed[i]; });
    }
    std::size_t local = 0;
    add_local_cells(0, first_cell_, local);
  }

  /// One measure at most: made for the rows that are taken, which are often few.
  void add_local_one(const BlockBits& bits) {
    std::uint64_t* const local = local_.data();
    const std::uint16_t* const cells = cells_.data();
    if (measures_.empty()) {
      for_each_place(bits, [&](std::size_t i) { ++local[cells[i]]; });
    } else if (is_product(0)) {
      const std::uint8_t* const a = values_[0].bytes;
      const std::uint8_t* const b = values_[1].bytes;
      for_each_place(bits, [&](std::size_t i) {
        local[cells[i]] += 1 + (std::uint64_t{static_cast<std::uint32_t>(a[i] * b[i])} << 32);
      });
    } else {
      for_each_place(bits, [&](std::size_t i) { local[cells[i]] += 1 + (value_at(0, i) << 32); });
    }
    std::size_t next = 0;
    add_local_cells(0, first_cell_, next);
  }

  /// The count is the lower half of the first number, measure m a half of number (m + 1) / 2.
  void pack(std::size_t m, const BlockBits& bits, std::uint64_t* packed) {
    const unsigned shift = m % 2 == 0 ? 32 : 0;
    if (is_plain(m) || is_product(m)) {
      kernels_.pack(
          values_[2 * m].bytes, is_product(m) ? values_[2 * m + 1].bytes : nullptr,
          {.shift = shift, .initial = m == 0 ? 1ULL : 0, .is_first = m == 0 || shift == 0}, packed);
      return;
    }
    for_each_place(bits, [&](std::size_t i) {
      const std::uint64_t before = m == 0 ? 1 : shift == 0 ? 0 : packed[i];
      packed[i] = before + (value_at(m, i) << shift);
    });
  }

  void add_local_cells(std::size_t k, std::size_t cell, std::size_t& local) {
    for (std::uint32_t v = 0; v < span_[k]; ++v, cell += strides_[k]) {
      if (k + 1 < keys_.size()) {
        add_local_cells(k + 1, cell, local);
        continue;
      }
      const std::size_t own = local++;
      const auto rows = static_cast<std::uint32_t>(local_[own]);
      if (rows == 0) continue;
      counts[cell] += rows;
      for (std::size_t m = 0; m < measures_.size(); ++m) {
        const std::uint64_t packed = local_[(m + 1) / 2 * local_cells_ + own];
        sums[m][cell] += m % 2 == 0 ? packed >> 32 : packed & 0xffffffff;
      }
    }
  }

  bool is_local() const {
    if (local_cells_ > kLocalCellsMax) return false;
    for (std::size_t m = 0; m < measures_.size(); ++m) {
      std::uint64_t most = values_[2 * m].block->most;
      if (measures_[m].times) most *= values_[2 * m + 1].block->most;
      if (most >= kLocalValuesMost) return false;
    }
    return true;
  }

  void read_cells(std::size_t block) {
    cells_.assign(kBlockRows, 0);
    std::size_t scale = 1;
    for (std::size_t k = keys_.size(); k-- > 0;) {
      const Block& one = keys_[k].column.block(block);
      if (span_[k] > 1)
        kernels_.add_cells(one, least_[k], static_cast<std::uint32_t>(scale), cells_.data());
      scale *= span_[k];
    }
  }

  void add_rows(std::size_t block, const BlockBits& bits) {
    for_each_place(bits, [&](std::size_t i) {
      std::size_t cell = 0;
      for (std::size_t k = 0; k < keys_.size(); ++k)
        cell += strides_[k] * keys_[k].column.block(block).get(i);
      ++counts[cell];
      for (std::size_t m = 0; m < measures_.size(); ++m)
        sums[m][cell] += value_at(m, i);
    });
  }

  const Kernels& kernels_;
  std::span<const GroupKey> keys_;
  std::span<const Measure> measures_;
  std::vector<Values> values_;  ///< two for each measure
  std::array<std::size_t, kGroupKeysMax> strides_{};
  std::array<std::uint32_t, kGroupKeysMax> least_{};
  std::array<std::uint32_t, kGroupKeysMax> span_{};
  std::array<std::vector<BlockBits>, kGroupKeysMax> masks_;
  std::size_t local_cells_ = 1;
  std::size_t first_cell_ = 0;
  std::vector<std::uint16_t> cells_;
  std::vector<std::uint64_t> packed_;
  std::vector<std::uint64_t> local_;
};

}  // namespace

Groups group_dense(const Scan& scan, const Filter& filter, std::span<const GroupKey> keys,
                   std::span<const Measure> measures) {
  CHECK(keys.size() <= kGroupKeysMax);
  std::vector<Grouping> partial;
  for (std::size_t part = 0; part < scan.crew->parts(scan.rows); ++part)
    partial.emplace_back(scan, keys, measures);
  scan.crew->split(scan.rows, [&](std::size_t part, std::size_t first, std::size_t end) {
    BlockBits bits;
    for (std::size_t block = first; block < end; ++block) {
      if (filter.matches(scan.method, scan.rows, block, bits)) partial[part].add(block, bits);
    }
  });
  Groups groups{
      .sizes = {}, .counts = std::move(partial[0].counts), .sums = std::move(partial[0].sums)};
  for (const GroupKey& key : keys)
    groups.sizes.push_back(key.values);
  for (std::size_t part = 1; part < partial.size(); ++part) {
    for (std::size_t cell = 0; cell < groups.counts.size(); ++cell)
      groups.counts[cell] += partial[part].counts[cell];
    for (std::size_t m = 0; m < measures.size(); ++m) {
      for (std::size_t cell = 0; cell < groups.counts.size(); ++cell)
        groups.sums[m][cell] += partial[part].sums[m][cell];
    }
  }
  return groups;
}

Result<Groups> group_by(const Scan& scan, const Filter& filter, std::span<const GroupKey> keys,
                        std::span<const Measure> measures) {
  if (keys.size() > kGroupKeysMax || measures.size() > kMeasuresMax) {
    return invalid(fmt::format("Groups go by at most {} fields and have at most {} sums.",
                               kGroupKeysMax, kMeasuresMax),
                   "group_by");
  }
  std::size_t cells = 1;
  for (const GroupKey& key : keys)
    cells = std::min(cells * std::max(key.values, 1U), kGroupCellsMax + 1);
  if (cells > kGroupCellsMax) {
    return refuse(ErrorCode::over_limit,
                  fmt::format("These fields make more than {} groups; choose fields with fewer "
                              "values, or fewer fields.",
                              kGroupCellsMax),
                  "group_by");
  }
  return group_dense(scan, filter, keys, measures);
}

namespace {

/// Pairs of neighbouring values are counted together, in 16 bits: half as many additions.
class PairCounts {
 public:
  explicit PairCounts(const Kernels& kernels) : kernels_(kernels), counts_(kPairs) {}

  void add(const std::uint8_t* values) {
    kernels_.count_pairs(values, counts_.data());
    ++blocks_;
  }
  /// A pair's count is 2,048 at most after each block.
  bool is_full() const { return blocks_ == 31; }
  void take(std::array<std::uint64_t, 256>& counts) {
    if (blocks_ == 0) return;
    blocks_ = 0;
    kernels_.take_pairs(counts_.data(), counts.data());
  }

 private:
  static constexpr std::size_t kPairs = std::size_t{128} * 256;  ///< the second value below 128
  const Kernels& kernels_;
  std::vector<std::uint16_t> counts_;
  int blocks_ = 0;
};

}  // namespace

Histograms histograms(const Scan& scan, const Filter& filter, const GroupKey& key,
                      const Column& values) {
  using Counts = std::vector<std::array<std::uint64_t, 256>>;
  std::vector<Counts> partial(scan.crew->parts(scan.rows), Counts(key.values));
  scan.crew->split(scan.rows, [&](std::size_t part, std::size_t first, std::size_t end) {
    const Kernels& kernels = *scan.method.kernels;
    PairCounts pairs(kernels);
    std::uint32_t pairs_of = 0;
    Values read;
    alignas(64) std::array<std::uint32_t, kBlockRows> groups;
    BlockBits bits;
    for (std::size_t block = first; block < end; ++block) {
      const Block& group = key.column.block(block);
      const Filter::Outcome outcome = filter.match(scan.method, block, bits);
      if (outcome == Filter::Outcome::none) continue;
      read.read(kernels, values.block(block), 255);
      const bool is_whole =
          outcome == Filter::Outcome::all && rows_in_block(scan.rows, block) == kBlockRows;
      if (is_whole && group.is_constant() && read.block->most < 128) {
        if (pairs.is_full() || pairs_of != group.least) pairs.take(partial[part][pairs_of]);
        pairs_of = group.least;
        pairs.add(read.bytes);
        continue;
      }
      if (outcome == Filter::Outcome::all) bits.fill(~std::uint64_t{0});
      mask_rows(scan.rows, block, bits);
      kernels.read_dwords(group, groups.data());
      for_each_place(bits, [&](std::size_t i) { ++partial[part][groups[i]][read.bytes[i]]; });
    }
    pairs.take(partial[part][pairs_of]);
  });
  Histograms all{.by_group = std::move(partial.front())};
  for (std::size_t part = 1; part < partial.size(); ++part) {
    for (std::size_t group = 0; group < all.by_group.size(); ++group) {
      for (std::size_t value = 0; value < 256; ++value)
        all.by_group[group][value] += partial[part][group][value];
    }
  }
  return all;
}

}  // namespace hustings::segments
