#include "segments/query.h"

#include <algorithm>
#include <bit>
#include <latch>

#include "segments/kernels.h"

namespace hustings::segments {
namespace {

/// Below this, waking another thread costs more than it saves.
constexpr std::size_t kRowsForThreads = 500'000;

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

void add_totals(const Electorate& electorate, std::size_t block, const BlockBits& bits,
                PartTotals& part) {
  part.totals.voters += kernels::count(bits.data());
  part.totals.with_phone +=
      kernels::count_and(bits.data(), electorate.flag(Field::has_phone).block(block));
  const std::uint32_t* household = electorate.household_numbers();
  for_each_row(block, bits, [&](Row row) {
    const std::uint32_t number = household[row];
    part.households[number / 64] |= std::uint64_t{1} << (number % 64);
  });
}

struct PartGroups {
  std::vector<std::uint64_t> counts;  ///< by code
  std::vector<kernels::ScoreSum> scores;
};

template <class T>
void add_groups(const Electorate& electorate, const Column<T>& codes, std::size_t block,
                const BlockBits& bits, PartGroups& part) {
  const Column<std::uint8_t>& support = electorate.number(Field::support_score);
  const auto zone = codes.zone(block);
  if (zone.least == zone.most) {
    const kernels::ScoreSum sum = kernels::sum_scores(support.block(block), bits.data());
    part.counts[zone.least] += kernels::count(bits.data());
    part.scores[zone.least].known += sum.known;
    part.scores[zone.least].sum += sum.sum;
    return;
  }
  for_each_row(block, bits, [&](Row row) {
    const std::uint32_t code = codes.get(row);
    ++part.counts[code];
    const std::uint8_t score = support.get(row);
    if (score == kScoreUnknown) return;
    ++part.scores[code].known;
    part.scores[code].sum += score;
  });
}

}  // namespace

Scanner::Scanner(int threads)
    : threads_(threads), pool_({.threads = std::max(threads - 1, 1), .queue_max = 256}) {}

std::size_t Scanner::parts(const Electorate& electorate) const {
  return electorate.rows() >= kRowsForThreads ? static_cast<std::size_t>(threads_) : 1;
}

void Scanner::split(const Electorate& electorate,
                    const std::function<void(std::size_t, std::size_t, std::size_t)>& work) const {
  const std::size_t all = parts(electorate);
  const std::size_t blocks = electorate.blocks();
  std::latch done(static_cast<std::ptrdiff_t>(all));
  for (std::size_t part = all; part-- > 0;) {
    const auto run = [&, part] {
      work(part, blocks * part / all, blocks * (part + 1) / all);
      done.count_down();
    };
    if (part == 0 || !pool_.try_submit(run)) run();  // a full queue: the caller does it
  }
  done.wait();
}

Totals Scanner::totals(const Electorate& electorate, const Plan& plan) const {
  std::vector<PartTotals> partial(parts(electorate));
  split(electorate, [&](std::size_t part, std::size_t first, std::size_t end) {
    PartTotals& own = partial[part];
    own.households.resize(electorate.household_numbers_end() / 64 + 1);
    BlockBits bits;
    for (std::size_t block = first; block < end; ++block) {
      if (plan.matches(block, bits)) add_totals(electorate, block, bits, own);
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
  const std::size_t codes = column.dictionary().size();
  std::vector<PartGroups> partial(parts(electorate));
  split(electorate, [&](std::size_t part, std::size_t first, std::size_t end) {
    PartGroups& own = partial[part];
    own.counts.resize(codes);
    own.scores.resize(codes);
    BlockBits bits;
    for (std::size_t block = first; block < end; ++block) {
      if (!plan.matches(block, bits)) continue;
      std::visit([&](const auto& values) { add_groups(electorate, values, block, bits, own); },
                 column.codes());
    }
  });
  std::vector<Group> groups;
  for (std::uint32_t code = 0; code < codes; ++code) {
    Group group{.value = column.dictionary().text(code), .count = 0, .support_mean = {}};
    kernels::ScoreSum score;
    for (const PartGroups& part : partial) {
      group.count += part.counts[code];
      score.known += part.scores[code].known;
      score.sum += part.scores[code].sum;
    }
    if (group.count == 0) continue;
    if (score.known > 0) {
      group.support_mean = static_cast<double>(score.sum) / static_cast<double>(score.known);
    }
    groups.push_back(std::move(group));
  }
  std::ranges::sort(groups, [](const Group& a, const Group& b) {
    return a.count != b.count ? a.count > b.count : a.value < b.value;
  });
  return groups;
}

std::vector<Row> Scanner::rows(const Electorate& electorate, const Plan& plan) const {
  std::vector<std::vector<Row>> partial(parts(electorate));
  split(electorate, [&](std::size_t part, std::size_t first, std::size_t end) {
    BlockBits bits;
    for (std::size_t block = first; block < end; ++block) {
      if (!plan.matches(block, bits)) continue;
      for_each_row(block, bits, [&](Row row) { partial[part].push_back(row); });
    }
  });
  std::vector<Row> all = std::move(partial.front());
  for (std::size_t i = 1; i < partial.size(); ++i) {
    all.insert(all.end(), partial[i].begin(), partial[i].end());
  }
  return all;
}

}  // namespace hustings::segments
