#include "segments/query.h"

#include <algorithm>
#include <array>
#include <bit>
#include <iterator>

#include "segments/aggregate.h"
#include "segments/kernels.h"

namespace hustings::segments {
namespace {

template <class Visit>
void for_each_row(std::size_t block, const BlockBits& bits, const Visit& visit) {
  for (std::size_t word = 0; word < kBlockWords; ++word) {
    for (std::uint64_t rest = bits[word]; rest != 0; rest &= rest - 1) {
      const auto bit = static_cast<std::size_t>(std::countr_zero(rest));
      visit(static_cast<Row>(block * kBlockRows + word * 64 + bit));
    }
  }
}

struct PartTotals {
  Totals totals;
  std::vector<std::uint64_t> households;  ///< a bit for each household number
};

void add_totals(const Electorate& electorate, const Kernels& kernels, std::size_t block,
                const BlockBits& bits, PartTotals& part) {
  part.totals.voters += kernels.count(bits.data());
  BlockBits with_phone;
  kernels.match(electorate.flag(Field::has_phone).block(block), 1, 1, with_phone.data());
  part.totals.with_phone += kernels.count_and(bits.data(), with_phone.data());
  alignas(64) std::array<std::uint32_t, kBlockRows> household;
  kernels.read_dwords(electorate.household_numbers().block(block), household.data());
  for_each_row(block, bits, [&](Row row) {
    const std::uint32_t number = household[row % kBlockRows];
    part.households[number / 64] |= std::uint64_t{1} << (number % 64);
  });
}

}  // namespace

Totals Scanner::totals(const Electorate& electorate, const Plan& plan) const {
  std::vector<PartTotals> partial(crew_.parts(electorate.rows()));
  for (PartTotals& part : partial)
    part.households.resize(electorate.household_numbers_end() / 64 + 1);
  crew_.split(electorate.rows(), [&](std::size_t part, std::size_t first, std::size_t end) {
    BlockBits bits;
    for (std::size_t block = first; block < end; ++block) {
      if (!plan.matches(block, bits)) continue;
      add_totals(electorate, *plan.method().kernels, block, bits, partial[part]);
    }
  });
  Totals all;
  for (const PartTotals& part : partial) {
    all.voters += part.totals.voters;
    all.with_phone += part.totals.with_phone;
  }
  for (std::size_t word = 0; word < partial.front().households.size(); ++word) {
    std::uint64_t bits = 0;
    for (const PartTotals& part : partial)
      bits |= part.households[word];
    all.households += static_cast<std::uint64_t>(std::popcount(bits));
  }
  return all;
}

std::vector<Group> Scanner::groups(const Electorate& electorate, const Plan& plan,
                                   Field category) const {
  const CategoryColumn& column = electorate.category(category);
  const Column& support = electorate.number(Field::support_score);
  const Scan scan{&crew_, plan.method(), electorate.rows()};
  const std::vector<GroupKey> keys = {{column.codes(), column.dictionary().size()}};
  const std::vector<Measure> scores = {{support, {}}};
  const Groups all = group_dense(scan, plan.filter(), keys, {});
  const Groups scored =
      group_dense(scan, Filter::all({plan.filter(), Filter::range(support, 0, 100)}), keys, scores);
  std::vector<Group> groups;
  for (std::uint32_t code = 0; code < column.dictionary().size(); ++code) {
    Group group{.value = {}, .count = all.counts[code], .support_mean = {}};
    if (group.count == 0) continue;
    group.value = column.dictionary().text(code);
    if (scored.counts[code] > 0) {
      group.support_mean =
          static_cast<double>(scored.sums[0][code]) / static_cast<double>(scored.counts[code]);
    }
    groups.push_back(std::move(group));
  }
  std::ranges::sort(groups, [](const Group& a, const Group& b) {
    return a.count != b.count ? a.count > b.count : a.value < b.value;
  });
  return groups;
}

std::vector<Row> Scanner::rows(const Electorate& electorate, const Plan& plan) const {
  struct Piece {
    std::size_t first;
    std::vector<Row> rows;
  };
  std::vector<std::vector<Piece>> partial(crew_.parts(electorate.rows()));
  crew_.split(electorate.rows(), [&](std::size_t part, std::size_t first, std::size_t end) {
    std::vector<Row>& rows = partial[part].emplace_back(first).rows;
    BlockBits bits;
    for (std::size_t block = first; block < end; ++block) {
      if (!plan.matches(block, bits)) continue;
      for_each_row(block, bits, [&](Row row) { rows.push_back(row); });
    }
  });
  std::vector<Piece> pieces;
  for (std::vector<Piece>& part : partial)
    std::ranges::move(part, std::back_inserter(pieces));
  std::ranges::sort(pieces, {}, &Piece::first);
  std::vector<Row> all;
  for (const Piece& piece : pieces)
    all.insert(all.end(), piece.rows.begin(), piece.rows.end());
  return all;
}

}  // namespace hustings::segments
