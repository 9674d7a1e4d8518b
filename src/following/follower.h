#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/guarded.h"
#include "base/log.h"
#include "base/periodic.h"
#include "feed/feed.h"
#include "following/membership.h"
#include "lists/list_service.h"
#include "phonebank/phonebank_service.h"
#include "segments/segment_service.h"

namespace hustings::following {

/// Keeps the queues of phone banks that follow a segment as the segment is. After start() it works
/// by itself, on a thread of its own; state() may be called from several threads.
class Follower {
 public:
  Follower(pg::Pool& pool, const segments::SegmentService& segments, lists::ListService& lists,
           phonebank::PhonebankService& phonebanks, const Clock& clock, Log& log)
      : pool_(pool),
        segments_(segments),
        lists_(lists),
        phonebanks_(phonebanks),
        clock_(clock),
        log_(log) {}

  static constexpr std::chrono::milliseconds kEvery{200};

  void start();
  /// One round over all of them. Throws Failure; the next round then does what is left.
  void follow();

  struct State {
    feed::Position position = 0;  ///< up to which the queue follows
    std::chrono::milliseconds age{0};
    bool has_segment = true;  ///< false: it was removed, and the queue stays as it is
  };
  /// Nothing for a phone bank that does not follow, or was not looked at yet.
  std::optional<State> state(PhonebankId id) const;

 private:
  struct Bank {
    PhonebankId id;
    ListId list;
    SegmentId segment;
    int arm = 1;
    bool has_joiners = false;  ///< on its list, to be taken in
  };
  /// What was done for a phone bank so far.
  struct Watched {
    std::shared_ptr<const segments::Electorate> version;  ///< what the bits are of: rows are its
    std::uint64_t load = 0;
    Bits staying;
    Bits leaving;
    std::set<VoterId> later;  ///< left, and to be dropped once they are not on the line
  };
  /// The rows that have come to match, and that have come not to.
  struct Moved {
    std::vector<VoterId> back;
    std::vector<VoterId> gone;
  };
  struct Round;

  std::vector<Bank> read_banks();
  void follow_list(const Round& round, const std::vector<Bank>& banks);
  /// Returns whether somebody was put on the list.
  bool join(const Round& round, const Membership& membership, ListId id);
  void take_in(PhonebankId id);
  void move(const Round& round, const Membership& membership, const Bank& bank);
  Moved compare_queue(const Round& round, const Membership& membership, PhonebankId id);
  static Moved compare_bits(const Round& round, const Watched& watched, const Watched& next);
  void note(PhonebankId id, feed::Position position, bool has_segment);

  struct Noted {
    feed::Position position = 0;
    bool has_segment = true;
    std::chrono::steady_clock::time_point at;
  };

  pg::Pool& pool_;
  const segments::SegmentService& segments_;
  lists::ListService& lists_;
  phonebank::PhonebankService& phonebanks_;
  const Clock& clock_;
  Log& log_;
  std::map<PhonebankId, Watched> watched_;
  struct Seen {
    /// Held, so that no other is taken for it.
    std::shared_ptr<const segments::Electorate> version;
    std::string rule;
  };
  /// Whether the same was asked of the same version, and nothing was left to do.
  bool is_done(const Round& round, const std::vector<Bank>& banks);

  std::map<ListId, Seen> seen_;
  std::map<ListId, feed::Position> joined_;  ///< at which the last came: columns before do not know
  mutable Guarded<std::map<PhonebankId, Noted>> noted_;
  std::unique_ptr<Periodic> thread_;  ///< last: it uses all of the above
};

}  // namespace hustings::following
