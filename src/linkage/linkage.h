#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "base/error.h"
#include "linkage/model.h"
#include "linkage/pair_scan.h"

/// Which records are of one person. Everything is in memory: 64 bytes a record (4 more for each
/// other column), 8 a record while a rule is worked through, 16 for each compared pair, 32 for each
/// pair that is kept. The same result for any number of threads.
namespace hustings::linkage {

struct LinkOptions {
  int threads = 0;        ///< 0: one for each core
  double keep_at = 0.01;  ///< pairs below this probability are left out
  /// Nobody stands twice in one file: a record's candidates exclude each other, and of pairs that
  /// share a record only the best is kept.
  bool one_to_one = false;
  std::uint64_t pairs_max = 400'000'000;  ///< more are refused: over_limit
  std::uint64_t seed = 1;
  /// Empty: voter_rules(), for files of any size. choose_rules() finds more in small files.
  std::vector<Rule> rules;
  /// A model from before; only lambda is fitted anew. Null: trained on these files.
  const Model* model = nullptr;
};

struct Match {
  RowPair rows;
  Pattern pattern;
  float frequency_bits = 0;  ///< what the names' rarity adds
  float log_odds = 0;        ///< log2, all evidence together
  double probability = 0;
};

struct Linkage {
  std::vector<Match> matches;  ///< sorted by rows
  Model model;
  std::vector<RuleYield> rules;
  std::uint64_t pairs_compared = 0;
  double estimated_matches = 0;  ///< the sum of the probabilities, competitors considered
};

/// Pairs of a record of `left` and one of `right`: a file against the registry. Both share one
/// Words and have the same other columns. invalid if they do not, over_limit if too many pairs
/// would have to be compared.
Result<Linkage> link(const Records& left, const Records& right, const LinkOptions& options);

/// Pairs within one file.
Result<Linkage> dedupe(const Records& records, const LinkOptions& options);

/// Bits that the rarity of equal names adds to a pattern's own (Newcombe 1959; Winkler 1989). None
/// within a household, where people share their last name for another reason.
class NameFrequencies {
 public:
  /// Both outlive it.
  NameFrequencies(const Model& model, const WordCounts& counts);
  float bits(Pattern pattern, Comparer::Side left, Comparer::Side right) const;

 private:
  float rarity(const std::vector<std::uint32_t>& column, WordId word, double average) const;

  const WordCounts& counts_;
  double first_;  ///< chance of two strangers to agree exactly
  double last_;
  std::vector<double> extras_;
};

/// All of a match's evidence, the rarity of its names included.
std::vector<Evidence> explain(const Model& model, const Match& match,
                              const std::vector<std::string>& extra_names);

/// Keeps, of pairs that share a record, the one with the highest probability (greedy, best first;
/// ties by row), and lowers probabilities for competitors: each record has at most one partner.
/// Returns the expected number of matches: the sum of the lowered probabilities, before the choice.
double assign_one_to_one(std::vector<Match>& matches);

}  // namespace hustings::linkage
