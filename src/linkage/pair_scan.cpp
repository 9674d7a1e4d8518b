#include "linkage/pair_scan.h"

#include <algorithm>
#include <atomic>

#include "base/text.h"
#include "linkage/parallel.h"
#include "linkage/pattern_map.h"

namespace hustings::linkage {
namespace {

constexpr std::size_t kPrefetchAhead = 8;
constexpr std::size_t kBufferPairs = 4096;

/// A block of a rule as one number: its partition and the lower half of its key.
std::uint64_t block_id(std::size_t partition, std::uint32_t lower) {
  return std::uint64_t{partition} << 32 | lower;
}

/// A rule that has been worked through, and the blocks that it left out.
struct DoneRule {
  const Rule& rule;
  int partition_bits;
  std::vector<std::uint64_t> skipped;  ///< block ids, sorted

  bool brought_together(std::uint64_t left_key, std::uint64_t right_key) const {
    if (left_key == 0 || left_key != right_key) return false;
    if (skipped.empty()) return true;
    const std::size_t partition = partition_bits == 0 ? 0 : left_key >> (64 - partition_bits);
    const std::uint64_t id = block_id(partition, static_cast<std::uint32_t>(left_key));
    return !std::binary_search(skipped.begin(), skipped.end(), id);
  }
};

struct Limit {
  std::uint64_t pairs_max;
  std::atomic<std::uint64_t> pairs = 0;
  bool reached() const { return pairs.load(std::memory_order_relaxed) > pairs_max; }
};

/// What one thread finds.
class Scanner {
 public:
  Scanner(const Files& files, const std::vector<DoneRule>& done, Limit& limit)
      : files_(files),
        done_(done),
        limit_(limit),
        comparer_(files.left.words(), files.counts, files.left.extra_kinds()) {
    buffer_.reserve(kBufferPairs);
  }

  void begin(const Rule& rule) {
    rule_ = &rule;
    found_ = 0;
    skipped_.clear();
  }

  void join(const KeyTable& left, const KeyTable& right, std::size_t partition) {
    const auto a = left.partition(partition);
    const auto b = right.partition(partition);
    std::size_t i = 0;
    std::size_t j = 0;
    while (i < a.size() && j < b.size() && !limit_.reached()) {
      const std::uint32_t key = KeyTable::lower_of(a[i]);
      const std::uint32_t other = KeyTable::lower_of(b[j]);
      if (key < other) {
        ++i;
      } else if (other < key) {
        ++j;
      } else {
        const std::size_t i_end = end_of_block(a, i);
        const std::size_t j_end = end_of_block(b, j);
        if ((i_end - i) * (j_end - j) > rule_->pairs_max) {
          skipped_.push_back(block_id(partition, key));
        } else {
          for (std::size_t x = i; x < i_end; ++x) {
            for (std::size_t y = j; y < j_end; ++y)
              add({.left = KeyTable::row_of(a[x]), .right = KeyTable::row_of(b[y])});
          }
        }
        i = i_end;
        j = j_end;
      }
    }
    flush();
  }

  void join_within(const KeyTable& table, std::size_t partition) {
    const auto a = table.partition(partition);
    for (std::size_t i = 0; i < a.size() && !limit_.reached();) {
      const std::size_t end = end_of_block(a, i);
      const std::size_t rows = end - i;
      if (rows * (rows - 1) / 2 > rule_->pairs_max) {
        skipped_.push_back(block_id(partition, KeyTable::lower_of(a[i])));
      } else {
        for (std::size_t x = i; x < end; ++x) {
          for (std::size_t y = x + 1; y < end; ++y)
            add({.left = KeyTable::row_of(a[x]), .right = KeyTable::row_of(a[y])});
        }
      }
      i = end;
    }
    flush();
  }

  const std::vector<std::uint64_t>& skipped() const { return skipped_; }
  std::uint64_t found() const { return found_; }
  const PatternMap<std::uint64_t>& counts() const { return counts_; }
  PairList take_list() { return std::move(list_); }

 private:
  static std::size_t end_of_block(std::span<const KeyTable::Entry> all, std::size_t from) {
    std::size_t end = from + 1;
    while (end < all.size() && KeyTable::lower_of(all[end]) == KeyTable::lower_of(all[from]))
      ++end;
    return end;
  }

  void add(RowPair rows) {
    buffer_.push_back(rows);
    if (buffer_.size() == kBufferPairs) flush();
  }

  void flush() {
    const std::uint64_t before = found_;
    for (std::size_t i = 0; i < buffer_.size(); ++i) {
      if (i + kPrefetchAhead < buffer_.size()) {
        __builtin_prefetch(&files_.left[buffer_[i + kPrefetchAhead].left]);
        __builtin_prefetch(&files_.other()[buffer_[i + kPrefetchAhead].right]);
      }
      take(buffer_[i]);
    }
    buffer_.clear();
    limit_.pairs += found_ - before;
  }

  void take(RowPair rows) {
    const Comparer::Side left{files_.left[rows.left], files_.left.extras(rows.left)};
    const Comparer::Side right{files_.other()[rows.right], files_.other().extras(rows.right)};
    const auto key = [](const Rule& rule, const Comparer::Side& side) {
      return key_of(rule, side.record, side.extras);
    };
    // The tables hold only part of the key: one in billions comes here by chance.
    if (key(*rule_, left) != key(*rule_, right)) return;
    for (const DoneRule& earlier : done_) {
      if (earlier.brought_together(key(earlier.rule, left), key(earlier.rule, right))) return;
    }
    const Pattern pattern = comparer_.compare(left, right);
    ++counts_[pattern];
    list_.push({.rows = rows, .pattern = pattern});
    ++found_;
  }

  const Files& files_;
  const std::vector<DoneRule>& done_;
  Limit& limit_;
  Comparer comparer_;
  const Rule* rule_ = nullptr;
  std::vector<RowPair> buffer_;
  std::vector<std::uint64_t> skipped_;
  std::uint64_t found_ = 0;
  PatternMap<std::uint64_t> counts_;
  PairList list_;
};

void run_rule(const Files& files, const Rule& rule, int bits, int threads,
              std::vector<Scanner>& scanners) {
  const KeyTable left(files.left, rule, bits, threads);
  for (Scanner& scanner : scanners)
    scanner.begin(rule);
  if (files.right == nullptr) {
    for_each_task(threads, left.partitions(), [&](int thread, std::size_t p) {
      scanners[static_cast<std::size_t>(thread)].join_within(left, p);
    });
    return;
  }
  const KeyTable right(*files.right, rule, bits, threads);
  for_each_task(threads, left.partitions(), [&](int thread, std::size_t p) {
    scanners[static_cast<std::size_t>(thread)].join(left, right, p);
  });
}

RuleYield finish_rule(const Rule& rule, int bits, const std::vector<Scanner>& scanners,
                      std::vector<DoneRule>& done) {
  RuleYield yield{.rule = rule.name()};
  std::vector<std::uint64_t> skipped;
  for (const Scanner& scanner : scanners) {
    yield.pairs += scanner.found();
    skipped.insert(skipped.end(), scanner.skipped().begin(), scanner.skipped().end());
  }
  std::sort(skipped.begin(), skipped.end());
  yield.skipped_blocks = skipped.size();
  done.push_back({.rule = rule, .partition_bits = bits, .skipped = std::move(skipped)});
  return yield;
}

std::vector<PatternCount> merged_counts(const std::vector<Scanner>& scanners) {
  PatternMap<std::uint64_t> all;
  for (const Scanner& scanner : scanners) {
    scanner.counts().each([&](Pattern pattern, std::uint64_t count) { all[pattern] += count; });
  }
  std::vector<PatternCount> counts;
  counts.reserve(all.size());
  all.each([&](Pattern pattern, std::uint64_t count) { counts.push_back({pattern, count}); });
  std::sort(counts.begin(), counts.end(),
            [](const PatternCount& a, const PatternCount& b) { return a.pattern < b.pattern; });
  return counts;
}

}  // namespace

Result<PairScan> scan_pairs(const Files& files, const std::vector<Rule>& rules,
                            std::uint64_t pairs_max, int threads) {
  threads = threads_for(threads);
  const int bits = partition_bits_for(std::max(files.left.size(), files.other().size()));
  std::vector<DoneRule> done;
  done.reserve(rules.size());
  Limit limit{.pairs_max = pairs_max};
  std::vector<Scanner> scanners;
  scanners.reserve(static_cast<std::size_t>(threads));
  for (int i = 0; i < threads; ++i)
    scanners.emplace_back(files, done, limit);
  PairScan scan;
  for (const Rule& rule : rules) {
    run_rule(files, rule, bits, threads, scanners);
    scan.yields.push_back(finish_rule(rule, bits, scanners, done));
    if (limit.reached()) {
      return refuse(ErrorCode::over_limit,
                    "More than " + with_thousands(static_cast<std::int64_t>(pairs_max)) +
                        " pairs would have to be compared; the columns tell the people apart too "
                        "little, or one value stands in too many rows.",
                    rule.name());
    }
  }
  scan.counts = merged_counts(scanners);
  for (Scanner& scanner : scanners)
    scan.lists.push_back(scanner.take_list());
  scan.pairs = limit.pairs;
  return scan;
}

}  // namespace hustings::linkage
