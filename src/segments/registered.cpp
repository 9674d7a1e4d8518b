#include "segments/registered.h"

#include <algorithm>
#include <array>
#include <bit>

namespace hustings::segments {
namespace {

constexpr std::size_t kWordsStep = 8;  ///< one vector of AVX-512
/// Up to this value a column's classes are found in a table, above by bisection.
constexpr std::uint32_t kTableValues = std::uint32_t{1} << 20;

/// The greatest value that any range begins or ends at.
std::size_t columns_end(const std::vector<Registration>& registrations, const Tracked& tracked) {
  std::size_t end = 0;
  for (const Registration& one : registrations) {
    for (const Registration::Accepted& accepted : one.all)
      end = std::max(end, accepted.column + 1);
  }
  for (const Tracked::Sum& sum : tracked.sums)
    end = std::max({end, sum.value + 1, sum.times.value_or(0) + 1});
  if (tracked.by) end = std::max(end, tracked.by->column + 1);
  return end;
}

}  // namespace

std::uint32_t RegisteredSegments::ColumnTable::find(std::uint32_t value) const {
  if (value < class_of.size()) return class_of[value];
  const auto after = std::ranges::upper_bound(starts, value);
  return static_cast<std::uint32_t>(after - starts.begin()) - 1;
}

RegisteredSegments::RegisteredSegments(std::vector<Registration> registrations, Tracked tracked)
    : registrations_(std::move(registrations)),
      tracked_(std::move(tracked)),
      kernels_(best_kernels()),
      words_(std::max<std::size_t>((registrations_.size() + 511) / 512, 1) * kWordsStep),
      table_of_(columns_end(registrations_, tracked_), -1),
      counts_(words_ * 64),
      sums_(tracked_.sums.size(), std::vector<std::int64_t>(words_ * 64)),
      by_(tracked_.by ? tracked_.by->values * words_ * 64 : 0),
      before_(words_),
      after_(words_) {
  for (const Registration& one : registrations_) {
    for (const Registration::Accepted& accepted : one.all) {
      if (table_of_[accepted.column] < 0) build_table(accepted.column);
    }
  }
  for (auto* sets : {&same_, &before_of_, &after_of_})
    sets->resize(tables_.size() + 1);
}

void RegisteredSegments::build_table(std::size_t column) {
  ColumnTable table{.column = column, .starts = {0}, .class_of = {}, .accepted = {}};
  const auto for_each_range = [&](const auto& use) {
    for (std::size_t s = 0; s < registrations_.size(); ++s) {
      for (const Registration::Accepted& accepted : registrations_[s].all) {
        if (accepted.column == column) use(s, accepted.ranges);
      }
    }
  };
  for_each_range([&](std::size_t, const Registration::Ranges& ranges) {
    for (const auto& [lo, hi] : ranges) {
      table.starts.push_back(lo);
      if (hi != ~std::uint32_t{0}) table.starts.push_back(hi + 1);
    }
  });
  std::ranges::sort(table.starts);
  const auto repeated = std::ranges::unique(table.starts);
  table.starts.erase(repeated.begin(), repeated.end());
  const std::uint32_t end = std::min(table.starts.back() + 1, kTableValues);
  table.class_of.resize(end);
  for (std::uint32_t c = 0; c < table.starts.size(); ++c) {
    const std::uint32_t next = c + 1 < table.starts.size() ? table.starts[c + 1] : end;
    for (std::uint32_t value = table.starts[c]; value < std::min(next, end); ++value)
      table.class_of[value] = c;
  }
  // Who does not ask about the column accepts all of it; beyond the last segment there is nobody.
  std::vector<std::uint64_t> everybody(words_);
  for (std::size_t s = 0; s < size(); ++s)
    everybody[s / 64] |= std::uint64_t{1} << (s % 64);
  for (std::size_t c = 0; c < table.starts.size(); ++c)
    table.accepted.insert(table.accepted.end(), everybody.begin(), everybody.end());
  for_each_range([&](std::size_t s, const Registration::Ranges& ranges) {
    for (std::size_t c = 0; c < table.starts.size(); ++c) {
      const bool is_in = std::ranges::any_of(ranges, [&](const auto& range) {
        return range.first <= table.starts[c] && table.starts[c] <= range.second;
      });
      if (!is_in) table.accepted[c * words_ + s / 64] &= ~(std::uint64_t{1} << (s % 64));
    }
  });
  table_of_[column] = static_cast<std::int32_t>(tables_.size());
  tables_.push_back(std::move(table));
}

Filter RegisteredSegments::filter(std::size_t segment, std::span<const Column> columns) const {
  std::vector<Filter> all;
  for (const Registration::Accepted& accepted : registrations_[segment].all) {
    std::vector<Filter> any;
    for (const auto& [lo, hi] : accepted.ranges)
      any.push_back(Filter::range(columns[accepted.column], lo, hi));
    all.push_back(any.size() == 1 ? std::move(any.front()) : Filter::any(std::move(any)));
  }
  return Filter::all(std::move(all));
}

Registered RegisteredSegments::recount(const Scan& scan, std::span<const Column> columns,
                                       std::size_t segment) const {
  std::vector<GroupKey> keys;
  if (tracked_.by) keys.push_back({columns[tracked_.by->column], tracked_.by->values});
  std::vector<Measure> measures;
  for (const Tracked::Sum& sum : tracked_.sums) {
    measures.push_back({columns[sum.value], {}});
    if (sum.times) measures.back().times = columns[*sum.times];
  }
  const Groups groups = group_dense(scan, filter(segment, columns), keys, measures);
  Registered out;
  for (const std::uint64_t count : groups.counts)
    out.count += static_cast<std::int64_t>(count);
  for (const auto& by_group : groups.sums) {
    std::int64_t sum = 0;
    for (const std::uint64_t one : by_group)
      sum += static_cast<std::int64_t>(one);
    out.sums.push_back(sum);
  }
  if (tracked_.by) out.by.assign(groups.counts.begin(), groups.counts.end());
  return out;
}

void RegisteredSegments::count_all(const Scan& scan, std::span<const Column> columns) {
  for (std::size_t s = 0; s < size(); ++s) {
    const Registered one = recount(scan, columns, s);
    counts_[s] = one.count;
    for (std::size_t i = 0; i < sums_.size(); ++i)
      sums_[i][s] = one.sums[i];
    for (std::size_t value = 0; value < one.by.size(); ++value)
      by_[value * words_ * 64 + s] = one.by[value];
  }
}

void RegisteredSegments::members(std::span<const NamedColumn> columns, Row row,
                                 std::span<std::uint64_t> out) const {
  constexpr std::size_t kTablesMost = 256;
  std::array<const std::uint64_t*, kTablesMost> sets;
  CHECK(tables_.size() <= kTablesMost);
  for (std::size_t i = 0; i < tables_.size(); ++i) {
    sets[i] = accepted(tables_[i], columns[tables_[i].column].second.get(row));
  }
  kernels_.intersect(sets.data(), tables_.size(), words_, out.data());
  for (std::size_t word = (size() + 63) / 64; word < words_; ++word)
    out[word] = 0;
  if (size() % 64 != 0) out[size() / 64] &= (std::uint64_t{1} << (size() % 64)) - 1;
}

Registered RegisteredSegments::get(std::size_t segment) const {
  Registered out{.count = counts_[segment], .sums = {}, .by = {}};
  for (const auto& sum : sums_)
    out.sums.push_back(sum[segment]);
  if (tracked_.by) {
    for (std::size_t value = 0; value < tracked_.by->values; ++value)
      out.by.push_back(by_[value * words_ * 64 + segment]);
  }
  return out;
}

std::size_t RegisteredSegments::bytes() const {
  std::size_t total = (1 + sums_.size()) * counts_.size() * 8 + by_.size() * 8;
  for (const ColumnTable& table : tables_)
    total += table.accepted.size() * 8 + table.class_of.size() * 4 + table.starts.size() * 4;
  return total;
}

/// The tracked values of one row before and after its change.
struct RegisteredSegments::Reading {
  static constexpr std::size_t kSumsMax = 8;
  std::array<std::int64_t, kSumsMax> before{};
  std::array<std::int64_t, kSumsMax> after{};
  std::uint32_t by_before = 0;
  std::uint32_t by_after = 0;
};

void RegisteredSegments::read(std::span<const Column> columns, Row row, Reading& reading,
                              bool is_after) const {
  auto& values = is_after ? reading.after : reading.before;
  for (std::size_t i = 0; i < tracked_.sums.size(); ++i) {
    const Tracked::Sum& sum = tracked_.sums[i];
    std::int64_t value = columns[sum.value].get(row);
    if (sum.times) value *= columns[*sum.times].get(row);
    values[i] = value;
  }
  if (tracked_.by) {
    (is_after ? reading.by_after : reading.by_before) = columns[tracked_.by->column].get(row);
  }
}

/// Block by block, each row's changes in their order: a block's columns fit the cache.
std::vector<Changes::OfRow> RegisteredSegments::ordered(const Changes& changes) {
  std::vector<std::uint32_t> places;
  for (const Changes::OfRow& row : changes.rows_) {
    const std::size_t block = row.row / kBlockRows;
    if (block + 2 > places.size()) places.resize(block + 2);
    ++places[block + 1];
  }
  for (std::size_t block = 1; block < places.size(); ++block)
    places[block] += places[block - 1];
  std::vector<Changes::OfRow> out(changes.rows_.size());
  for (const Changes::OfRow& row : changes.rows_)
    out[places[row.row / kBlockRows]++] = row;
  return out;
}

void RegisteredSegments::apply(std::span<Column> columns, const Changes& changes) {
  CHECK(tracked_.sums.size() <= Reading::kSumsMax);
  constexpr std::size_t kAhead = 6;  // rows whose cells are on their way from memory
  const std::vector<Changes::OfRow> rows = ordered(changes);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (i + 2 * kAhead < rows.size()) {
      __builtin_prefetch(changes.cells_.data() + rows[i + 2 * kAhead].first);
    }
    if (i + kAhead < rows.size()) {
      const Row next = rows[i + kAhead].row;
      for (const ColumnTable& table : tables_) {
        const Block& block = columns[table.column].block(next / kBlockRows);
        __builtin_prefetch(block.data + next % kBlockRows * bits_of(block.packing) / 8);
      }
    }
    apply_row(columns, changes, rows[i]);
  }
}

void RegisteredSegments::apply_row(std::span<Column> columns, const Changes& changes,
                                   const Changes::OfRow& row) {
  const std::span<const Changes::Cell> cells =
      std::span(changes.cells_).subspan(row.first, row.count);
  // The last word on a column counts.
  for (const Changes::Cell& cell : cells) {
    if (cell.column >= cell_of_.size()) cell_of_.resize(cell.column + 1);
    cell_of_[cell.column] = &cell;
  }
  std::size_t same = 0;
  std::size_t changed = 0;
  for (const ColumnTable& table : tables_) {
    const std::uint64_t* own = accepted(table, columns[table.column].get(row.row));
    const Changes::Cell* cell = table.column < cell_of_.size() ? cell_of_[table.column] : nullptr;
    const std::uint64_t* next = cell == nullptr ? own : accepted(table, cell->value);
    if (next == own) {
      same_[same++] = own;
    } else {
      before_of_[changed] = own;
      after_of_[changed++] = next;
    }
  }
  Reading reading;
  read(columns, row.row, reading, false);
  for (const Changes::Cell& cell : cells) {
    columns[cell.column].set(row.row, cell.value);
    cell_of_[cell.column] = nullptr;
  }
  read(columns, row.row, reading, true);
  kernels_.intersect(same_.data(), same, words_, before_.data());
  const std::uint64_t* after = before_.data();
  if (changed > 0) {
    after_of_[changed] = before_.data();
    kernels_.intersect(after_of_.data(), changed + 1, words_, after_.data());
    before_of_[changed] = before_.data();
    kernels_.intersect(before_of_.data(), changed + 1, words_, before_.data());
    after = after_.data();
  }
  add_differences(reading, before_.data(), after);
}

void RegisteredSegments::add_differences(const Reading& reading, const std::uint64_t* was,
                                         const std::uint64_t* is) {
  const std::size_t stride = words_ * 64;
  std::int64_t* const from = by_.data() + (by_.empty() ? 0 : reading.by_before * stride);
  std::int64_t* const to = by_.data() + (by_.empty() ? 0 : reading.by_after * stride);
  const auto each = [](std::size_t word, std::uint64_t bits, const auto& use) {
    for (; bits != 0; bits &= bits - 1)
      use(word * 64 + static_cast<std::size_t>(std::countr_zero(bits)));
  };
  for (std::size_t word = 0; was != is && word < words_; ++word) {
    if (was[word] == is[word]) continue;
    each(word, was[word] & ~is[word], [&](std::size_t s) {
      --counts_[s];
      for (std::size_t i = 0; i < sums_.size(); ++i)
        sums_[i][s] -= reading.before[i];
      if (!by_.empty()) --from[s];
    });
    each(word, is[word] & ~was[word], [&](std::size_t s) {
      ++counts_[s];
      for (std::size_t i = 0; i < sums_.size(); ++i)
        sums_[i][s] += reading.after[i];
      if (!by_.empty()) ++to[s];
    });
  }
  const auto add_to_stayed = [&](std::int64_t what, std::int64_t* numbers) {
    if (what != 0) kernels_.add_to_both(was, is, words_, what, numbers);
  };
  for (std::size_t i = 0; i < sums_.size(); ++i)
    add_to_stayed(reading.after[i] - reading.before[i], sums_[i].data());
  if (from == to) return;
  add_to_stayed(-1, from);
  add_to_stayed(1, to);
}

}  // namespace hustings::segments
