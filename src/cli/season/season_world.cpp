#include "cli/season/season_world.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <numbers>

#include <fmt/format.h>

#include "allocation/win_probability.h"
#include "spending/posterior.h"

namespace hustings::cli {
namespace {

constexpr std::int64_t kFirstDay = 15593;  ///< Monday, 2012-09-10, in days since 1970
constexpr int kDaysOfWeek = 7;
constexpr double kCents = 100;

// How far the truth lies from the first polls, how it drifts in a week, and what is open at the
// end.
constexpr Sigma kStartError{.national = 0.015, .regional = 0.010, .contest = 0.020};
constexpr Sigma kDrift{.national = 0.004, .regional = 0.002, .contest = 0.004};
constexpr Sigma kLastSurprise{.national = 0.006, .regional = 0.005, .contest = 0.010};

constexpr std::int64_t kAsked = 700;
constexpr double kHouseError = 0.010;
constexpr double kCloseRace = 0.08;  ///< contests within this are polled every week
constexpr int kRarely = 4;           ///< … others every so many weeks
constexpr std::array<int, 2> kExperimentWeeks = {3, 6};
constexpr double kMeasured = 0.5;  ///< an experiment's error, as a part of the prior's

std::string day_text(std::int64_t day) { return date_text(day); }

}  // namespace

SeasonWorld::SeasonWorld(const Election& election, const allocation::Race& race,
                         const SeasonRule& rule, std::uint64_t seed)
    : race_(race), rule_(rule), rng_(mix64(seed)), polls_(mix64(seed ^ 0x5ea50)) {
  for (const double votes : election.votes)
    people_.push_back(std::max(votes, 1.0));
  begin(election);
  drift(election);
}

double SeasonWorld::normal() {  // Box and Muller 1958
  const double radius = std::sqrt(-2 * std::log(1 - rng_.uniform()));
  return radius * std::cos(2 * std::numbers::pi * rng_.uniform());
}

Instant SeasonWorld::week_begins(int week) const {
  return Instant(std::chrono::days(kFirstDay + std::int64_t{week - 1} * kDaysOfWeek));
}

double SeasonWorld::scale(std::size_t contest, std::size_t channel) const {
  return kSeasonChannels.at(channel).money_per_voter / rule_.weeks * people_[contest];
}

void SeasonWorld::begin(const Election& election) {
  spending::Settings& settings = start_.settings;
  settings.budget_cents = std::llround(rule_.budget * kCents);
  settings.first_day = day_text(kFirstDay);
  settings.weeks = rule_.weeks;
  for (std::size_t i = 0; i < race_.contests.size(); ++i) {
    const allocation::Contest& contest = race_.contests[i];
    start_.contests.push_back({.name = contest.name,
                               .region = contest.region,
                               .weight = contest.weight,
                               .previous = election.previous[i],
                               .votes = std::llround(people_[i])});
    start_.markets.push_back(
        {.name = contest.name, .title = contest.name, .people = std::llround(people_[i])});
    start_.reaches.push_back({.market = i, .contest = i, .share = 1});
  }
  for (std::size_t c = 0; c < kSeasonChannels.size(); ++c) {
    const SeasonChannel& channel = kSeasonChannels.at(c);
    const double doubt = channel.effect * kSeasonDoubt;
    start_.channels.push_back({.name = channel.name,
                               .title = channel.name,
                               .response = spending::Response{.effect = channel.effect,
                                                              .effect_error = doubt,
                                                              .decay = channel.decay,
                                                              .source = "prior"}});
    start_.rates.push_back(
        {.channel = c,
         .price_cents = std::llround(channel.money_per_voter * 1000 * kCents / rule_.weeks)});
    effects_.push_back(std::max(0.0, rule_.truth * (channel.effect + doubt * normal())));
  }
}

/// Opinion week by week, and what the experiments will find.
void SeasonWorld::drift(const Election& election) {
  const std::size_t n = race_.contests.size();
  std::vector<double> now(n);
  for (std::size_t i = 0; i < n; ++i)
    now[i] = race_.contests[i].mean;
  const auto shake = [&](const Sigma& sigma) {
    const double national = sigma.national * normal();
    std::vector<std::string> regions;
    std::vector<double> of_region;
    for (std::size_t i = 0; i < n; ++i) {
      const auto found = std::find(regions.begin(), regions.end(), election.regions[i]);
      const auto at = static_cast<std::size_t>(found - regions.begin());
      if (found == regions.end()) {
        regions.push_back(election.regions[i]);
        of_region.push_back(sigma.regional * normal());
      }
      now[i] += national + of_region[at] + sigma.contest * normal();
    }
  };
  shake(kStartError);
  opinion_.push_back(now);
  std::vector<std::vector<spending::Estimated>> measured(effects_.size());
  for (int week = 1; week <= rule_.weeks; ++week) {
    std::vector<spending::Response> beliefs;
    for (std::size_t c = 0; c < effects_.size(); ++c) {
      spending::Response response = *start_.channels[c].response;
      const double error = response.effect_error * kMeasured;
      if (std::find(kExperimentWeeks.begin(), kExperimentWeeks.end(), week) !=
          kExperimentWeeks.end())
        measured[c].push_back({effects_[c] + error * normal(), error});
      const spending::Estimated now_known =
          spending::posterior({response.effect, response.effect_error}, measured[c]);
      response.effect = now_known.value;
      response.effect_error = now_known.error;
      beliefs.push_back(response);
    }
    beliefs_.push_back(std::move(beliefs));
    shake(kDrift);
    opinion_.push_back(now);
  }
}

std::vector<double> SeasonWorld::moved(const SeasonSpend& spent, int week) const {
  std::vector<double> moved(race_.contests.size());
  for (std::size_t i = 0; i < moved.size(); ++i) {
    for (std::size_t c = 0; c < effects_.size(); ++c) {
      for (int w = 1; w <= week; ++w) {
        const double money = static_cast<double>(spent[cell(i, c, w)]) / kCents;
        moved[i] += effects_[c] * -std::expm1(-money / scale(i, c)) *
                    std::pow(kSeasonChannels.at(c).decay, week - w);
      }
    }
  }
  return moved;
}

void SeasonWorld::poll(int week, const std::vector<double>& moved, spending::Stored& known) {
  const std::vector<double>& opinion = opinion_[static_cast<std::size_t>(week - 1)];
  for (std::size_t i = 0; i < opinion.size(); ++i) {
    const bool is_close = std::abs(race_.contests[i].mean) < kCloseRace;
    // Drawn for every contest, so that all ways to spend meet the same chances.
    const double house = kHouseError * (2 * polls_.uniform() - 1) * std::numbers::sqrt3;
    const double sampled = (2 * polls_.uniform() - 1) * std::numbers::sqrt3 * 0.5 /
                           std::sqrt(static_cast<double>(kAsked));
    if (!is_close && week % kRarely != 1) continue;
    const double share = std::clamp(0.5 + opinion[i] + moved[i] + house + sampled, 0.01, 0.99);
    // They ended the evening before the week: what the week spends is not in them.
    known.polls.push_back(
        {.contest = i,
         .pollster = "simulated",
         .end_day = day_text(kFirstDay + std::int64_t{week - 1} * kDaysOfWeek - 1),
         .people = kAsked,
         .ours = share * 100,
         .theirs = (1 - share) * 100});
  }
}

void SeasonWorld::tell(int week, const SeasonSpend& spent, spending::Stored& known) {
  poll(week, moved(spent, week - 1), known);
  for (std::size_t c = 0; c < effects_.size(); ++c)
    known.channels[c].response = beliefs_[static_cast<std::size_t>(week - 1)][c];
}

Result<double> SeasonWorld::chance(const SeasonSpend& spent) const {
  allocation::Race race = race_;
  race.errors.national = kLastSurprise.national;
  race.errors.regional = kLastSurprise.regional;
  race.errors.contest.assign(race.contests.size(), kLastSurprise.contest);
  std::vector<double> means = moved(spent, rule_.weeks);
  for (std::size_t i = 0; i < means.size(); ++i)
    means[i] += opinion_.back()[i];
  auto engine = TRY(allocation::WinProbability::make(race));
  return engine.value(means);
}

}  // namespace hustings::cli
