#pragma once

#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "experiments/analysis.h"
#include "experiments/experiment.h"
#include "feed/feed.h"
#include "model/ids.h"
#include "pg/connection.h"

namespace hustings::experiments {

/// The members of an experiment with their contacts and outcomes, in memory: loaded once, then the
/// rows of persons who changed are read again. For one thread at a time.
class LiveTrial {
 public:
  explicit LiveTrial(Experiment experiment) : experiment_(std::move(experiment)) {}

  const Experiment& experiment() const { return experiment_; }
  /// Reads everything, in the caller's transaction.
  void load(pg::Transaction& transaction);
  /// Reads what these persons did anew; who is no member does not matter. True if one is.
  bool refresh(pg::Connection& connection, const std::vector<VoterId>& persons);

  /// For an outcome by its place in experiment().outcomes.
  Subjects subjects(std::size_t outcome) const;
  /// What is wrong with assignments, or missing from outside, in sentences.
  std::vector<std::string> warnings(std::size_t which) const;
  std::size_t size() const { return members_.size(); }

 private:
  struct Value {
    float value;  ///< NaN: not known
    Instant at;
  };
  /// Who is asked about: places in members_ by person.
  struct Asked {
    std::vector<std::int16_t> buckets;
    std::vector<VoterId> persons;
  };
  void read_members(pg::Connection& connection);
  void read_warnings(pg::Connection& connection);
  void read_contacts(pg::Connection& connection, const Asked& asked);
  void read_outcome(pg::Connection& connection, std::size_t which, const Asked& asked);
  pg::Rows outcome_rows(pg::Connection& connection, const Outcome& outcome, const Asked& asked,
                        Instant from, Instant until) const;
  /// What a member has of whom nothing was found: not known, or no.
  float unheard(std::size_t which) const;
  std::uint16_t trait(std::size_t which, const std::string& value);

  Experiment experiment_;
  std::vector<Member> members_;
  std::unordered_multimap<VoterId, std::uint32_t> places_;  ///< by person of now
  std::vector<std::vector<Value>> values_;                  ///< by outcome, then member
  std::vector<bool> has_source_;  ///< by outcome: a vote in the election is known of anybody
  std::array<std::vector<std::string>, kTraits> trait_values_;
  std::array<std::unordered_map<std::string, std::uint16_t>, kTraits> trait_codes_;
  std::vector<std::int64_t> question_ids_;  ///< by outcome; 0: none
  std::int64_t changed_arms_ = 0;
  std::int64_t added_ = 0;
  std::int64_t strangers_ = 0;
};

}  // namespace hustings::experiments
