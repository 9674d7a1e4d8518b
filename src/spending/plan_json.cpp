#include <algorithm>
#include <cmath>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "allocation/money_text.h"
#include "allocation/win_probability.h"
#include "base/text.h"
#include "spending/planning.h"

namespace hustings::spending {
namespace {

namespace json = boost::json;

constexpr double kSure = 1.959963984540054;

struct Sums {
  std::int64_t booked = 0;
  std::int64_t planned = 0;
  double marginal = 0;  ///< the best with room
};

struct AllSums {
  std::vector<Sums> markets;
  std::vector<Sums> channels;
  std::vector<Sums> weeks;
};

AllSums sums_of(const Planned& planned) {
  const PlanProblem& problem = planned.problem;
  AllSums sums{std::vector<Sums>(problem.campaign.markets), std::vector<Sums>(problem.channels),
               std::vector<Sums>(problem.weeks)};
  for (std::size_t i = 0; i < planned.cents.cells.size(); ++i) {
    const std::int64_t more = std::max<std::int64_t>(0, planned.cents.cells[i] - problem.booked[i]);
    const allocation::Cell& cell = problem.campaign.problem.cells[i];
    const bool room = cell.high > static_cast<double>(planned.cents.cells[i]) / 100;
    for (Sums* sum : {&sums.markets[problem.market_of(i)], &sums.channels[problem.channel_of(i)],
                      &sums.weeks[static_cast<std::size_t>(problem.week_of(i) - 1)]}) {
      sum->booked += problem.booked[i];
      sum->planned += more;
      if (room) sum->marginal = std::max(sum->marginal, planned.marginal[i]);
    }
  }
  return sums;
}

/// The part of a contest's polls that money had moved before them.
double moved_before(const Planned& planned, std::size_t contest) {
  return planned.problem.polled[contest] - planned.problem.unmoved[contest];
}

json::array contests_of(const Planned& planned) {
  const allocation::Race& race = planned.problem.campaign.race;
  json::array list;
  for (std::size_t i = 0; i < race.contests.size(); ++i) {
    const allocation::Contest& contest = race.contests[i];
    list.push_back(json::object{{"name", contest.name},
                                {"weight", contest.weight},
                                {"share", planned.problem.polled[i]},
                                {"moved", moved_before(planned, i)},
                                {"share_booked", planned.booked_means[i] + 0.5},
                                {"share_after", planned.means[i] + 0.5},
                                {"chance", allocation::chance_at(race, i, planned.booked_means[i])},
                                {"chance_after", allocation::chance_at(race, i, planned.means[i])},
                                {"point", planned.race.slopes[i] / 100}});
  }
  return list;
}

json::array markets_of(const Stored& stored, const Planned& planned, const AllSums& sums) {
  json::array list;
  for (std::size_t i = 0; i < sums.markets.size(); ++i) {
    const Sums& sum = sums.markets[i];
    const auto& held = planned.problem.held_out;
    list.push_back(
        json::object{{"name", stored.markets[i].name},
                     {"title", stored.markets[i].title},
                     {"people", stored.markets[i].people},
                     {"booked_cents", sum.booked},
                     {"planned_cents", sum.planned},
                     {"marginal", sum.marginal},
                     {"point", planned.race.worth[i] / 100},
                     {"held_out", std::find(held.begin(), held.end(), i) != held.end()}});
  }
  return list;
}

json::array channels_of(const Stored& stored, const Planned& planned, const AllSums& sums) {
  json::array list;
  for (std::size_t i = 0; i < sums.channels.size(); ++i) {
    const Sums& sum = sums.channels[i];
    list.push_back(json::object{{"name", stored.channels[i].name},
                                {"title", stored.channels[i].title},
                                {"booked_cents", sum.booked},
                                {"planned_cents", sum.planned},
                                {"marginal", sum.marginal},
                                {"effect_error", planned.problem.effect_errors[i]},
                                {"unsure", static_cast<bool>(planned.problem.effect_unsure[i])}});
  }
  return list;
}

json::array limits_of(const Planned& planned) {
  const auto& problem = planned.problem.campaign.problem;
  json::array list;
  for (std::size_t i = 0; i < problem.limits.size(); ++i) {
    const allocation::Limit& limit = problem.limits[i];
    std::int64_t sum = 0;
    for (const std::uint32_t cell : limit.cells)
      sum += planned.cents.cells[cell];
    const auto& prices = planned.race.optimum.prices;
    json::object entry{{"name", limit.name},
                       {"cents", sum},
                       {"floor_cents", std::llround(limit.floor * 100)},
                       {"price", i < prices.size() ? prices[i] : 0.0}};
    if (std::isfinite(limit.cap)) entry["cap_cents"] = std::llround(limit.cap * 100);
    list.push_back(std::move(entry));
  }
  return list;
}

/// The contests through which a point moved in a market counts, the most important first.
json::array reasons_of(const Stored& stored, const Planned& planned, std::size_t market) {
  struct Reason {
    double worth;
    const StoredReach* reach;
  };
  std::vector<Reason> reasons;
  for (const StoredReach& reach : stored.reaches) {
    if (reach.market == market)
      reasons.push_back({reach.share * planned.race.slopes[reach.contest], &reach});
  }
  std::sort(reasons.begin(), reasons.end(),
            [](const Reason& a, const Reason& b) { return a.worth > b.worth; });
  if (reasons.size() > 3) reasons.resize(3);
  json::array list;
  for (const Reason& reason : reasons) {
    list.push_back(json::object{{"contest", stored.contests[reason.reach->contest].name},
                                {"share", reason.reach->share},
                                {"part", reason.worth / planned.race.worth[market]}});
  }
  return list;
}

json::array next_of(const Stored& stored, const Planned& planned) {
  json::array list;
  for (const NextPlace& place : planned.next) {
    list.push_back(json::object{{"market", stored.markets[place.market].name},
                                {"title", stored.markets[place.market].title},
                                {"channel", stored.channels[place.channel].name},
                                {"channel_title", stored.channels[place.channel].title},
                                {"week", place.week},
                                {"gain", place.gain},
                                {"gain_low", place.gain_low},
                                {"gain_high", place.gain_high},
                                {"unsure", place.unsure},
                                {"contests", reasons_of(stored, planned, place.market)}});
  }
  return list;
}

/// Money by market and channel, booked and planned together.
json::array places_of(const Stored& stored, const Planned& planned) {
  const PlanProblem& problem = planned.problem;
  json::array list;
  for (std::size_t first = 0; first < planned.cents.cells.size(); first += problem.weeks) {
    std::int64_t sum = 0;
    for (std::size_t i = first; i < first + problem.weeks; ++i)
      sum += planned.cents.cells[i];
    if (sum == 0) continue;
    list.push_back(json::object{{"market", stored.markets[problem.market_of(first)].name},
                                {"channel", stored.channels[problem.channel_of(first)].name},
                                {"cents", sum}});
  }
  return list;
}

template <class Names>
json::array named(const Names& items, const std::vector<std::size_t>& places) {
  json::array list;
  for (const std::size_t place : places)
    list.emplace_back(items[place].name);
  return list;
}

json::array texts(const std::vector<std::string>& items) {
  json::array list;
  for (const std::string& item : items)
    list.emplace_back(item);
  return list;
}

/// A gain as a number in the unit of its objective.
std::string gain_number(allocation::Objective objective, double gain) {
  switch (objective) {
    case allocation::Objective::win:
    case allocation::Objective::robust_win:
      return fmt::format("{:.3g}", gain * 100);
    case allocation::Objective::expected_weight:
      return fmt::format("{:.3g}", gain);
    case allocation::Objective::net_votes:
      return with_thousands(std::llround(gain));
  }
  return "";
}

/// A gain in the words of its objective.
std::string gain_text(allocation::Objective objective, double gain) {
  switch (objective) {
    case allocation::Objective::win:
    case allocation::Objective::robust_win:
      return gain_number(objective, gain) + " points of the chance to win";
    case allocation::Objective::expected_weight:
      return gain_number(objective, gain) + " expected electoral votes";
    case allocation::Objective::net_votes:
      return gain_number(objective, gain) + " net votes";
  }
  return "";
}

/// Where the next money goes.
std::string next_sentence(const Stored& stored, const Planned& planned) {
  if (planned.next.empty()) return "No place has room for 10,000 more.";
  const NextPlace& next = planned.next.front();
  const std::string where = fmt::format("{}, {}, week {}", stored.markets[next.market].title,
                                        stored.channels[next.channel].title, next.week);
  if (next.unsure) {
    return fmt::format(
        "The next 10,000 would do most in {}, but what it does there cannot be told from zero.",
        where);
  }
  return fmt::format("The next 10,000 does most in {}: {}.", where,
                     gain_text(planned.problem.campaign.objective, next.gain));
}

/// What the means and errors were made of, where that is not plain.
std::vector<std::string> what_it_stands_on(const Stored& stored, const Planned& planned) {
  constexpr double kSaid = 0.0005;  ///< of a share: less than that is not worth a sentence
  std::vector<std::string> list;
  std::size_t most = 0;
  for (std::size_t i = 1; i < stored.contests.size(); ++i) {
    if (std::abs(moved_before(planned, i)) > std::abs(moved_before(planned, most))) most = i;
  }
  const double moved = moved_before(planned, most);
  if (std::abs(moved) >= kSaid) {
    list.push_back(
        fmt::format("The polls hold what money had moved before them ({:+.1f} points in {}); it "
                    "fades until election day and is not counted again.",
                    moved * 100, stored.contests[most].name));
  }
  if (!stored.correlations.empty()) {
    list.push_back(
        fmt::format("The errors of {} pairs of contests are correlated.",
                    with_thousands(static_cast<std::int64_t>(stored.correlations.size()))));
  }
  if (!planned.race.note.empty()) list.push_back(planned.race.note);
  return list;
}

/// What the plan was made of, and of when that is.
json::array inputs_of(const Stored& stored) {
  json::array list;
  for (const InputChange& change : stored.changes)
    list.push_back(json::object{{"what", change.what}, {"at", to_iso(change.at)}});
  return list;
}

std::string_view kind_text(LiveKind kind) {
  switch (kind) {
    case LiveKind::answers:
      return "answers";
    case LiveKind::segment:
      return "segment";
    case LiveKind::experiment:
      return "experiment";
  }
  return "";
}

template <class Items>
std::string name_in(const Items& items, std::int64_t id) {
  for (const auto& item : items) {
    if (item.id == id) return item.name;
  }
  return "";
}

json::array live_of(const Stored& stored) {
  json::array list;
  for (const LiveInput& input : stored.live) {
    json::object entry{{"name", input.name}, {"kind", kind_text(input.kind)}};
    entry["of"] = input.contest_id ? name_in(stored.contests, *input.contest_id)
                                   : name_in(stored.channels, input.channel_id.value_or(0));
    if (input.value) entry["value"] = *input.value;
    if (input.error) entry["error"] = *input.error;
    if (input.counts) entry["counts"] = *input.counts;
    if (input.problem) entry["problem"] = *input.problem;
    if (input.read_at) entry["at"] = to_iso(*input.read_at);
    list.push_back(std::move(entry));
  }
  return list;
}

/// How polls became means.
json::object means_of(const Stored& stored, const Planned& planned) {
  json::object means{
      {"method", kPollMethods.at(static_cast<std::size_t>(stored.settings.poll_method))}};
  if (const auto& scales = planned.problem.tracker) {
    means["daily_sd"] = scales->daily_sd;
    means["house_sd"] = scales->house_sd;
  } else {
    means["half_life_days"] = stored.settings.poll_half_life;
  }
  return means;
}

/// The newest poll's last day; empty: there is none.
std::string newest_poll(const Stored& stored) {
  std::string day;
  for (const StoredPoll& poll : stored.polls)
    day = std::max(day, poll.end_day);
  return day;
}

}  // namespace

std::vector<std::string> plan_sentences(const Stored& stored, const Planned& planned) {
  const auto objective = planned.problem.campaign.objective;
  std::vector<std::string> list;
  const double gain = planned.gain();
  const double low = gain - kSure * planned.gain_error;
  const double high = gain + kSure * planned.gain_error;
  if (planned.planned_cents() == 0) {
    list.emplace_back("Nothing is left to plan: the budget is booked, or no place has room.");
  } else if (low <= 0) {
    list.push_back(fmt::format(
        "The gain of this plan cannot be told from zero: about {}, between "
        "{} and {} with what is known of the effects. Measure them before "
        "much is spent.",
        gain_text(objective, gain), gain_number(objective, low), gain_number(objective, high)));
  } else {
    list.push_back(fmt::format("This plan gains {} (95 in 100: {} to {}).",
                               gain_text(objective, gain), gain_number(objective, low),
                               gain_number(objective, high)));
  }
  list.push_back(next_sentence(stored, planned));
  for (std::string& words : what_it_stands_on(stored, planned))
    list.push_back(std::move(words));
  return list;
}
std::string plan_json(const Stored& stored, const Planned& planned) {
  const allocation::Optimum& optimum = planned.race.optimum;
  const AllSums sums = sums_of(planned);
  json::array weeks;
  for (const Sums& sum : sums.weeks)
    weeks.push_back(json::object{{"booked_cents", sum.booked}, {"planned_cents", sum.planned}});
  const std::int64_t booked = stored.settings.booked_cents;
  json::object out{
      {"objective", std::string(to_string(planned.problem.campaign.objective))},
      {"value", planned.value},
      {"booked_value", planned.booked_value},
      {"without", planned.race.without},
      {"gain", planned.gain()},
      {"gain_error", planned.gain_error},
      {"bound", optimum.bound},
      {"gap", optimum.gap()},
      {"certificate", planned.race.bound_is_global ? "global" : "first_order"},
      {"price", optimum.price},
      {"budget_cents", planned.problem.budget_cents},
      {"booked_cents", booked},
      {"planned_cents", planned.planned_cents()},
      {"unspent_cents", planned.cents.unspent},
      {"currency", stored.settings.currency},
      {"first_day", stored.settings.first_day.value_or("")},
      {"open_week", planned.problem.first_open_week},
      {"seconds", planned.seconds},
      {"lines", planned.lines.size()},
      {"inputs", inputs_of(stored)},
      {"live", live_of(stored)},
      {"newest_poll", newest_poll(stored)},
      {"means", means_of(stored, planned)},
      {"correlations", stored.correlations.size()},
      {"sentences", texts(plan_sentences(stored, planned))},
      {"next", next_of(stored, planned)},
      {"contests", contests_of(planned)},
      {"markets", markets_of(stored, planned, sums)},
      {"channels", channels_of(stored, planned, sums)},
      {"weeks", std::move(weeks)},
      {"places", places_of(stored, planned)},
      {"limits", limits_of(planned)},
      {"held_out", named(stored.markets, planned.problem.held_out)},
      {"compared", named(stored.markets, planned.problem.compared)},
      {"scenarios", json::array(planned.race.scenarios.begin(), planned.race.scenarios.end())}};
  return json::serialize(out);
}

}  // namespace hustings::spending
