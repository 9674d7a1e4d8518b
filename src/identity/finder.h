#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <thread>
#include <vector>

#include "base/clock.h"
#include "base/error.h"
#include "base/log.h"
#include "feed/feed.h"
#include "identity/person_reader.h"
#include "linkage/model.h"
#include "model/ids.h"
#include "pg/pool.h"
#include "registry/likeness.h"

namespace hustings::identity {

/// A voter who may be the one that is asked for.
struct FoundVoter {
  VoterId voter;
  double probability = 0;
  std::vector<linkage::Evidence> evidence;  ///< most telling first
};

struct FindAnswer {
  std::vector<FoundVoter> voters;     ///< likeliest first
  std::int64_t identities = 0;        ///< that were searched
  feed::Position position = 0;        ///< the feed up to which the index knows everything
  std::chrono::milliseconds age{0};   ///< since it was certain that nothing newer was there
  std::chrono::microseconds took{0};  ///< the search itself, without the database
};

/// One record against everybody in memory, for web forms and apps: "do we know this person?" The
/// index is loaded at the first question (about 200 bytes an identity) and follows the feed from
/// then on: what a small import brings is added, after a large one the index is built anew in the
/// background while the old one answers. What it says of a voter who has gone, or is protected by
/// now, is left out. All calls may come from several threads.
class Finder final : public registry::LikenessFinder {
 public:
  Finder(pg::Pool& pool, Log& log);
  ~Finder() override;
  Finder(const Finder&) = delete;
  Finder& operator=(const Finder&) = delete;

  /// More candidates than this are not given.
  static constexpr std::size_t kCandidatesMax = 20;

  struct Question {
    PersonFields fields;
    std::size_t limit = 5;
    double probability_min = 0.1;
  };
  /// invalid with too little to go by. unavailable while the index is loaded for the first time and
  /// `deadline` is over before: ask again. How likely a voter is rests on a prior of one half that
  /// somebody who asks is known at all.
  Result<FindAnswer> find(const Question& question, Deadline deadline);

  /// As find(), of many rows at once and without the evidence. Where nobody has asked before, a
  /// narrow index (narrow_index.h) is made for these rows alone.
  std::vector<std::optional<registry::Likeness>> find_alike(
      pg::Connection& connection, std::span<const registry::VoterRow> rows,
      const std::function<bool()>& goes_on) override;

 private:
  class Index;
  void work();
  void refresh();
  /// Null if `deadline` is over before there is one.
  std::shared_ptr<Index> loaded(Deadline deadline);
  void name_persons(FindAnswer& answer, Deadline deadline);

  pg::Pool& pool_;
  Log& log_;
  mutable std::mutex mutex_;  // of what follows
  std::condition_variable changed_;
  std::shared_ptr<Index> index_;  ///< shared with questions that run
  bool is_stopping_ = false;
  std::thread thread_;  ///< begins with the first question
};

}  // namespace hustings::identity
