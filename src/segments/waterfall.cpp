#include "segments/waterfall.h"

#include <algorithm>
#include <deque>
#include <map>
#include <optional>
#include <regex>
#include <string>
#include <utility>

#include "base/text.h"

namespace hustings::segments {
namespace {

constexpr std::array<std::string_view, kHindrances> kNames = {
    "no_number",    "do_not_call", "no_consent", "not_registered", "outside_hours",
    "cooling_down", "held",        "callback",   "hold_out",       "already_voted"};

/// Codes of the statuses that no list calls (phonebank/sql/fill_targets.sql).
Filter unregistered(const Electorate& electorate) {
  const CategoryColumn& status = electorate.category(Field::status);
  std::vector<std::uint32_t> codes;
  for (const std::string_view text : {"removed", "denied"}) {
    const std::uint32_t code = status.dictionary().find(text);
    if (code != Dictionary::kUnknown) codes.push_back(code);
  }
  return codes.empty() ? Filter::constant(false) : Filter::values(status.codes(), codes);
}

/// The zones' codes of places where one of the banks may call voters of a state now.
class OpenPlaces {
 public:
  OpenPlaces(const Electorate& electorate, const QueueState& queues, Instant now)
      : queues_(queues), now_(now) {
    const Dictionary& texts = electorate.zones().dictionary();
    for (std::uint32_t code = 0; code < texts.size(); ++code) {
      ZoneNames names;
      for (const std::string_view name : split(texts.text(code), '|')) {
        if (!name.empty()) names.emplace_back(name);
      }
      zones_.emplace_back(std::move(names));
    }
  }

  std::vector<std::uint32_t> in(std::string_view state) {
    std::vector<std::uint32_t> open;
    std::vector<const std::vector<bool>*> of_banks;
    for (const CallingBank& bank : queues_.banks)
      of_banks.push_back(&under(queues_.hours(bank, state)));
    for (std::uint32_t code = 0; code < zones_.size(); ++code) {
      const bool is_open = std::ranges::any_of(
          of_banks, [&](const auto* is_open_in) { return (*is_open_in)[code]; });
      if (is_open) open.push_back(code);
    }
    return open;
  }

 private:
  struct Answered {
    PlaceHours hours;
    std::vector<bool> is_open;  ///< by the zones' code
  };
  /// Most states have the same hours: each is worked out once.
  const std::vector<bool>& under(const PlaceHours& hours) {
    const auto known = std::ranges::find(answered_, hours, &Answered::hours);
    if (known != answered_.end()) return known->is_open;
    Answered& fresh = answered_.emplace_back(Answered{.hours = hours, .is_open = {}});
    const std::optional<ZoneSet> fixed =
        hours.zones ? std::optional<ZoneSet>(*hours.zones) : std::nullopt;
    for (const ZoneSet& zones : zones_)
      fresh.is_open.push_back((fixed ? *fixed : zones).is_open(hours.week, now_));
    return fresh.is_open;
  }

  const QueueState& queues_;
  Instant now_;
  std::vector<ZoneSet> zones_;     ///< by code
  std::deque<Answered> answered_;  ///< its elements stay where they are
};

Filter in_hours(const Electorate& electorate, const QueueState& queues, Instant now) {
  OpenPlaces places(electorate, queues, now);
  const CategoryColumn& states = electorate.category(Field::state);
  std::map<std::vector<std::uint32_t>, std::vector<std::uint32_t>> states_by_open;
  for (std::uint32_t state = 0; state < states.dictionary().size(); ++state)
    states_by_open[places.in(states.dictionary().text(state))].push_back(state);
  std::vector<Filter> any;
  for (auto& [open, of_states] : states_by_open) {
    if (open.empty()) continue;
    Filter there = Filter::values(electorate.zones().codes(), open);
    if (states_by_open.size() == 1) return there;
    any.push_back(Filter::all({Filter::values(states.codes(), of_states), std::move(there)}));
  }
  return Filter::any(std::move(any));
}

Filter held_out(const Electorate& electorate, const QueueState& queues) {
  constexpr std::uint32_t kHoldoutCode = 1;  // 1 + the arm
  std::vector<Filter> any;
  for (const ListId list : queues.called_lists) {
    const Column* members = electorate.history().members(list);
    if (members != nullptr) any.push_back(Filter::range(*members, kHoldoutCode, kHoldoutCode));
  }
  return Filter::any(std::move(any));
}

/// Tells the numbers that a bank may show without consent from the others, by their first digits.
class ConsentNeed {
 public:
  explicit ConsentNeed(const CallingBank& bank) : consent_(bank.consent) {
    if (consent_ == CallingBank::Consent::mobile) mobile_.assign(bank.mobile);
  }
  bool applies_to(const std::string& number_start) const {
    return consent_ == CallingBank::Consent::all ||
           (consent_ == CallingBank::Consent::mobile && std::regex_search(number_start, mobile_));
  }

 private:
  CallingBank::Consent consent_;
  std::regex mobile_;
};

/// Whose number every bank needs a consent for.
Filter needing_consent(const Electorate& electorate, const QueueState& queues) {
  const std::vector<ConsentNeed> needs(queues.banks.begin(), queues.banks.end());
  const Dictionary& starts = electorate.number_starts().dictionary();
  std::vector<std::uint32_t> codes;
  for (std::uint32_t code = 0; code < starts.size() && !needs.empty(); ++code) {
    const std::string start(starts.text(code));
    if (std::ranges::all_of(needs, [&](const auto& need) { return need.applies_to(start); }))
      codes.push_back(code);
  }
  return codes.empty() ? Filter::constant(false)
                       : Filter::values(electorate.number_starts().codes(), codes);
}

/// Who has withdrawn their consent, and who has not given one that is needed.
Filter unwilling(const Electorate& electorate, const QueueState& queues) {
  constexpr std::uint32_t kGiven = 1;
  constexpr std::uint32_t kWithdrawn = 2;
  Filter needing = needing_consent(electorate, queues);
  const Column* consent =
      electorate.history().consent(ConsentPurpose::campaign, ConsentChannel::phone);
  if (consent == nullptr) return needing;
  return Filter::any({Filter::range(*consent, kWithdrawn, kWithdrawn),
                      Filter::all({std::move(needing),
                                   Filter::negation(Filter::range(*consent, kGiven, kGiven))})});
}

/// What is left of the universe after each reason that the columns know, in the order of Hindrance;
/// those of the queues stand between the fifth and the sixth.
std::vector<Filter> steps_of(const Electorate& electorate, const Filter& universe,
                             const QueueState& queues, Instant now) {
  const auto is_set = [](const Column& flag) { return Filter::range(flag, 1, 1); };
  const Filter has_voted = is_set(electorate.ballot_in());
  const Filter barred = Filter::any(
      {is_set(electorate.flag(Field::is_protected)),
       Filter::all({is_set(electorate.flag(Field::suppressed)), Filter::negation(has_voted)})});
  return {universe,
          is_set(electorate.flag(Field::has_phone)),
          Filter::negation(barred),
          Filter::negation(unwilling(electorate, queues)),
          Filter::negation(unregistered(electorate)),
          in_hours(electorate, queues, now),
          Filter::negation(held_out(electorate, queues)),
          Filter::negation(has_voted)};
}
constexpr std::size_t kStepsBeforeQueues = 6;

/// Of the voters whom the queues bar: who is left after the steps before the queues' reasons, by
/// their bar, and of these after each later step.
struct BarredLeft {
  std::array<std::uint64_t, 4> by_bar{};
  std::array<std::uint64_t, 3> after{};  ///< all of by_bar, not in a hold-out, nor voted
};

BarredLeft barred_left(const Scan& scan, const std::vector<Filter>& steps,
                       std::span<const BarredRow> rows) {
  std::array<std::optional<Filter>, 3> levels;
  for (std::size_t level = 0; level < levels.size(); ++level) {
    levels[level] = Filter::all(std::vector<Filter>(
        steps.begin(), steps.begin() + static_cast<std::ptrdiff_t>(kStepsBeforeQueues + level)));
  }
  BarredLeft left;
  auto block = static_cast<std::size_t>(-1);
  std::array<BlockBits, 3> bits;
  std::array<bool, 3> has_any{};
  for (const auto& [row, bar] : rows) {
    if (row / kBlockRows != block) {
      block = row / kBlockRows;
      for (std::size_t level = 0; level < levels.size(); ++level)
        has_any[level] = levels[level]->matches(scan.method, scan.rows, block, bits[level]);
    }
    const std::size_t place = row % kBlockRows;
    const auto is_left = [&](std::size_t level) {
      return has_any[level] && ((bits[level][place / 64] >> (place % 64)) & 1) != 0;
    };
    if (is_left(0)) ++left.by_bar[static_cast<std::size_t>(bar)];
    for (std::size_t level = 0; level < levels.size(); ++level)
      left.after[level] += is_left(level) ? 1 : 0;
  }
  return left;
}

}  // namespace

std::vector<BarredRow> barred_rows(const Electorate& electorate, const QueueState& queues) {
  std::vector<BarredRow> rows;
  rows.reserve(queues.barred.size());
  for (const QueueState::Barred& one : queues.barred) {
    const Row row = electorate.find(one.voter);
    if (row != Electorate::kNoRow) rows.push_back({.row = row, .bar = one.bar});
  }
  std::ranges::sort(rows);
  const auto again = std::ranges::unique(rows, {}, &BarredRow::row);
  rows.erase(again.begin(), again.end());
  return rows;
}

std::string_view to_string(Hindrance hindrance) {
  return kNames.at(static_cast<std::size_t>(hindrance));
}

Waterfall waterfall(const Scan& scan, const Electorate& electorate, const Filter& universe,
                    const Barring& barring, Instant now) {
  const std::vector<Filter> steps = steps_of(electorate, universe, barring.queues, now);
  const std::vector<std::uint64_t> left = funnel(scan, steps);
  const BarredLeft barred = barred_left(scan, steps, barring.rows);
  Waterfall out;
  out.whole = left[0];
  std::size_t at = 0;
  for (std::size_t step = 1; step < kStepsBeforeQueues; ++step)
    out.by[at++] = left[step - 1] - left[step];
  for (const auto bar :
       {QueueState::Bar::cooling_down, QueueState::Bar::held, QueueState::Bar::callback}) {
    out.by[at++] = barred.by_bar[static_cast<std::size_t>(bar)];
  }
  // Whom the queues bar is counted there, and not at the reasons after.
  for (std::size_t level = 1; level < barred.after.size(); ++level) {
    const std::size_t step = kStepsBeforeQueues + level - 1;
    out.by[at++] = (left[step - 1] - left[step]) - (barred.after[level - 1] - barred.after[level]);
  }
  out.by[static_cast<std::size_t>(Hindrance::hold_out)] +=
      barred.by_bar[static_cast<std::size_t>(QueueState::Bar::locked)];
  out.callable = left.back() - barred.after.back();
  return out;
}

}  // namespace hustings::segments
