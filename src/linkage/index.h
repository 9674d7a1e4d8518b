#pragma once

#include <memory>
#include <vector>

#include "linkage/linkage.h"

namespace hustings::linkage {

/// One record against all of a file in memory: for a web form or an app that asks whether a person
/// is known. About 8 bytes for each record and rule that applies (some 100 bytes a record) beside
/// the records themselves.
///
/// find() is safe from any thread, add() is not: keep others out meanwhile.
class Index {
 public:
  /// The records outlive the index. `model` from an earlier linkage of this file, or Model(extras)
  /// untrained. `rules` empty: voter_rules().
  Index(Records& records, Model model, std::vector<Rule> rules, int threads = 0);

  /// The same where the records are only those that can be asked for, by voter_rules(): how often
  /// words stand in all of the file is known.
  Index(Records& records, Model model, WordCounts counts);

  /// The most likely rows, best first, at most `candidates_max`, each of at least `keep_at`. In
  /// Match::rows, left is the row; right is 0.
  std::vector<Match> find(const Person& person, std::size_t candidates_max,
                          double keep_at = 0.01) const;

  /// Appends a record to the file and makes it findable. Records added since the index was built
  /// cost a little more to find; build anew after some hundred thousand.
  void add(const Person& person);

  const Model& model() const { return model_; }

 private:
  Index(Records& records, Model model, std::vector<Rule> rules, WordCounts counts, int threads);
  struct Question;
  std::vector<std::uint32_t> candidate_rows(const Question& question) const;

  Records& records_;
  Model model_;
  std::vector<Rule> rules_;
  WordCounts counts_;
  std::vector<std::unique_ptr<KeyTable>> tables_;
  class Added;
  std::shared_ptr<Added> added_;  ///< shared for its hidden destructor only
};

}  // namespace hustings::linkage
