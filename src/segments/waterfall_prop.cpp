#include "segments/waterfall.h"

#include <algorithm>
#include <map>
#include <optional>

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "base/rng.h"
#include "base/text.h"
#include "segments/plan.h"

namespace hustings::segments {
namespace {

/// Noon in New York, seven in the morning in Honolulu.
constexpr Instant kNow =
    std::chrono::sys_days(std::chrono::year(2026) / 10 / 9) + std::chrono::hours(16);
constexpr ListId kCalled{1};
constexpr ListId kOther{2};
constexpr int kVoters = 4'500;

/// Voters with every reason there is, in all combinations that chance gives.
Electorate random_electorate(Rng& rng) {
  Electorate electorate;
  for (int i = 1; i <= kVoters; ++i) {
    VoterRecord record;
    record.voter = VoterId(i);
    record.has_phone = rng.chance(0.8);
    record.is_protected = rng.chance(0.02);
    record.is_suppressed = rng.chance(0.2);
    record.ballot_in = record.is_suppressed && rng.chance(0.5);
    record.number_start = record.has_phone ? (rng.chance(0.3) ? 1808 : 1919) : 0;
    record.texts[category_column(Field::state)] = rng.chance(0.9) ? "NC" : "HI";
    record.texts[category_column(Field::county)] = "WAKE";
    record.texts[category_column(Field::status)] = rng.chance(0.1)   ? "removed"
                                                   : rng.chance(0.1) ? "denied"
                                                                     : "active";
    record.texts[category_column(Field::party)] = rng.chance(0.5) ? "DEM" : "REP";
    electorate.put(record);
  }
  History& history = electorate.history();
  for (const ListId list : {kCalled, kOther})
    history.put_list({.id = list, .name = "a list", .arms = {"holdout", "treatment"}});
  for (int i = 1; i <= kVoters; ++i) {
    const Row row = electorate.find(VoterId(i));
    if (rng.chance(0.1)) {
      history.set_consent(row, ConsentPurpose::campaign, ConsentChannel::phone,
                          rng.chance(0.5) ? ConsentState::withdrawn : ConsentState::given);
    }
    if (rng.chance(0.3)) history.set_member(row, kCalled, rng.chance(0.3) ? 0 : 1);
    if (rng.chance(0.3)) history.set_member(row, kOther, 0);
  }
  return electorate;
}

/// Closed on that day in Hawaii; one zone for all of the country.
PlaceHours as_a_country_has_it(const CallingBank& bank, std::string_view state) {
  PlaceHours hours = window_alone(bank, state);
  if (bank.country.empty()) return hours;
  hours.zones = ZoneNames{"America/New_York"};
  if (state == "HI") hours.week.fill(kClosedDay);
  return hours;
}

QueueState random_queues(Rng& rng) {
  QueueState queues;
  queues.at = kNow;
  queues.called_lists = {kCalled, ListId(77)};
  queues.banks = {{.window = {}, .country = "us"}};
  CallingBank& first = queues.banks.front();
  first.consent = static_cast<CallingBank::Consent>(rng.below(3));
  if (rng.chance(0.7)) first.mobile = "^180[68]";
  if (rng.chance(0.3)) {
    queues.banks.push_back(
        {.window = {.opens = std::chrono::hours(6), .closes = std::chrono::hours(8)},
         .consent = rng.chance(0.5) ? CallingBank::Consent::all : CallingBank::Consent::none});
  }
  if (rng.chance(0.5)) queues.hours = as_a_country_has_it;
  for (int i = 0; i < 350; ++i) {
    queues.barred.push_back({VoterId(1 + static_cast<std::int64_t>(rng.below(kVoters + 50))),
                             static_cast<QueueState::Bar>(rng.below(4))});
  }
  return queues;
}

/// What is looked up by voter and by zones, each once.
struct Known {
  std::map<VoterId, QueueState::Bar> bars;
  std::map<std::string, bool> open;
  const QueueState& queues;

  explicit Known(const QueueState& of) : queues(of) {
    for (const QueueState::Barred& one : queues.barred) {
      const auto [known, is_new] = bars.try_emplace(one.voter, one.bar);
      if (!is_new) known->second = std::min(known->second, one.bar);
    }
  }
  bool is_open(const std::string& zones, const std::string& state) {
    const auto [known, is_new] = open.try_emplace(zones + '/' + state, false);
    if (!is_new) return known->second;
    ZoneNames names;
    for (const std::string_view name : split(zones, '|')) {
      if (!name.empty()) names.emplace_back(name);
    }
    for (const CallingBank& bank : queues.banks) {
      const PlaceHours hours = queues.hours(bank, state);
      if (ZoneSet(hours.zones.value_or(names)).is_open(hours.week, kNow)) known->second = true;
    }
    return known->second;
  }
};

/// The first reason that applies, looked up by the voter.
std::optional<Hindrance> hindrance_of(const Electorate& electorate, Row row, Known& known) {
  using enum Hindrance;
  const VoterId voter = electorate.voter(row);
  const History& history = electorate.history();
  const bool has_voted = electorate.ballot_in().test(row);
  if (!electorate.flag(Field::has_phone).test(row)) return no_number;
  if (electorate.flag(Field::is_protected).test(row)) return do_not_call;
  if (electorate.flag(Field::suppressed).test(row) && !has_voted) return do_not_call;
  const auto consent = history.consent(ConsentPurpose::campaign, ConsentChannel::phone)->get(row);
  const bool all_need = std::ranges::all_of(known.queues.banks, [&](const CallingBank& bank) {
    const bool is_mobile = bank.mobile.empty() || electorate.number_starts().text(row) == "1808";
    return bank.consent == CallingBank::Consent::all ||
           (bank.consent == CallingBank::Consent::mobile && is_mobile);
  });
  if (consent == 2 || (all_need && consent != 1)) return no_consent;
  const std::string& status = electorate.category(Field::status).text(row);
  if (status == "removed" || status == "denied") return not_registered;
  if (!known.is_open(electorate.zones().text(row), electorate.category(Field::state).text(row)))
    return outside_hours;
  const auto barred = known.bars.find(voter);
  const auto bar = barred == known.bars.end() ? std::optional<QueueState::Bar>() : barred->second;
  if (bar == QueueState::Bar::cooling_down) return cooling_down;
  if (bar == QueueState::Bar::held) return held;
  if (bar == QueueState::Bar::callback) return callback;
  if (bar == QueueState::Bar::locked) return hold_out;
  if (history.members(kCalled)->get(row) == 1) return hold_out;
  if (has_voted) return already_voted;
  return std::nullopt;
}

TEST(WaterfallProperty, EachVoterCountsOnceAtTheFirstReason) {
  EXPECT_TRUE(rc::check([] {
    Rng rng(*rc::gen::arbitrary<std::uint64_t>());
    const Electorate electorate = random_electorate(rng);
    const QueueState queues = random_queues(rng);
    const std::vector<BarredRow> barred = barred_rows(electorate, queues);
    Known known(queues);
    const Crew crew(2);
    const Rule democrats{ValueIn{.field = Field::party, .values = {"DEM"}}};
    for (const Rule& universe : {Rule{AllOf{}}, democrats, Rule{AnyOf{}}}) {
      const Filter filter = Plan(universe, electorate, kNow).filter();
      const Scan scan{&crew, {}, electorate.rows()};
      const Waterfall found =
          waterfall(scan, electorate, filter, {.queues = queues, .rows = barred}, kNow);
      Waterfall expected;
      BlockBits bits;
      for (std::size_t block = 0; block < electorate.blocks(); ++block) {
        if (!filter.matches({}, electorate.rows(), block, bits)) continue;
        for (std::size_t place = 0; place < kBlockRows; ++place) {
          if (((bits[place / 64] >> (place % 64)) & 1) == 0) continue;
          const auto why =
              hindrance_of(electorate, static_cast<Row>(block * kBlockRows + place), known);
          ++expected.whole;
          ++(why ? expected.by[static_cast<std::size_t>(*why)] : expected.callable);
        }
      }
      RC_ASSERT(found.by == expected.by);
      RC_ASSERT(found == expected);
    }
  }));
}

TEST(Waterfall, ReasonsHaveTheNamesOfTheApi) {
  EXPECT_EQ(to_string(Hindrance::no_number), "no_number");
  EXPECT_EQ(to_string(Hindrance::already_voted), "already_voted");
}

}  // namespace
}  // namespace hustings::segments
