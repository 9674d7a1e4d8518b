#include "linkage/index.h"

#include <algorithm>
#include <bit>
#include <unordered_map>

#include "linkage/parallel.h"
#include "linkage/weights.h"

namespace hustings::linkage {
namespace {

constexpr int kRowsOfPartitionBits = 6;  ///< about 64 rows in a partition: a few cache lines

int index_bits(std::size_t rows) {
  return std::clamp(static_cast<int>(std::bit_width(rows >> kRowsOfPartitionBits)), 0, 22);
}

}  // namespace

/// The keys of records that came after the tables were built: one map for each rule.
class Index::Added {
 public:
  explicit Added(std::size_t rules) : rows_(rules) {}
  void add(std::size_t rule, std::uint64_t key, std::uint32_t row) {
    rows_[rule].emplace(key, row);
  }
  template <class Visit>
  void each(std::size_t rule, std::uint64_t key, const Visit& visit) const {
    const auto [begin, end] = rows_[rule].equal_range(key);
    for (auto at = begin; at != end; ++at)
      visit(at->second);
  }

 private:
  std::vector<std::unordered_multimap<std::uint64_t, std::uint32_t>> rows_;
};

struct Index::Question {
  ForeignWords foreign;
  Record record{};
  std::vector<WordId> extras;
};

Index::Index(Records& records, Model model, std::vector<Rule> rules, int threads)
    : Index(records, std::move(model), rules.empty() ? voter_rules() : std::move(rules),
            count_words(records, nullptr), threads) {}

Index::Index(Records& records, Model model, WordCounts counts)
    : Index(records, std::move(model), voter_rules(), std::move(counts), 0) {}

Index::Index(Records& records, Model model, std::vector<Rule> rules, WordCounts counts, int threads)
    : records_(records),
      model_(std::move(model)),
      rules_(std::move(rules)),
      counts_(std::move(counts)),
      added_(std::make_shared<Added>(rules_.size())) {
  for (const Rule& rule : rules_) {
    tables_.push_back(std::make_unique<KeyTable>(records, rule, index_bits(records.size()),
                                                 threads_for(threads)));
  }
}

std::vector<std::uint32_t> Index::candidate_rows(const Question& question) const {
  std::vector<std::uint32_t> rows;
  for (std::size_t i = 0; i < rules_.size(); ++i) {
    const std::uint64_t key = key_of(rules_[i], question.record, question.extras);
    if (key == 0) continue;
    const auto found = tables_[i]->find(key);
    // One side of the block is this record alone.
    if (found.size() > rules_[i].pairs_max) continue;
    for (const KeyTable::Entry entry : found)
      rows.push_back(KeyTable::row_of(entry));
    added_->each(i, key, [&](std::uint32_t row) { rows.push_back(row); });
  }
  std::sort(rows.begin(), rows.end());
  rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
  return rows;
}

std::vector<Match> Index::find(const Person& person, std::size_t candidates_max,
                               double keep_at) const {
  Question question;
  question.record = make_question(records_.words(), question.foreign, person);
  for (const std::string_view extra : person.extras)
    question.extras.push_back(question.foreign.find(records_.words(), extra));
  question.extras.resize(records_.extra_kinds().size());
  Comparer comparer(records_.words(), counts_, records_.extra_kinds(), question.foreign);
  const NameFrequencies frequencies(model_, counts_);
  std::vector<Match> matches;
  for (const std::uint32_t row : candidate_rows(question)) {
    const Comparer::Side known{records_[row], records_.extras(row)};
    const Comparer::Side asked{question.record, question.extras};
    Match match{.rows = {.left = row, .right = 0}, .pattern = comparer.compare(known, asked)};
    if (model_.term_frequencies) {
      match.frequency_bits = frequencies.bits(match.pattern, known, asked);
    }
    match.log_odds = static_cast<float>(model_.log_odds(match.pattern)) + match.frequency_bits;
    match.probability = probability_of(static_cast<double>(match.log_odds));
    if (match.probability >= keep_at) matches.push_back(match);
  }
  std::sort(matches.begin(), matches.end(), [](const Match& a, const Match& b) {
    return a.log_odds != b.log_odds ? a.log_odds > b.log_odds : a.rows < b.rows;
  });
  if (matches.size() > candidates_max) matches.resize(candidates_max);
  return matches;
}

void Index::add(const Person& person) {
  const auto row = static_cast<std::uint32_t>(records_.size());
  records_.append(person);
  for (std::size_t i = 0; i < rules_.size(); ++i) {
    const std::uint64_t key = key_of(rules_[i], records_[row], records_.extras(row));
    if (key != 0) added_->add(i, key, row);
  }
}

}  // namespace hustings::linkage
