#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/rng.h"
#include "feed/feed.h"
#include "model/ids.h"
#include "pg/connection.h"
#include "segments/testing/random_rule.h"

namespace hustings::segments::testing {

/// Fills the tables of one test with random voters and lets random things happen to them, each in a
/// transaction with its feed entry, as the modules that own the tables do it.
class RandomElectorate {
 public:
  RandomElectorate(pg::Connection& connection, std::uint64_t seed)
      : connection_(connection), rng_(seed) {}

  /// Elections, questions and `voters` voters, without entries in the feed.
  void fill(int voters);
  /// One random thing.
  void happen();

  void import_voters(int changed, int added);
  void import_history(int votes);
  void import_scores(int voters);
  void correct_voter();
  void attempt();
  void give_answer();
  void say_consent();
  void freeze_list();
  void suppress();
  void end_suppression();
  void save_question();
  /// An answer as SQL has it and as the feed does.
  struct Given {
    std::string choice;
    std::string text;
    bool declined = false;
    std::string members;
  };
  Given given_to(std::int64_t question);
  /// Two voters become one, as registry/persons.h does it: all that hangs on one goes to the other.
  void join_voters();
  /// The last that was joined is a voter again.
  void split_voter();

  const std::vector<VoterId>& voters() const { return voters_; }
  Rng& rng() { return rng_; }

 private:
  std::string voter_values(VoterId voter, std::int64_t import);
  std::string random_date();
  std::string random_instant();
  void put_voter(VoterId voter, std::int64_t import);
  void add_election(const std::string& held_on, const std::string& kind);
  void move_rows(VoterId from, VoterId to, std::optional<VoterId> home);
  std::int64_t start_import();
  void publish(std::int64_t import, const std::string& kind, int rows);
  void commit(pg::Transaction& transaction, const feed::Change& change);
  void run(const std::string& sql) { connection_.run_text(sql, "test"); }
  VoterId any_voter() { return voters_[rng_.below(voters_.size())]; }
  template <class T>
  const T& any_of(const std::vector<T>& values) {
    return values[rng_.below(values.size())];
  }

  pg::Connection& connection_;
  Rng rng_;
  std::vector<VoterId> voters_;
  std::vector<std::int64_t> elections_;
  std::vector<std::int64_t> questions_;
  std::int64_t made_ = 0;  ///< voters
  std::int64_t imports_ = 0;
  std::int64_t ids_ = 0;         ///< attempts and answers
  std::vector<VoterId> joined_;  ///< who is somebody else's identity now, in the order of the joins
  std::int64_t minutes_ = 0;     ///< no two things happen to one voter in the same microsecond
};

}  // namespace hustings::segments::testing
