#include "segments/aggregate.h"

#include <array>
#include <cmath>
#include <functional>
#include <map>

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "base/rng.h"

namespace hustings::segments {
namespace {

/// A few columns of different shapes over some blocks, and the same as plain numbers.
struct Sample {
  explicit Sample(Rng& rng) : rows(1 + rng.below(5 * kBlockRows)) {
    const bool is_sorted = rng.chance(0.7);
    const std::size_t run = 1 + rng.below(6000);
    const auto add = [&](const auto& value_of) {
      Column& column = columns.emplace_back(store);
      std::vector<std::uint32_t>& plain = values.emplace_back(rows);
      column.grow(rows);
      std::array<std::uint32_t, kBlockRows> block;
      for (std::size_t i = 0; i < column.blocks(); ++i) {
        block.fill(0);
        for (std::size_t j = 0; j < rows_in_block(rows, i); ++j)
          block[j] = plain[i * kBlockRows + j] = value_of(i * kBlockRows + j);
        column.set_block(i, block);
      }
    };
    add([&](std::size_t i) {  // a place
      return static_cast<std::uint32_t>(is_sorted ? i / run % 40 : rng.below(40));
    });
    add([&](std::size_t i) {  // a smaller place
      return static_cast<std::uint32_t>(is_sorted ? i / 50 : rng.below(450));
    });
    add([&](std::size_t) { return static_cast<std::uint32_t>(rng.below(4)); });
    add([&](std::size_t) { return static_cast<std::uint32_t>(rng.below(7)); });
    for (int i = 0; i < 3; ++i) {
      add([&](std::size_t) { return static_cast<std::uint32_t>(rng.below(101)); });
    }
    const std::uint32_t wide = rng.chance(0.5) ? 256 : 100'000;
    add([&](std::size_t) { return static_cast<std::uint32_t>(rng.below(wide)); });
  }
  static constexpr std::size_t kPlace = 0, kSmall = 1, kScore = 4;
  static constexpr std::array<std::uint32_t, 4> kSizes = {40, 450, 4, 7};

  BlockStore store;
  std::size_t rows;
  std::vector<Column> columns;
  std::vector<std::vector<std::uint32_t>> values;
};

/// A condition as the engine has it and as a question to one row.
struct Condition {
  Filter filter = Filter::constant(true);
  std::function<bool(std::size_t)> holds = [](std::size_t) { return true; };
};

Condition random_condition(Rng& rng, const Sample& sample, int depth) {
  if (depth > 0 && rng.chance(0.7)) {
    Condition a = random_condition(rng, sample, depth - 1);
    Condition b = random_condition(rng, sample, depth - 1);
    if (rng.chance(0.2)) {
      return {Filter::negation(a.filter), [a](std::size_t i) { return !a.holds(i); }};
    }
    if (rng.chance(0.6)) {
      return {Filter::all({a.filter, b.filter}),
              [a, b](std::size_t i) { return a.holds(i) && b.holds(i); }};
    }
    return {Filter::any({a.filter, b.filter}),
            [a, b](std::size_t i) { return a.holds(i) || b.holds(i); }};
  }
  const std::size_t c = rng.below(sample.columns.size());
  const auto& plain = sample.values[c];
  if (rng.chance(0.3)) {
    std::vector<std::uint32_t> some(1 + rng.below(60));
    for (std::uint32_t& value : some)
      value = plain[rng.below(plain.size())];
    return {Filter::values(sample.columns[c], some), [&plain, some](std::size_t i) {
              return std::ranges::find(some, plain[i]) != some.end();
            }};
  }
  const std::uint32_t a = plain[rng.below(plain.size())];
  const std::uint32_t b = plain[rng.below(plain.size())];
  return {Filter::range(sample.columns[c], std::min(a, b), std::max(a, b)),
          [&plain, a, b](std::size_t i) {
            return plain[i] >= std::min(a, b) && plain[i] <= std::max(a, b);
          }};
}

/// Each way to evaluate: every vector path, with zones and without.
std::vector<Filter::Method> all_methods() {
  std::vector<Filter::Method> methods;
  for (const auto path : {VectorPath::portable, VectorPath::avx2, VectorPath::avx512}) {
    for (const bool use_zones : {true, false}) {
      if (const Kernels* kernels = kernels_of(path)) methods.push_back({kernels, use_zones});
    }
  }
  return methods;
}

class Aggregates : public ::testing::Test {
 protected:
  Crew crew_{1};
};

TEST_F(Aggregates, CountsAndFunnels) {
  EXPECT_TRUE(rc::check("counts, funnel, overlaps, masks", [&](std::uint64_t seed) {
    Rng rng(seed);
    const Sample sample(rng);
    const std::size_t n = 1 + rng.below(rng.chance(0.2) ? 40 : 10);
    std::vector<Condition> conditions;
    std::vector<Filter> filters;
    for (std::size_t i = 0; i < n; ++i) {
      conditions.push_back(random_condition(rng, sample, 2));
      filters.push_back(conditions.back().filter);
    }
    std::vector<std::uint64_t> counts(n), steps(n), pairs(n * n);
    std::map<std::uint64_t, std::uint64_t> masks;
    for (std::size_t row = 0; row < sample.rows; ++row) {
      std::uint64_t mask = 0;
      for (std::size_t i = 0; i < n; ++i)
        mask |= std::uint64_t{conditions[i].holds(row)} << i;
      ++masks[mask];
      bool is_left = true;
      for (std::size_t a = 0; a < n; ++a) {
        const bool has = ((mask >> a) & 1) != 0;
        counts[a] += has ? 1 : 0;
        is_left = is_left && has;
        steps[a] += is_left ? 1 : 0;
        for (std::size_t b = 0; b < n; ++b)
          pairs[a * n + b] += has && ((mask >> b) & 1) != 0 ? 1 : 0;
      }
    }
    std::vector<MaskCount> expected_masks;
    for (const auto& [mask, count] : masks)
      expected_masks.push_back({mask, count});
    for (const Filter::Method& method : all_methods()) {
      const Scan scan{&crew_, method, sample.rows};
      RC_ASSERT(count_each(scan, filters) == counts);
      RC_ASSERT(count_rows(scan, filters.front()) == counts.front());
      RC_ASSERT(funnel(scan, filters) == steps);
      RC_ASSERT(overlaps(scan, filters) == pairs);
      RC_ASSERT(mask_counts(scan, filters) == expected_masks);
    }
  }));
}

TEST_F(Aggregates, GroupsAndSums) {
  EXPECT_TRUE(rc::check("groups by up to three keys", [&](std::uint64_t seed) {
    Rng rng(seed);
    const Sample sample(rng);
    const Condition condition = random_condition(rng, sample, static_cast<int>(rng.below(3)));
    std::vector<std::size_t> by;
    std::vector<GroupKey> keys;
    for (std::size_t i = rng.below(4); i > 0; --i) {
      by.push_back(rng.below(4));
      keys.push_back({sample.columns[by.back()], Sample::kSizes[by.back()]});
    }
    std::vector<std::pair<std::size_t, std::size_t>> summed;  // the second is 0 for none
    std::vector<Measure> measures;
    for (std::size_t i = rng.below(5); i > 0; --i) {
      const std::size_t a = Sample::kScore + rng.below(4);
      const std::size_t b = rng.chance(0.4) ? Sample::kScore + rng.below(4) : 0;
      summed.emplace_back(a, b);
      measures.push_back(
          {sample.columns[a], b == 0 ? std::nullopt : std::optional(sample.columns[b])});
    }
    std::size_t cells = 1;
    for (const GroupKey& key : keys)
      cells *= key.values;
    if (cells > kGroupCellsMax) {
      RC_ASSERT(!group_by({&crew_, {}, sample.rows}, condition.filter, keys, measures).has_value());
      return;
    }
    std::vector<std::uint64_t> counts(cells);
    std::vector<std::vector<std::uint64_t>> sums(measures.size(), counts);
    for (std::size_t row = 0; row < sample.rows; ++row) {
      if (!condition.holds(row)) continue;
      std::size_t cell = 0;
      for (const std::size_t k : by)
        cell = cell * Sample::kSizes[k] + sample.values[k][row];
      ++counts[cell];
      for (std::size_t m = 0; m < summed.size(); ++m) {
        const auto [a, b] = summed[m];
        sums[m][cell] +=
            std::uint64_t{sample.values[a][row]} * (b == 0 ? 1 : sample.values[b][row]);
      }
    }
    for (const Filter::Method& method : all_methods()) {
      const auto groups = group_by({&crew_, method, sample.rows}, condition.filter, keys, measures);
      RC_ASSERT(groups.has_value());
      RC_ASSERT(groups->counts == counts);
      RC_ASSERT(groups->sums == sums);
      if (measures.empty()) continue;
      std::vector<std::uint32_t> order;
      for (std::uint32_t cell = 0; cell < cells; ++cell) {
        if (counts[cell] > 0) order.push_back(cell);
      }
      std::ranges::sort(order, [&](std::uint32_t a, std::uint32_t b) {
        return sums[0][a] != sums[0][b] ? sums[0][a] > sums[0][b] : a < b;
      });
      order.resize(std::min<std::size_t>(order.size(), 20));
      RC_ASSERT(top_cells(*groups, 0, 20) == order);
    }
  }));
}

TEST_F(Aggregates, Quantiles) {
  EXPECT_TRUE(rc::check("histograms and exact quantiles by group", [&](std::uint64_t seed) {
    Rng rng(seed);
    const Sample sample(rng);
    const Condition condition = random_condition(rng, sample, rng.chance(0.5) ? 0 : 2);
    const bool is_all = rng.chance(0.5);
    const GroupKey key{sample.columns[Sample::kPlace], Sample::kSizes[Sample::kPlace]};
    std::vector<std::vector<std::uint32_t>> by_group(key.values);
    for (std::size_t row = 0; row < sample.rows; ++row) {
      if (!is_all && !condition.holds(row)) continue;
      by_group[sample.values[Sample::kPlace][row]].push_back(sample.values[Sample::kScore][row]);
    }
    for (const Filter::Method& method : all_methods()) {
      const Histograms found = histograms({&crew_, method, sample.rows},
                                          is_all ? Filter::constant(true) : condition.filter, key,
                                          sample.columns[Sample::kScore]);
      for (std::size_t group = 0; group < by_group.size(); ++group) {
        std::vector<std::uint32_t> values = by_group[group];
        std::ranges::sort(values);
        for (const double share : {0.1, 0.25, 0.5, 0.75, 0.9}) {
          const auto quantile = found.quantile(group, share);
          RC_ASSERT(quantile.has_value() == !values.empty());
          if (values.empty()) continue;
          const auto n = static_cast<double>(values.size());
          const auto place = static_cast<std::size_t>(std::max(1.0, std::ceil(share * n)));
          RC_ASSERT(*quantile == values[place - 1]);
        }
      }
    }
  }));
}

TEST_F(Aggregates, RefuseTooManyCells) {
  Rng rng(1);
  const Sample sample(rng);
  const GroupKey key{sample.columns[Sample::kSmall], 100'000};
  const std::vector<GroupKey> keys = {key, key};
  const auto groups = group_by({&crew_, {}, sample.rows}, Filter::constant(true), keys, {});
  ASSERT_FALSE(groups.has_value());
  EXPECT_EQ(groups.error().code, ErrorCode::over_limit);
}

TEST(AggregateThreads, ThreeGiveTheSameAsOne) {
  Rng rng(2);
  BlockStore store;
  const std::size_t rows = 700'000;
  Column place(store);
  Column score(store);
  for (Column* column : {&place, &score})
    column->grow(rows);
  for (Row row = 0; row < rows; ++row) {
    place.set(row, row / 9000);
    score.set(row, static_cast<std::uint32_t>(rng.below(101)));
  }
  const Filter filter = Filter::range(score, 20, 80);
  const std::vector<Filter> filters = {filter, Filter::range(place, 3, 30)};
  const std::vector<GroupKey> keys = {{place, 80}};
  const std::vector<Measure> measures = {{score, score}};
  const Crew one(1);
  const Crew three(3);
  const Scan scan_one{&one, {}, rows};
  const Scan scan_three{&three, {}, rows};
  EXPECT_EQ(count_each(scan_one, filters), count_each(scan_three, filters));
  EXPECT_EQ(mask_counts(scan_one, filters), mask_counts(scan_three, filters));
  const Groups a = group_dense(scan_one, filter, keys, measures);
  const Groups b = group_dense(scan_three, filter, keys, measures);
  EXPECT_EQ(a.counts, b.counts);
  EXPECT_EQ(a.sums, b.sums);
  EXPECT_EQ(histograms(scan_one, Filter::constant(true), keys[0], score).by_group,
            histograms(scan_three, Filter::constant(true), keys[0], score).by_group);
}

}  // namespace
}  // namespace hustings::segments
