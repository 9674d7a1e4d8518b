#include "following/follower.h"

#include <algorithm>
#include <unordered_map>
#include <utility>

#include "following/sql.h"
#include "phonebank/retrying.h"

namespace hustings::following {

using phonebank::retrying;
using segments::Row;

/// What one round goes by.
struct Follower::Round {
  segments::LiveElectorate::Reader version;
  segments::SegmentService::ReadyRule rule;
  Instant now;
};

namespace {

std::vector<VoterId> voters_of(const segments::Electorate& electorate,
                               const std::vector<Row>& rows) {
  std::vector<VoterId> voters;
  voters.reserve(rows.size());
  for (const Row row : rows)
    voters.push_back(electorate.voter(row));
  return voters;
}

bool is_in(const Bits& bits, Row row) { return ((bits[row / 64] >> (row % 64)) & 1) != 0; }

}  // namespace

void Follower::start() {
  thread_ = std::make_unique<Periodic>(kEvery, [this] {
    try {
      follow();
    } catch (const Failure& failure) {
      log_.warning("following_failed", {{"reason", failure.what()}});
    }
  });
}

void Follower::follow() {
  const std::vector<Bank> banks = read_banks();
  std::erase_if(watched_, [&](const auto& one) {
    return std::ranges::find(banks, one.first, &Bank::id) == banks.end();
  });
  for (std::size_t from = 0; from < banks.size();) {
    std::size_t until = from;
    while (until < banks.size() && banks[until].list == banks[from].list)
      ++until;
    const std::vector<Bank> of_list(banks.begin() + static_cast<std::ptrdiff_t>(from),
                                    banks.begin() + static_cast<std::ptrdiff_t>(until));
    from = until;
    auto rule = segments_.ready_rule(of_list.front().segment);
    const bool has_segment = rule.has_value();
    const Round round{
        .version = segments_.read(),
        .rule = has_segment ? *std::move(rule) : segments::SegmentService::ReadyRule{},
        .now = clock_.now()};
    if (has_segment) follow_list(round, of_list);
    for (const Bank& bank : of_list)
      note(bank.id, round.version.position(), has_segment);
  }
}

std::vector<Follower::Bank> Follower::read_banks() {
  std::vector<Bank> banks;
  for (const pg::Row row : pool_.acquire()->run(sql::kFollowingBanks)) {
    banks.push_back({.id = row.get<PhonebankId>(0),
                     .list = row.get<ListId>(1),
                     .segment = row.get<SegmentId>(2),
                     .arm = row.get<std::int16_t>(3),
                     .has_joiners = row.get<bool>(4)});
  }
  return banks;
}

void Follower::follow_list(const Round& round, const std::vector<Bank>& banks) {
  const ListId list = banks.front().list;
  // Columns that do not know the list yet would say that nobody is on it.
  if (round.version->history().list(list) == nullptr) return;
  if (is_done(round, banks)) return;
  const Membership membership(*round.version, round.rule.rule, list, round.now);
  const bool is_behind = round.version.position() < joined_[list];
  const bool has_joined = !is_behind && join(round, membership, list);
  for (const Bank& bank : banks) {
    if (bank.has_joiners || has_joined) take_in(bank.id);
    move(round, membership, bank);
  }
  if (!has_joined && !is_behind) {
    seen_[list] = {.version = round.version.share(), .rule = segments::to_json(round.rule.rule)};
  }
}

bool Follower::is_done(const Round& round, const std::vector<Bank>& banks) {
  const auto seen = seen_.find(banks.front().list);
  if (round.rule.moves || seen == seen_.end() || seen->second.version != round.version.share()) {
    return false;
  }
  const bool is_at_rest = std::ranges::all_of(banks, [&](const Bank& bank) {
    const auto watched = watched_.find(bank.id);
    return !bank.has_joiners && watched != watched_.end() && watched->second.later.empty();
  });
  return is_at_rest && seen->second.rule == segments::to_json(round.rule.rule);
}

bool Follower::join(const Round& round, const Membership& membership, ListId id) {
  segments::Members members = membership.joining();
  if (members.members.empty()) return false;
  members.position = round.version.position();
  const auto list = lists_.get(id);
  if (!list) return false;
  auto arms = membership.arms_of(members);
  const lists::ListService::Joining joining{.members = std::move(members), .arms = std::move(arms)};
  const std::size_t count = retrying([&] {
    const auto connection = pool_.acquire();
    pg::Transaction transaction(*connection);
    std::vector<feed::Change> changes;
    const std::size_t drawn = lists::ListService::append(transaction, *list, joining, changes);
    if (drawn > 0) joined_[id] = feed::commit(transaction, changes);
    return drawn;
  });
  if (count > 0) log_.info("list_joined", {{"list", id.value()}, {"voters", count}});
  return count > 0;
}

void Follower::take_in(PhonebankId id) {
  retrying([&] {
    const auto phonebank = phonebanks_.get(id);
    if (!phonebank) return;
    const auto connection = pool_.acquire();
    pg::Transaction transaction(*connection);
    phonebanks_.following().take_in(transaction, *phonebank);
    transaction.commit();
  });
}

void Follower::move(const Round& round, const Membership& membership, const Bank& bank) {
  Watched& watched = watched_[bank.id];
  Watched next{.version = round.version.share(),
               .load = round.version.load(),
               .staying = membership.staying(bank.arm),
               .leaving = membership.leaving(bank.arm),
               .later = {}};
  const bool is_known = watched.version != nullptr && watched.load == next.load;
  Moved moved =
      is_known ? compare_bits(round, watched, next) : compare_queue(round, membership, bank.id);
  for (const VoterId voter : watched.later) {
    const Row row = round.version->find(voter);
    if (row != segments::Electorate::kNoRow && is_in(next.leaving, row)) {
      moved.gone.push_back(voter);
    }
  }
  if (!moved.gone.empty() || !moved.back.empty()) {
    const auto later = retrying([&] {
      const auto connection = pool_.acquire();
      pg::Transaction transaction(*connection);
      auto staying = phonebanks_.following().drop(transaction, bank.id, moved.gone);
      phonebanks_.following().take_back(transaction, bank.id, moved.back);
      transaction.commit();
      return staying;
    });
    next.later = {later.begin(), later.end()};
  }
  watched = std::move(next);  // only now: what failed is done by the next round
}

Follower::Moved Follower::compare_bits(const Round& round, const Watched& watched,
                                       const Watched& next) {
  const segments::Electorate& now = *round.version;
  if (watched.version->removals() == now.removals()) {
    return {.back = voters_of(now, added(next.staying, watched.staying)),
            .gone = voters_of(now, added(next.leaving, watched.leaving))};
  }
  // Voters have other rows: each is looked up as they were.
  const auto fresh = [&](const Bits& bits, const Bits& before) {
    std::vector<VoterId> voters = voters_of(now, added(bits, {}));
    std::erase_if(voters, [&](VoterId voter) {
      const Row row = watched.version->find(voter);
      return row != segments::Electorate::kNoRow && is_in(before, row);
    });
    return voters;
  };
  return {.back = fresh(next.staying, watched.staying),
          .gone = fresh(next.leaving, watched.leaving)};
}

Follower::Moved Follower::compare_queue(const Round& round, const Membership& membership,
                                        PhonebankId id) {
  // Asked of all voters: who has just joined is in the queue before the columns know it.
  const Bits matching = membership.matching();
  const Bits unmatching = membership.unmatching();
  Moved moved;
  for (const auto& target : phonebanks_.following().targets(*pool_.acquire(), id)) {
    const Row row = round.version->find(target.voter);
    if (row == segments::Electorate::kNoRow) continue;
    if (!target.is_open && is_in(matching, row)) moved.back.push_back(target.voter);
    if (target.is_open && is_in(unmatching, row)) moved.gone.push_back(target.voter);
  }
  return moved;
}

void Follower::note(PhonebankId id, feed::Position position, bool has_segment) {
  (*noted_.lock())[id] = {
      .position = position, .has_segment = has_segment, .at = std::chrono::steady_clock::now()};
}

std::optional<Follower::State> Follower::state(PhonebankId id) const {
  const auto noted = noted_.lock();
  const auto found = noted->find(id);
  if (found == noted->end()) return std::nullopt;
  const auto age = std::chrono::steady_clock::now() - found->second.at;
  return State{.position = found->second.position,
               .age = std::chrono::duration_cast<std::chrono::milliseconds>(age),
               .has_segment = found->second.has_segment};
}

}  // namespace hustings::following
