#include "segments/registered.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "base/rng.h"
#include "segments/table.h"

namespace hustings::segments {
namespace {

constexpr std::size_t kColumns = 6;
constexpr std::array<std::uint32_t, kColumns> kValues = {3, 101, 101, 40, 2, 3'000'000};

std::uint32_t any_value(Rng& rng, std::size_t column) {
  return static_cast<std::uint32_t>(rng.below(kValues[column]));
}

Registration random_registration(Rng& rng) {
  Registration one;
  for (std::size_t column = 0; column < kColumns; ++column) {
    if (rng.chance(0.6)) continue;
    Registration::Ranges ranges;
    for (std::size_t i = 1 + rng.below(3); i > 0; --i) {
      const std::uint32_t a = any_value(rng, column);
      const std::uint32_t b = rng.chance(0.1) ? ~0U : any_value(rng, column);
      ranges.emplace_back(std::min(a, b), std::max(a, b));
    }
    one.all.push_back({column, std::move(ranges)});
  }
  return one;
}

Changes random_changes(Rng& rng, std::size_t rows) {
  Changes changes;
  for (int i = 0; i < 300; ++i) {
    std::vector<Changes::Cell> cells;
    for (std::uint32_t column = 0; column < kColumns; ++column) {
      if (rng.chance(0.4)) cells.push_back({column, any_value(rng, column)});
    }
    changes.add(static_cast<Row>(rng.below(rng.chance(0.3) ? 5 : rows)), cells);
  }
  return changes;
}

TEST(RegisteredSegments, AreWhatARecountSays) {
  EXPECT_TRUE(rc::check("kept by difference, counted anew", [](std::uint64_t seed) {
    Rng rng(seed);
    const std::size_t rows = 2 * kBlockRows + 77;
    Table table(kColumns);
    table.grow(rows);
    for (std::size_t column = 0; column < kColumns; ++column) {
      for (Row row = 0; row < rows; ++row)
        table.column(column).set(row, any_value(rng, column));
    }
    table.publish(1);
    std::vector<Registration> registrations(1 + rng.below(rng.chance(0.3) ? 700 : 90));
    for (Registration& one : registrations)
      one = random_registration(rng);
    Tracked tracked{.sums = {{1, {}}, {1, 2}, {5, {}}}, .by = {}};
    if (rng.chance(0.7)) tracked.by = Tracked::By{3, kValues[3]};
    RegisteredSegments registered(registrations, tracked);
    const Crew crew(1);
    const Scan scan{&crew, {}, rows};
    registered.count_all(scan, table.columns());
    for (std::uint64_t batch = 2; batch < 6; ++batch) {
      registered.apply(table.columns(), random_changes(rng, rows));
      table.publish(batch);
    }
    const auto version = table.read();
    for (int i = 0; i < 30; ++i) {
      const std::size_t segment = rng.below(registrations.size());
      RC_ASSERT(registered.get(segment) == registered.recount(scan, version->columns, segment));
      // And that again one row at a time.
      std::int64_t count = 0;
      std::int64_t sum = 0;
      for (Row row = 0; row < rows; ++row) {
        const bool is_in = std::ranges::all_of(registrations[segment].all, [&](const auto& one) {
          const std::uint32_t value = version->columns[one.column].get(row);
          return std::ranges::any_of(one.ranges, [&](const auto& range) {
            return range.first <= value && value <= range.second;
          });
        });
        if (!is_in) continue;
        ++count;
        sum += std::int64_t{version->columns[1].get(row)} * version->columns[2].get(row);
      }
      RC_ASSERT(registered.get(segment).count == count);
      RC_ASSERT(registered.get(segment).sums[1] == sum);
    }
  }));
}

}  // namespace
}  // namespace hustings::segments
