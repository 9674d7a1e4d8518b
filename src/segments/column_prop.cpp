#include "segments/column.h"

#include <array>
#include <map>

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "base/rng.h"
#include "segments/id_index.h"
#include "segments/kernels.h"

namespace hustings::segments {
namespace {

std::vector<const Kernels*> all_paths() {
  std::vector<const Kernels*> paths;
  for (const auto path : {VectorPath::portable, VectorPath::avx2, VectorPath::avx512}) {
    if (const Kernels* kernels = kernels_of(path)) paths.push_back(kernels);
  }
  return paths;
}

using BlockValues = std::array<std::uint32_t, kBlockRows>;

/// Values of a random width, somewhere in 32 bits.
BlockValues random_values(Rng& rng, std::uint32_t bits_max = 32) {
  const auto bits = static_cast<std::uint32_t>(rng.below(bits_max + 1));
  const std::uint64_t span = std::uint64_t{1} << bits;
  const std::uint64_t room = (std::uint64_t{1} << bits_max) - span;
  const std::uint64_t base = rng.chance(0.5) ? 0 : rng.below(room + 1);
  BlockValues values;
  for (std::uint32_t& value : values)
    value = static_cast<std::uint32_t>(base + rng.below(span));
  return values;
}

BlockBits random_bits(Rng& rng) {
  BlockBits bits;
  for (std::uint64_t& word : bits) {
    const std::uint64_t some = rng();
    word = rng.chance(0.2) ? 0 : some & rng();
  }
  return bits;
}

bool is_set(const BlockBits& bits, std::size_t i) { return ((bits[i / 64] >> (i % 64)) & 1) != 0; }

Column column_of(BlockStore& store, const BlockValues& values) {
  Column column(store);
  column.grow(kBlockRows);
  column.set_block(0, values);
  return column;
}

TEST(Columns, HoldWhatWasSet) {
  EXPECT_TRUE(rc::check("set and get over many versions", [](std::uint64_t seed) {
    Rng rng(seed);
    BlockStore store;
    Column column(store);
    const std::size_t rows = 3 * kBlockRows;
    column.grow(rows);
    std::vector<std::uint32_t> expected(rows);
    struct Version {
      std::shared_ptr<const void> hold;
      Column column;
      std::vector<std::uint32_t> expected;
    };
    std::map<int, Version> versions;
    for (int step = 0; step < 12; ++step) {
      const auto bits = static_cast<std::uint32_t>(rng.below(33));
      for (int i = 0; i < 200; ++i) {
        const auto row = static_cast<Row>(rng.below(rows));
        const auto value = static_cast<std::uint32_t>(rng.below(std::uint64_t{1} << bits));
        RC_ASSERT(column.set(row, value) == (expected[row] != value));
        expected[row] = value;
      }
      versions.emplace(step, Version{store.publish(), column, expected});
      if (rng.chance(0.6))
        versions.erase(static_cast<int>(rng.below(static_cast<std::uint64_t>(step) + 1)));
    }
    for (const auto& [step, version] : versions) {
      for (Row row = 0; row < rows; ++row) {
        RC_ASSERT(version.column.get(row) == version.expected[row]);
        const Block& block = version.column.block(row / kBlockRows);
        RC_ASSERT(block.least <= version.expected[row] && version.expected[row] <= block.most);
      }
    }
  }));
}

TEST(Columns, TakeNoMoreThanTheyNeed) {
  BlockStore store;
  BlockValues values{};
  const auto packing = [&](std::uint32_t least, std::uint32_t most) {
    values.fill(least);
    values[7] = most;
    return column_of(store, values).block(0).packing;
  };
  EXPECT_EQ(packing(5, 5), Packing::constant);
  EXPECT_EQ(packing(0, 1), Packing::bit);
  EXPECT_EQ(packing(3000, 3001), Packing::bit);
  EXPECT_EQ(packing(3, 15), Packing::nibble);
  EXPECT_EQ(packing(170'000, 170'080), Packing::byte);
  EXPECT_EQ(packing(0, 65'535), Packing::word);
  EXPECT_EQ(packing(0, 65'536), Packing::dword);
}

TEST(Columns, HaveACodeForEachText) {
  BlockStore store;
  CategoryColumn column(store);
  constexpr Row kRows = 70'000;
  column.grow(kRows);
  for (Row row = 0; row < kRows; ++row)
    column.set(row, "v" + std::to_string(row));
  EXPECT_EQ(column.codes().block(0).packing, Packing::word);
  for (const Row row : {0U, 255U, 256U, 65'535U, 69'999U}) {
    EXPECT_EQ(column.text(row), "v" + std::to_string(row));
  }
  column.sort_dictionary();
  EXPECT_EQ(column.text(69'999), "v69999");
  EXPECT_LT(column.code(1), column.code(2));
  EXPECT_EQ(column.dictionary().find("v12"), column.code(12));
  EXPECT_EQ(column.dictionary().find("never"), Dictionary::kUnknown);
}

TEST(IdIndex, FindsWhatWasSet) {
  PagedIndex paged;
  HashIndex hashed;
  for (std::uint32_t i = 0; i < 10'000; ++i) {
    paged.set(std::int64_t{4'294'967'296} + i * 3, i, 1);
    hashed.set(static_cast<std::int64_t>(mix64(i)), i);
  }
  hashed.set(static_cast<std::int64_t>(mix64(7)), 70);
  EXPECT_EQ(paged.find(4'294'967'296 + 2997), 999U);
  EXPECT_EQ(paged.find(4'294'967'296 + 2998), PagedIndex::kNone);
  EXPECT_EQ(paged.find(1), PagedIndex::kNone);
  EXPECT_EQ(hashed.find(static_cast<std::int64_t>(mix64(7))), 70U);
  EXPECT_EQ(hashed.find(static_cast<std::int64_t>(mix64(9'999))), 9'999U);
  EXPECT_EQ(hashed.find(12), HashIndex::kNone);
}

TEST(Kernels, MatchAsOneRowAtATime) {
  EXPECT_TRUE(rc::check("ranges", [](std::uint64_t seed) {
    Rng rng(seed);
    BlockStore store;
    const BlockValues values = random_values(rng);
    const Column column = column_of(store, values);
    const auto near = [&] {
      const auto value = values[rng.below(kBlockRows)];
      return rng.chance(0.8) ? value : static_cast<std::uint32_t>(rng());
    };
    const std::uint32_t a = near();
    const std::uint32_t b = near();
    const std::uint32_t lo = std::min(a, b);
    const std::uint32_t hi = std::max(a, b);
    const BlockBits before = random_bits(rng);
    for (const Kernels* kernels : all_paths()) {
      BlockBits bits;
      BlockBits both = before;
      kernels->match(column.block(0), lo, hi, bits.data());
      kernels->match_and(column.block(0), lo, hi, both.data());
      std::uint64_t expected = 0;
      for (std::size_t i = 0; i < kBlockRows; ++i) {
        const bool is_in = values[i] >= lo && values[i] <= hi;
        expected += is_in ? 1 : 0;
        RC_ASSERT(is_set(bits, i) == is_in);
        RC_ASSERT(is_set(both, i) == (is_in && is_set(before, i)));
      }
      RC_ASSERT(kernels->count(bits.data()) == expected);
      RC_ASSERT(kernels->any(bits.data()) == (expected > 0));
    }
  }));
}

TEST(Kernels, ReadWhatWasPacked) {
  EXPECT_TRUE(rc::check("values, tables and cells", [](std::uint64_t seed) {
    Rng rng(seed);
    BlockStore store;
    const auto bits_max = std::array<std::uint32_t, 3>{8, 16, 20}[rng.below(3)];
    const BlockValues values = random_values(rng, bits_max);
    const Column column = column_of(store, values);
    const Block& block = column.block(0);
    std::vector<std::uint8_t> accept(std::size_t{1} << bits_max);
    for (std::uint8_t& one : accept)
      one = rng.chance(0.3) ? 1 : 0;
    for (const Kernels* kernels : all_paths()) {
      alignas(64) std::array<std::uint8_t, kBlockRows> bytes{};
      alignas(64) std::array<std::uint16_t, kBlockRows> words{};
      alignas(64) std::array<std::uint32_t, kBlockRows> dwords{};
      alignas(64) std::array<std::uint16_t, kBlockRows> cells{};
      BlockBits taken;
      if (bits_max <= 8) kernels->read_bytes(block, bytes.data());
      if (bits_max <= 16) kernels->read_words(block, words.data());
      kernels->read_dwords(block, dwords.data());
      kernels->match_table(block, accept.data(), taken.data());
      cells.fill(3);
      kernels->add_cells(block, block.least, 5, cells.data());
      for (std::size_t i = 0; i < kBlockRows; ++i) {
        if (bits_max <= 8) RC_ASSERT(bytes[i] == values[i]);
        if (bits_max <= 16) RC_ASSERT(words[i] == values[i]);
        RC_ASSERT(dwords[i] == values[i]);
        RC_ASSERT(is_set(taken, i) == (accept[values[i]] != 0));
        RC_ASSERT(cells[i] == static_cast<std::uint16_t>(3 + (values[i] - block.least) * 5));
      }
    }
  }));
}

TEST(Kernels, AddUpAsOneRowAtATime) {
  EXPECT_TRUE(rc::check("sums and products", [](std::uint64_t seed) {
    Rng rng(seed);
    alignas(64) std::array<std::array<std::uint8_t, kBlockRows>, 3> v{};
    for (auto& values : v) {
      for (std::uint8_t& value : values)
        value = static_cast<std::uint8_t>(rng.below(&values == v.data() ? 256 : 128));
    }
    const BlockBits bits = random_bits(rng);
    const BlockBits mask = random_bits(rng);
    const std::size_t first = rng.below(kBlockWords);
    const std::size_t end = first + rng.below(kBlockWords - first + 1);
    std::array<std::uint64_t, 3> sums{};
    std::uint64_t dot = 0;
    for (std::size_t i = first * 64; i < end * 64; ++i) {
      if (!is_set(bits, i)) continue;
      for (std::size_t k = 0; k < 3; ++k)
        sums[k] += v[k][i];
      dot += std::uint64_t{v[0][i]} * v[1][i];
    }
    for (const Kernels* kernels : all_paths()) {
      RC_ASSERT(kernels->sum_bytes(v[0].data(), bits.data(), first, end) == sums[0]);
      RC_ASSERT(kernels->dot(v[0].data(), v[1].data(), bits.data(), first, end) == dot);
      std::array<std::uint64_t, 3> three{};
      BlockBits both;
      const std::uint64_t rows =
          kernels->and_words(bits.data(), mask.data(), first, end, both.data());
      RC_ASSERT(kernels->sum_three(
                    {v[0].data(), v[1].data(), v[2].data(), bits.data(), mask.data(), first, end},
                    three.data()) == rows);
      for (std::size_t i = first * 64; i < end * 64; ++i) {
        if (!is_set(bits, i) || !is_set(mask, i)) continue;
        RC_ASSERT(is_set(both, i));
        for (std::size_t k = 0; k < 3; ++k)
          three[k] -= v[k][i];
      }
      RC_ASSERT(three == (std::array<std::uint64_t, 3>{}));
      std::array<std::uint64_t, kBlockRows> packed{};
      kernels->pack(v[0].data(), v[1].data(), {.shift = 32, .initial = 1, .is_first = true},
                    packed.data());
      kernels->pack(v[2].data(), nullptr, {.shift = 0, .initial = 0, .is_first = false},
                    packed.data());
      for (std::size_t i = 0; i < kBlockRows; ++i) {
        const std::uint64_t product = std::uint64_t{v[0][i]} * v[1][i];
        RC_ASSERT(packed[i] == 1 + (product << 32) + v[2][i]);
      }
    }
  }));
}

TEST(Kernels, CountPairsAndTransposeMasks) {
  EXPECT_TRUE(rc::check("pairs", [](std::uint64_t seed) {
    Rng rng(seed);
    std::array<std::array<std::uint8_t, kBlockRows>, 2> v{};
    for (std::uint8_t& value : v[1])
      value = static_cast<std::uint8_t>(rng.below(128));
    for (const Kernels* kernels : all_paths()) {
      std::vector<std::uint16_t> pairs(std::size_t{128} * 256);
      std::array<std::uint64_t, 256> counts{};
      kernels->count_pairs(v[1].data(), pairs.data());
      kernels->take_pairs(pairs.data(), counts.data());
      for (const std::uint8_t value : v[1])
        --counts[value];
      RC_ASSERT(std::ranges::all_of(counts, [](std::uint64_t n) { return n == 0; }));
    }
  }));
  EXPECT_TRUE(rc::check("masks", [](std::uint64_t seed) {
    Rng rng(seed);
    std::vector<BlockBits> bits(1 + rng.below(32));
    for (BlockBits& one : bits)
      one = random_bits(rng);
    for (const Kernels* kernels : all_paths()) {
      alignas(64) std::array<std::uint32_t, kBlockRows> masks{};
      kernels->transpose(bits.front().data(), bits.size(), masks.data());
      for (std::size_t i = 0; i < kBlockRows; ++i) {
        for (std::size_t s = 0; s < bits.size(); ++s)
          RC_ASSERT(((masks[i] >> s) & 1) == (is_set(bits[s], i) ? 1U : 0U));
        RC_ASSERT(bits.size() == 32 || (masks[i] >> bits.size()) == 0);
      }
    }
  }));
}

}  // namespace
}  // namespace hustings::segments
