#include "segments/kept_numbers.h"

#include <algorithm>
#include <bit>
#include <unordered_map>
#include <utility>

#include "segments/plan.h"

namespace hustings::segments {
namespace {

/// Beyond so many changed rows counting anew is cheaper.
constexpr std::size_t kTouchedMost = 200'000;

using Words = std::vector<std::uint64_t>;

template <class Use>
void for_each_bit(std::uint64_t bits, std::size_t word, const Use& use) {
  for (; bits != 0; bits &= bits - 1)
    use(word * 64 + static_cast<std::size_t>(std::countr_zero(bits)));
}

}  // namespace

struct KeptNumbers::Ready {
  using NamedRanges = std::vector<std::pair<std::string, Registration::Ranges>>;

  LiveElectorate::Reader version;
  std::uint64_t entries_version = 0;
  std::uint64_t names_version = 0;
  std::vector<std::uint32_t> dictionaries;  ///< their sizes: new codes make new plans
  std::size_t answered_questions = 0;       ///< the same, for what has no column
  std::vector<NamedColumn> columns;
  std::shared_ptr<const RegisteredSegments> tables;     ///< shared with other versions
  std::vector<std::optional<NamedRanges>> forms;        ///< by entry; none: asks its filter
  std::vector<std::pair<std::size_t, Filter>> filters;  ///< of these entries

  bool is_made_as(const Ready& other) const {
    return entries_version == other.entries_version && names_version == other.names_version &&
           dictionaries == other.dictionaries && answered_questions == other.answered_questions &&
           columns.size() == other.columns.size();
  }
  std::size_t place_of(const Column& column) const {
    const auto found = std::ranges::find_if(
        columns, [&](const NamedColumn& one) { return one.second.is_same(column); });
    return static_cast<std::size_t>(found - columns.begin());
  }
  /// The entries that a row is in.
  void members(Row row, std::span<std::uint64_t> out) const {
    tables->members(columns, row, out);
    for (const auto& [entry, filter] : filters) {
      if (!filter.holds(row)) out[entry / 64] &= ~(std::uint64_t{1} << (entry % 64));
    }
  }
};

std::shared_ptr<const KeptNumbers::Ready> KeptNumbers::make_ready(
    const LiveElectorate::Reader& version) const {
  auto ready =
      std::make_shared<Ready>(Ready{.version = version,
                                    .entries_version = entries_version_,
                                    .names_version = version->names_version(),
                                    .dictionaries = {},
                                    .answered_questions = version->history().answered_questions(),
                                    .columns = version->named_columns(),
                                    .tables = nullptr,
                                    .forms = {},
                                    .filters = {}});
  for (std::size_t i = 0; i < kCategories; ++i) {
    ready->dictionaries.push_back(version->category(static_cast<Field>(i)).dictionary().size());
  }
  const bool is_as_before = ready_ != nullptr && ready->is_made_as(*ready_);
  if (is_as_before) {
    ready->tables = ready_->tables;
    ready->forms = ready_->forms;
  }
  std::vector<Registration> registrations(entries_.size());
  if (!is_as_before) ready->forms.resize(entries_.size());
  for (std::size_t i = 0; i < entries_.size(); ++i) {
    if (is_as_before && ready->forms[i]) continue;
    const Filter filter = Plan(entries_[i].rule, *version, Instant()).filter();
    auto conjunction = is_as_before ? std::nullopt : filter.conjunction();
    Ready::NamedRanges form;
    for (std::size_t c = 0; conjunction && c < conjunction->size(); ++c) {
      Filter::Accepted& accepted = (*conjunction)[c];
      const std::size_t place = ready->place_of(accepted.column);
      if (place == ready->columns.size()) {
        conjunction.reset();
        break;
      }
      form.emplace_back(ready->columns[place].first, accepted.ranges);
      registrations[i].all.push_back({place, std::move(accepted.ranges)});
    }
    if (conjunction) {
      ready->forms[i] = std::move(form);
    } else {
      registrations[i].all.clear();
      ready->filters.emplace_back(i, filter);
    }
  }
  if (!is_as_before) {
    ready->tables = std::make_shared<RegisteredSegments>(std::move(registrations), Tracked{});
  }
  return ready;
}

void KeptNumbers::count(Entry& entry, const Ready& ready) {
  const Plan plan(entry.rule, *ready.version, Instant());
  entry.numbers = count_numbers(crew_, *ready.version, plan.filter());
  entry.counted = ++counts_;
}

/// Takes a version as it is.
void KeptNumbers::begin(std::shared_ptr<const Ready> ready) {
  ring_.build(*ready->version);
  for (Entry& entry : entries_)
    count(entry, *ready);
  ready_ = std::move(ready);
}

void KeptNumbers::keep(const std::vector<Wanted>& wanted) {
  const std::lock_guard lock(mutex_);
  std::map<std::int64_t, Entry> before;
  for (Entry& entry : entries_)
    before.emplace(entry.id, std::move(entry));
  entries_.clear();
  ++entries_version_;
  std::vector<std::size_t> fresh;
  for (const Wanted& one : wanted) {
    std::string text = to_json(one.rule);
    if (const auto old = before.find(one.id); old != before.end() && old->second.text == text) {
      entries_.push_back(std::move(old->second));
      continue;
    }
    fresh.push_back(entries_.size());
    entries_.push_back({.id = one.id, .rule = one.rule, .text = std::move(text), .numbers = {}});
  }
  if (ready_ == nullptr) return;
  ready_ = make_ready(ready_->version);
  for (const std::size_t entry : fresh)
    count(entries_[entry], *ready_);
}

void KeptNumbers::follow(const LiveElectorate::Reader& next) {
  const std::lock_guard lock(mutex_);
  if (ready_ != nullptr && ready_->version.number() == next.number()) return;
  std::shared_ptr<const Ready> after = make_ready(next);
  const bool is_next = ready_ != nullptr && ready_->version.load() == next.load() &&
                       ready_->version.number() + 1 == next.number() &&
                       next->touched().size() <= kTouchedMost;
  if (!is_next) return begin(std::move(after));
  apply_difference(*ready_, *after);
  count_renamed(*ready_, *after);
  ready_ = std::move(after);
}

/// Of what is called otherwise now the rules may mean other rows than those that have changed.
void KeptNumbers::count_renamed(const Ready& before, const Ready& after) {
  if (before.names_version == after.names_version) return;
  for (std::size_t i = 0; i < entries_.size(); ++i) {
    if (!after.forms[i] || before.forms[i] != after.forms[i]) count(entries_[i], after);
  }
}

/// What changes between two versions, row by row and household by household.
struct KeptNumbers::Difference {
  /// A row that has changed.
  struct Touch {
    Row row = 0;
    bool was = false;  ///< there was such a row
    bool is = false;
    RowValues before;
    RowValues after;
    Words members_before;
    Words members_after;
  };
  /// The segments that anybody of a household is in.
  struct Household {
    Words before;
    Words after;
  };

  const Ready& before;
  const Ready& after;
  std::vector<Entry>& entries;
  std::size_t words = after.tables->words();
  std::vector<Touch> touches{};

  /// The rows that changed in something that counts.
  void collect() {
    for (const Row row : after.version->touched()) {
      Touch touch{.row = row,
                  .was = row < before.version->rows(),
                  .is = row < after.version->rows(),
                  .before = {},
                  .after = {},
                  .members_before = Words(words),
                  .members_after = Words(words)};
      if (touch.was) {
        touch.before = values_of(*before.version, row);
        before.members(row, touch.members_before);
      }
      if (touch.is) {
        touch.after = values_of(*after.version, row);
        after.members(row, touch.members_after);
      }
      const bool is_same = touch.was == touch.is && touch.before == touch.after &&
                           touch.members_before == touch.members_after;
      if (!is_same) touches.push_back(std::move(touch));
    }
  }

  void add_rows() {
    for (const Touch& touch : touches) {
      const bool is_same = touch.before == touch.after;
      for (std::size_t word = 0; word < words; ++word) {
        const std::uint64_t was = touch.members_before[word];
        const std::uint64_t is = touch.members_after[word];
        for_each_bit(is_same ? was & ~is : was, word,
                     [&](std::size_t entry) { add(entries[entry].numbers, touch.before, -1); });
        for_each_bit(is_same ? is & ~was : is, word,
                     [&](std::size_t entry) { add(entries[entry].numbers, touch.after, 1); });
      }
    }
  }

  void move_in(HouseholdRing& ring) const {
    for (const Touch& touch : touches) {
      const bool stays = touch.was && touch.is && touch.before.household == touch.after.household;
      if (touch.was && !stays) ring.leave(touch.row, touch.before.household);
      if (touch.is && !stays) ring.join(touch.row, touch.after.household);
    }
  }

  /// A household counts for a segment while any of its rows is in it. Rows that have not changed
  /// are in the same segments before and after.
  void add_households(const HouseholdRing& ring) {
    std::unordered_map<std::uint32_t, Household> households;
    for (const Touch& touch : touches) {
      if (touch.was) unite(households[touch.before.household].before, touch.members_before);
      if (touch.is) unite(households[touch.after.household].after, touch.members_after);
    }
    Words members(words);
    for (auto& [number, household] : households) {
      household.before.resize(words);
      household.after.resize(words);
      ring.for_each(number, [&](Row row) {
        if (std::ranges::binary_search(touches, row, {}, &Touch::row)) return;
        after.members(row, members);
        unite(household.before, members);
        unite(household.after, members);
      });
      for (std::size_t word = 0; word < words; ++word) {
        const std::uint64_t was = household.before[word];
        const std::uint64_t is = household.after[word];
        for_each_bit(was & ~is, word,
                     [&](std::size_t entry) { --entries[entry].numbers.households; });
        for_each_bit(is & ~was, word,
                     [&](std::size_t entry) { ++entries[entry].numbers.households; });
      }
    }
  }

  static void unite(Words& to, const Words& from) {
    to.resize(from.size());
    for (std::size_t word = 0; word < to.size(); ++word)
      to[word] |= from[word];
  }
};

void KeptNumbers::apply_difference(const Ready& before, const Ready& after) {
  Difference difference{.before = before, .after = after, .entries = entries_};
  difference.collect();
  difference.add_rows();
  difference.move_in(ring_);
  difference.add_households(ring_);
}

std::optional<KeptNumbers::Kept> KeptNumbers::get(std::int64_t id) const {
  const std::lock_guard lock(mutex_);
  const auto found = std::ranges::find(entries_, id, &Entry::id);
  if (ready_ == nullptr || found == entries_.end()) return std::nullopt;
  return Kept{.numbers = found->numbers,
              .position = ready_->version.position(),
              .version = ready_->version.share()};
}

KeptNumbers::Sums KeptNumbers::totals() const {
  const std::lock_guard lock(mutex_);
  Sums sums;
  if (ready_ == nullptr) return sums;
  sums.position = ready_->version.position();
  for (const Entry& entry : entries_)
    sums.totals.emplace(entry.id, entry.numbers.totals());
  return sums;
}

std::optional<KeptNumbers::Proof> KeptNumbers::prove_next() {
  Proof proof;
  std::shared_ptr<const Ready> ready;
  Rule rule;
  std::uint64_t counted = 0;
  {
    const std::lock_guard lock(mutex_);
    if (ready_ == nullptr || entries_.empty()) return std::nullopt;
    const Entry& entry = entries_[next_proof_++ % entries_.size()];
    proof.id = entry.id;
    proof.kept = entry.numbers;
    rule = entry.rule;
    counted = entry.counted;
    ready = ready_;
  }
  proof.counted =
      count_numbers(crew_, *ready->version, Plan(rule, *ready->version, Instant()).filter());
  proof.is_equal = is_equal(proof.kept, proof.counted);
  if (proof.is_equal) return proof;
  const std::lock_guard lock(mutex_);
  const auto found = std::ranges::find(entries_, proof.id, &Entry::id);
  if (found == entries_.end() || found->counted != counted) return proof;
  // Differences that came meanwhile stay: what was wrong then is wrong by as much now.
  add_all(found->numbers, proof.counted, 1);
  add_all(found->numbers, proof.kept, -1);
  return proof;
}

}  // namespace hustings::segments
