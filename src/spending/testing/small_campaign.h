#pragma once

#include <string>
#include <string_view>

#include "spending/inputs.h"

/// An invented campaign for tests: three contests, four markets of which one reaches into two
/// contests, two channels, eight weeks, a million to spend.
namespace hustings::spending::testing {

inline const Instant kToday = from_iso("2026-10-05T12:00:00Z").value();

inline constexpr std::string_view kContests =
    "contest,region,weight,previous,votes\n"
    "Ash,North,10,0.49,400000\n"
    "Birch,North,6,51,200000\n"
    "Cedar,South,8,,300000\n";
inline constexpr std::string_view kMarkets =
    "market,title,people\n"
    "m1,Ash City,300000\nm2,The Border,200000\nm3,Birch Hill,150000\nm4,Cedar Bay,300000\n";
inline constexpr std::string_view kReach =
    "market,contest,share\n"
    "m1,Ash,0.7\nm2,Ash,0.3\nm2,Birch,0.4\nm3,Birch,0.6\nm4,Cedar,1\n";
inline constexpr std::string_view kChannels =
    "channel,title,kind\ntv,Television,media\nfield,Doors,contact\n";
inline constexpr std::string_view kRates =
    "channel,market,price\ntv,,20.00\ntv,m1,25.00\nfield,,\"2,000.00\"\n";
inline constexpr std::string_view kResponses =
    "channel,curve,effect_points,error_points,contacts,decay,source\n"
    "tv,saturating,0.6,0.4,3,0.5,invented\n"
    "field,saturating,0.8,0.2,1,0.9,invented\n";
inline constexpr std::string_view kPolls =
    "contest,pollster,end_day,people,ours,theirs\n"
    "Ash,One,2026-10-01,800,47,49\n"
    "Birch,One,2026-10-02,600,50,46\n"
    "Cedar,Two,10/3/2026,900,48,48\n";
inline constexpr std::string_view kLimits =
    "limit,kind,market,channel,from_week,to_week,floor,cap\n"
    "television,legal,,tv,,,,\"400,000.00\"\n"
    "first half,own,,,1,6,,\"600,000.00\"\n"
    "Cedar Bay,own,m4,,,,\"10,000.00\",\n";

inline ImportedSheet take(Inputs& inputs, SheetKind kind, std::string_view text) {
  auto done = inputs.import({.kind = kind, .text = text, .actor = "person:1"});
  if (!done) throw Failure(done.error().text());
  return *done;
}

inline Settings settings() {
  Settings settings;
  settings.budget_cents = 1'000'000'00;
  settings.first_day = "2026-09-14";
  settings.weeks = 8;
  return settings;
}

/// Everything but polls and limits.
inline void make_places(Inputs& inputs) {
  if (const auto saved = inputs.save(settings(), "person:1"); !saved)
    throw Failure(saved.error().text());
  take(inputs, SheetKind::contests, kContests);
  take(inputs, SheetKind::markets, kMarkets);
  take(inputs, SheetKind::reach, kReach);
  take(inputs, SheetKind::channels, kChannels);
  take(inputs, SheetKind::rates, kRates);
  take(inputs, SheetKind::responses, kResponses);
}

inline void make_campaign(Inputs& inputs) {
  make_places(inputs);
  take(inputs, SheetKind::polls, kPolls);
  take(inputs, SheetKind::limits, kLimits);
}

}  // namespace hustings::spending::testing
