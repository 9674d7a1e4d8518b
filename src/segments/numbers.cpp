#include "segments/numbers.h"

#include <algorithm>
#include <bit>
#include <ranges>

namespace hustings::segments {
namespace {

using Words = std::vector<std::uint64_t>;

template <class Use>
void for_each_bit(std::uint64_t bits, std::size_t word, const Use& use) {
  for (; bits != 0; bits &= bits - 1)
    use(word * 64 + static_cast<std::size_t>(std::countr_zero(bits)));
}

/// Counts the rows of blocks, for one thread.
class BlockCounter {
 public:
  BlockCounter(const Electorate& electorate, const Kernels& kernels)
      : electorate_(electorate),
        kernels_(kernels),
        households_(electorate.household_numbers_end() / 64 + 1) {
    for (std::size_t i = 0; i < kKeptGroups.size(); ++i)
      numbers.groups[i].resize(electorate.category(kKeptGroups[i]).dictionary().size());
  }

  void add(std::size_t block, const BlockBits& bits) {
    const auto count = static_cast<std::int64_t>(kernels_.count(bits.data()));
    numbers.voters += count;
    BlockBits more;
    kernels_.match(electorate_.flag(Field::has_phone).block(block), 1, 1, more.data());
    numbers.with_phone += static_cast<std::int64_t>(kernels_.count_and(bits.data(), more.data()));
    for (std::size_t i = 0; i < kKeptScores.size(); ++i) {
      const Block& scores = electorate_.number(kKeptScores[i]).block(block);
      read(scores, bits, count, [&](std::uint32_t score, std::int64_t voters) {
        if (score == kScoreUnknown) return;
        numbers.scores[i].known += voters;
        numbers.scores[i].sum += voters * score;
      });
    }
    for (std::size_t i = 0; i < kKeptGroups.size(); ++i) {
      const Block& codes = electorate_.category(kKeptGroups[i]).codes().block(block);
      read(codes, bits, count,
           [&](std::uint32_t code, std::int64_t voters) { numbers.groups[i][code] += voters; });
    }
    read(electorate_.household_numbers().block(block), bits, count,
         [&](std::uint32_t household, std::int64_t) {
           households_[household / 64] |= std::uint64_t{1} << (household % 64);
         });
  }
  const Words& households() const { return households_; }

  Numbers numbers;

 private:
  template <class Use>
  void read(const Block& block, const BlockBits& bits, std::int64_t count, const Use& use) {
    if (block.is_constant()) return use(block.least, count);
    kernels_.read_dwords(block, values_.data());
    for (std::size_t word = 0; word < kBlockWords; ++word) {
      for_each_bit(bits[word], word, [&](std::size_t place) { use(values_[place], 1); });
    }
  }

  const Electorate& electorate_;
  const Kernels& kernels_;
  Words households_;  ///< a bit for each number
  alignas(64) std::array<std::uint32_t, kBlockRows> values_{};
};

}  // namespace

RowValues values_of(const Electorate& electorate, Row row) {
  RowValues values;
  values.has_phone = electorate.flag(Field::has_phone).test(row);
  for (std::size_t i = 0; i < kKeptScores.size(); ++i)
    values.scores[i] = electorate.number(kKeptScores[i]).get(row);
  for (std::size_t i = 0; i < kKeptGroups.size(); ++i)
    values.codes[i] = electorate.category(kKeptGroups[i]).code(row);
  values.household = electorate.household_numbers().get(row);
  return values;
}

/// `sign` is 1 or -1. Households are not among it.
void add(Numbers& numbers, const RowValues& values, std::int64_t sign) {
  numbers.voters += sign;
  numbers.with_phone += values.has_phone ? sign : 0;
  for (std::size_t i = 0; i < kKeptScores.size(); ++i) {
    if (values.scores[i] == kScoreUnknown) continue;
    numbers.scores[i].known += sign;
    numbers.scores[i].sum += sign * values.scores[i];
  }
  for (std::size_t i = 0; i < kKeptGroups.size(); ++i) {
    std::vector<std::int64_t>& group = numbers.groups[i];
    if (values.codes[i] >= group.size()) group.resize(values.codes[i] + std::size_t{1});
    group[values.codes[i]] += sign;
  }
}

void add_all(Numbers& to, const Numbers& from, std::int64_t sign) {
  to.voters += sign * from.voters;
  to.households += sign * from.households;
  to.with_phone += sign * from.with_phone;
  for (std::size_t i = 0; i < kKeptScores.size(); ++i) {
    to.scores[i].known += sign * from.scores[i].known;
    to.scores[i].sum += sign * from.scores[i].sum;
  }
  for (std::size_t i = 0; i < kKeptGroups.size(); ++i) {
    if (from.groups[i].size() > to.groups[i].size()) to.groups[i].resize(from.groups[i].size());
    for (std::size_t code = 0; code < from.groups[i].size(); ++code)
      to.groups[i][code] += sign * from.groups[i][code];
  }
}

Numbers count_numbers(const Crew& crew, const Electorate& electorate, const Filter& filter) {
  const Filter::Method method;
  std::vector<BlockCounter> parts;
  parts.reserve(crew.parts(electorate.rows()));
  while (parts.size() < crew.parts(electorate.rows()))
    parts.emplace_back(electorate, *method.kernels);
  crew.split(electorate.rows(), [&](std::size_t part, std::size_t first, std::size_t end) {
    BlockBits bits;
    for (std::size_t block = first; block < end; ++block) {
      if (filter.matches(method, electorate.rows(), block, bits)) parts[part].add(block, bits);
    }
  });
  Numbers all = parts.front().numbers;
  for (const BlockCounter& part : parts | std::views::drop(1))
    add_all(all, part.numbers, 1);
  for (std::size_t word = 0; word < parts.front().households().size(); ++word) {
    std::uint64_t bits = 0;
    for (const BlockCounter& part : parts)
      bits |= part.households()[word];
    all.households += std::popcount(bits);
  }
  return all;
}

bool is_equal(const Numbers& a, const Numbers& b) {
  const auto same = [](const std::vector<std::int64_t>& x, const std::vector<std::int64_t>& y) {
    for (std::size_t code = 0; code < std::max(x.size(), y.size()); ++code) {
      if ((code < x.size() ? x[code] : 0) != (code < y.size() ? y[code] : 0)) return false;
    }
    return true;
  };
  return a.totals() == b.totals() && a.scores == b.scores &&
         std::ranges::equal(a.groups, b.groups, same);
}

}  // namespace hustings::segments
