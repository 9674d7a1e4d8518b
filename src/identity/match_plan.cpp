#include "identity/match_plan.h"

#include <algorithm>
#include <map>
#include <unordered_map>

#include "base/error.h"

namespace hustings::identity {
namespace {

using linkage::Match;

/// The persons whom matches or decisions name, and who of them is one with whom.
class Persons {
 public:
  explicit Persons(std::span<const Identity> identities) : identities_(identities) {}

  std::uint32_t add(VoterId voter) {
    const auto [at, is_new] =
        places_.try_emplace(voter.value(), static_cast<std::uint32_t>(persons_.size()));
    if (is_new) persons_.push_back({.voter = voter, .parent = at->second});
    return at->second;
  }
  /// Once all are added: which sources each has, and how many identities.
  void take_identities() {
    for (const Identity& identity : identities_) {
      const auto found = places_.find(identity.voter.value());
      if (found == places_.end()) continue;
      Person& person = persons_[found->second];
      ++person.identities;
      person.is_official |= identity.is_official;
      person.sources |= bit_of(identity.source);
    }
  }
  void keep_apart(VoterId one, VoterId other) {
    const std::uint32_t a = add(one);
    const std::uint32_t b = add(other);
    apart_[a].push_back(b);
    apart_[b].push_back(a);
  }

  std::uint32_t of(VoterId voter) const { return places_.at(voter.value()); }
  std::uint32_t root(std::uint32_t person) {
    while (persons_[person].parent != person) {
      persons_[person].parent = persons_[persons_[person].parent].parent;
      person = persons_[person].parent;
    }
    return person;
  }
  bool are_apart(std::uint32_t a, std::uint32_t b) {
    const auto of_a = apart_.find(a);
    return of_a != apart_.end() &&
           std::ranges::any_of(of_a->second, [&](std::uint32_t other) { return root(other) == b; });
  }
  bool share_a_source(std::uint32_t a, std::uint32_t b) const {
    return (persons_[a].sources & persons_[b].sources) != 0;
  }
  /// Two roots become one.
  void unite(std::uint32_t a, std::uint32_t b) {
    if (goes_before(b, a)) std::swap(a, b);
    Person& stays = persons_[a];
    Person& joins = persons_[b];
    joins.parent = a;
    stays.identities += joins.identities;
    stays.sources |= joins.sources;
    if (const auto moved = apart_.find(b); moved != apart_.end()) {
      std::vector<std::uint32_t>& of_a = apart_[a];
      of_a.insert(of_a.end(), moved->second.begin(), moved->second.end());
    }
  }

  std::map<std::size_t, std::size_t> sizes() const {
    std::map<std::size_t, std::size_t> sizes;
    for (std::uint32_t i = 0; i < persons_.size(); ++i) {
      if (persons_[i].parent == i && persons_[i].identities > 1) ++sizes[persons_[i].identities];
    }
    return sizes;
  }

 private:
  struct Person {
    VoterId voter;
    std::uint32_t parent = 0;
    std::uint32_t identities = 0;
    std::uint64_t sources = 0;
    bool is_official = false;
  };
  /// Beyond 64 sources two may share a bit: what would be joined is then asked about.
  static std::uint64_t bit_of(std::uint16_t source) { return std::uint64_t{1} << (source % 64); }
  /// Whether a stays rather than b.
  bool goes_before(std::uint32_t a, std::uint32_t b) const {
    if (persons_[a].is_official != persons_[b].is_official) return persons_[a].is_official;
    return persons_[a].voter < persons_[b].voter;
  }

  std::span<const Identity> identities_;
  std::unordered_map<std::int64_t, std::uint32_t> places_;
  std::vector<Person> persons_;
  std::unordered_map<std::uint32_t, std::vector<std::uint32_t>> apart_;  ///< few: people's
};

class Planner {
 public:
  explicit Planner(std::span<const Identity> identities)
      : identities_(identities), persons_(identities) {}

  MatchPlan plan(std::vector<Match> matches, std::span<const Apart> apart) {
    sort_by_sources(std::move(matches));
    for (auto& [sources, pairs] : between_) {
      plan_.estimated_matches += linkage::assign_one_to_one(pairs);
      for (const Match& match : pairs)
        take(match, false);
      pairs = {};
    }
    for (const Match& match : within_)
      take(match, true);
    for (const PlannedPair& pair : pairs_) {
      persons_.add(identities_[pair.one].voter);
      persons_.add(identities_[pair.other].voter);
    }
    add_persons_of_several();
    for (const Apart& two : apart)
      persons_.keep_apart(two.one, two.other);
    persons_.take_identities();
    best_first();
    join();
    ask();
    name_those_who_stay();
    for (const auto& [size, count] : persons_.sizes())
      plan_.sizes.emplace_back(size, count);
    return std::move(plan_);
  }

 private:
  /// Pairs of two sources stand together, the identity of the first source on the left.
  void sort_by_sources(std::vector<Match> matches) {
    for (Match& match : matches) {
      const std::uint16_t left = identities_[match.rows.left].source;
      const std::uint16_t right = identities_[match.rows.right].source;
      if (left == right) {
        within_.push_back(match);
        continue;
      }
      if (left > right) std::swap(match.rows.left, match.rows.right);
      between_[std::minmax(left, right)].push_back(match);
    }
  }

  void take(const Match& match, bool same_source) {
    if (match.probability < kAskAt) return;
    if (identities_[match.rows.left].voter == identities_[match.rows.right].voter) return;
    pairs_.push_back({match.rows.left, match.rows.right, match, same_source});
  }

  /// They count in the histogram, whatever this run finds.
  void add_persons_of_several() {
    for (const Identity& identity : identities_) {
      if (identity.home != identity.voter) persons_.add(identity.voter);
    }
  }

  void best_first() {
    std::ranges::sort(pairs_, [&](const PlannedPair& a, const PlannedPair& b) {
      if (a.match.probability != b.match.probability) {
        return a.match.probability > b.match.probability;
      }
      return a.match.rows < b.match.rows;
    });
  }

  std::pair<std::uint32_t, std::uint32_t> roots(const PlannedPair& pair) {
    return {persons_.root(persons_.of(identities_[pair.one].voter)),
            persons_.root(persons_.of(identities_[pair.other].voter))};
  }

  void join() {
    for (const PlannedPair& pair : pairs_) {
      if (pair.match.probability < kJoinAt) break;
      if (pair.same_source) continue;
      const auto [one, other] = roots(pair);
      if (one == other || persons_.are_apart(one, other) || persons_.share_a_source(one, other)) {
        continue;
      }
      persons_.unite(one, other);
      plan_.joins.push_back(pair);
    }
  }

  void ask() {
    std::unordered_map<std::uint64_t, bool> seen;
    for (const PlannedPair& pair : pairs_) {
      const auto [one, other] = roots(pair);
      if (one == other || persons_.are_apart(one, other)) continue;
      const std::uint64_t key =
          (static_cast<std::uint64_t>(std::min(one, other)) << 32) | std::max(one, other);
      if (seen.try_emplace(key, true).second) plan_.asks.push_back(pair);
    }
  }

  /// A join may have tied together persons who went on to join a third.
  void name_those_who_stay() {
    std::unordered_map<std::uint32_t, std::uint32_t> row_of_root;
    std::vector<PlannedPair> named;
    std::unordered_map<std::uint32_t, bool> has_joined;
    for (const PlannedPair& pair : plan_.joins) {
      for (const std::uint32_t row : {pair.one, pair.other}) {
        const std::uint32_t person = persons_.of(identities_[row].voter);
        if (persons_.root(person) == person) row_of_root.try_emplace(person, row);
      }
    }
    for (const PlannedPair& pair : plan_.joins) {
      for (const std::uint32_t row : {pair.one, pair.other}) {
        const std::uint32_t person = persons_.of(identities_[row].voter);
        const std::uint32_t root = persons_.root(person);
        if (root == person || !has_joined.try_emplace(person, true).second) continue;
        named.push_back({row_of_root.at(root), row, pair.match, false});
      }
    }
    plan_.joins = std::move(named);
  }

  std::span<const Identity> identities_;
  Persons persons_;
  std::map<std::pair<std::uint16_t, std::uint16_t>, std::vector<Match>> between_;
  std::vector<Match> within_;
  std::vector<PlannedPair> pairs_;
  MatchPlan plan_;
};

}  // namespace

MatchPlan make_match_plan(std::span<const Identity> identities, std::vector<Match> matches,
                          std::span<const Apart> apart) {
  return Planner(identities).plan(std::move(matches), apart);
}

}  // namespace hustings::identity
