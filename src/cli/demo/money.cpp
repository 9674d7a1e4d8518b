#include "cli/demo/money.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <thread>
#include <utility>
#include <vector>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "base/rng.h"
#include "base/text.h"
#include "make_people/county_facts.h"

namespace hustings::cli {
namespace {

namespace json = boost::json;
using people::kCountyFacts;
using simulate::number_at;
using simulate::text_at;

constexpr std::int64_t kDollarsAVoter = 3;
constexpr int kWeeks = 8;
constexpr int kWeeksGone = 3;

struct Market {
  const char* name;
  const char* title;
};
/// In the order of people::Region.
constexpr std::array<Market, people::kRegions> kMarkets = {{{"mountains", "The Mountains"},
                                                            {"piedmont", "Charlotte"},
                                                            {"triad", "Greensboro"},
                                                            {"triangle", "Raleigh and Durham"},
                                                            {"cape", "The Cape Fear"},
                                                            {"east", "The East"}}};

/// An invented seat: our share last time, its market, the part of its voters there, and where the
/// others live.
struct Seat {
  const char* name;
  const char* region;
  double previous;
  int market;
  double part;
  int other;
  bool polled = true;
};
constexpr std::array<Seat, 14> kSeats = {{{"Blue Ridge", "West", 0.482, 0, 0.9, 2},
                                          {"Foothills", "West", 0.39, 0, 0.7, 1, false},
                                          {"Catawba", "West", 0.455, 1, 0.85, 0},
                                          {"Charlotte North", "Centre", 0.57, 1, 1, 1, false},
                                          {"Charlotte South", "Centre", 0.508, 1, 1, 1},
                                          {"Greensboro", "Centre", 0.535, 2, 0.9, 3},
                                          {"Yadkin", "Centre", 0.47, 2, 0.8, 1},
                                          {"Durham", "Centre", 0.64, 3, 1, 3, false},
                                          {"Raleigh", "Centre", 0.585, 3, 1, 3},
                                          {"Wake South", "Centre", 0.512, 3, 0.9, 4},
                                          {"Wilmington", "East", 0.488, 4, 0.95, 5},
                                          {"Fayetteville", "East", 0.522, 4, 0.85, 3},
                                          {"Pamlico", "East", 0.474, 5, 0.9, 4},
                                          {"Roanoke", "East", 0.503, 5, 0.85, 3}}};

struct House {
  const char* name;
  double bias;
  int people;
};
constexpr std::array<House, 3> kHouses = {{{"Piedmont Research", 0.006, 620},
                                           {"Old North Polling", -0.008, 540},
                                           {"Coastal Panel", 0.001, 880}}};

/// Of a thousand contacts, in dollars.
struct Price {
  const char* channel;
  double dollars;
};
constexpr std::array<Price, 10> kPrices = {{{"tv_news", 28},
                                            {"tv_prime", 45},
                                            {"tv_day", 16},
                                            {"tv_cable", 14},
                                            {"radio", 11},
                                            {"digital", 9},
                                            {"mail_persuasion", 480},
                                            {"mail_turnout", 520},
                                            {"phone_turnout", 700},
                                            {"field_turnout", 3500}}};

/// What was booked in the weeks that are gone, and what is promised for the last one.
struct Order {
  int market;
  const char* channel;
  int week;
  double part;  ///< of the budget
  const char* vendor;
  const char* purpose;
  int stage;  ///< 1 committed, 2 invoiced, 3 paid
};
constexpr std::array<Order, 8> kOrders = {
    {{3, "field_turnout", 1, 0.020, "Doorstep Cooperative", "Canvass around Wake", 3},
     {1, "field_turnout", 2, 0.025, "Doorstep Cooperative", "Canvass, south of Charlotte", 3},
     {4, "phone_turnout", 2, 0.012, "Long Leaf Calls", "Calls to new voters", 3},
     {2, "mail_turnout", 3, 0.010, "Carolina Print Works", "Postcards", 2},
     {5, "field_turnout", 3, 0.020, "Doorstep Cooperative", "Canvass along the Roanoke", 2},
     {4, "digital", 3, 0.006, "Bright Dogwood Media", "Video, two weeks", 3},
     {1, "tv_prime", kWeeks, 0.030, "Skyline Media Buying", "Last week, evenings", 1},
     {2, "tv_prime", kWeeks, 0.020, "Skyline Media Buying", "Last week, evenings", 1}}};

/// The state's counties have odd codes in the order of their names, in which Mc is read as Mac.
std::vector<std::pair<std::string, people::Region>> counties() {
  constexpr int kFirst = 37001;
  std::vector<std::pair<std::string, people::Region>> by_name;
  for (const people::CountyFacts& county : kCountyFacts) {
    std::string name(county.name);
    if (name.starts_with("MC")) name.insert(1, "A");
    by_name.emplace_back(std::move(name), county.region);
  }
  std::sort(by_name.begin(), by_name.end());
  for (std::size_t i = 0; i < by_name.size(); ++i)
    by_name[i].first = std::to_string(kFirst + 2 * static_cast<int>(i));
  return by_name;
}

std::string contests_sheet(std::int64_t voters) {
  std::string text = "contest,region,weight,previous,votes\n";
  for (const Seat& seat : kSeats) {
    text += fmt::format("{},{},1,{},{}\n", seat.name, seat.region, seat.previous,
                        voters * 6 / 10 / static_cast<std::int64_t>(kSeats.size()));
  }
  return text;
}

std::string markets_sheet(std::int64_t voters) {
  std::array<double, people::kRegions> thousands{};
  double all = 0;
  for (const people::CountyFacts& county : kCountyFacts) {
    thousands.at(static_cast<std::size_t>(county.region)) += county.voters_thousands;
    all += county.voters_thousands;
  }
  std::string text = "market,title,people\n";
  for (std::size_t i = 0; i < kMarkets.size(); ++i) {
    text += fmt::format(
        "{},{},{}\n", kMarkets[i].name, kMarkets[i].title,
        std::max<std::int64_t>(1, std::llround(static_cast<double>(voters) * thousands[i] / all)));
  }
  return text;
}

std::string reach_sheet() {
  std::string text = "market,contest,share\n";
  for (const Seat& seat : kSeats) {
    text += fmt::format("{},{},{}\n", kMarkets.at(static_cast<std::size_t>(seat.market)).name,
                        seat.name, seat.part);
    if (seat.part == 1) continue;
    text += fmt::format("{},{},{:.2f}\n", kMarkets.at(static_cast<std::size_t>(seat.other)).name,
                        seat.name, 1 - seat.part);
  }
  return text;
}

std::string counties_sheet() {
  std::string text = "fips,market\n";
  for (const auto& [fips, region] : counties())
    text += fmt::format("{},{}\n", fips, kMarkets.at(static_cast<std::size_t>(region)).name);
  return text;
}

std::string rates_sheet() {
  std::string text = "channel,market,price\n";
  for (const Price& price : kPrices) {
    text += fmt::format("{},,{:.2f}\n", price.channel, price.dollars);
    // The large markets' stations cost more.
    if (std::string_view(price.channel).starts_with("tv")) {
      text += fmt::format("{},piedmont,{:.2f}\n", price.channel, price.dollars * 1.3);
      text += fmt::format("{},triangle,{:.2f}\n", price.channel, price.dollars * 1.25);
    }
  }
  return text;
}

/// Polls of three houses that ended from one day to another, both counted back from today.
std::string polls_sheet(const Money::Scale& scale, int from_days, int to_days) {
  std::string text = "contest,pollster,end_day,people,ours,theirs\n";
  Rng rng(mix64(scale.seed + static_cast<std::uint64_t>(from_days)));
  for (const Seat& seat : kSeats) {
    if (!seat.polled) continue;
    for (const House& house : kHouses) {
      const std::int64_t days = from_days - to_days + 1;
      const int age = to_days + static_cast<int>(rng.below(static_cast<std::uint64_t>(days)));
      // The sum of four uniform numbers, near enough to a normal one with half a poll's error.
      double noise = -2;
      for (int i = 0; i < 4; ++i)
        noise += rng.uniform();
      const double share = seat.previous + 0.004 + house.bias + 0.018 * noise;
      const double decided = 90 + static_cast<double>(rng.below(6));
      const std::string end = to_iso(scale.now - std::chrono::hours(24 * age)).substr(0, 10);
      text += fmt::format("{},{},{},{},{:.1f},{:.1f}\n", seat.name, house.name, end,
                          house.people + static_cast<int>(rng.below(120)), decided * share,
                          decided * (1 - share));
    }
  }
  return text;
}

}  // namespace

std::string Money::day(int days_from_now) const {
  return to_iso(scale_.now + std::chrono::hours(24 * days_from_now)).substr(0, 10);
}

Status Money::import(const char* kind, std::string text) {
  TRY(api_.put_csv(fmt::format("/v1/spending/sheets/{}", kind), std::move(text)));
  return {};
}

Status Money::set_up() {
  json::value settings = TRY(api_.get("/v1/spending/settings"));
  json::object& now = settings.as_object();
  now["budget_cents"] = scale_.voters * kDollarsAVoter * 100;
  now["first_day"] = day(-7 * kWeeksGone);
  now["weeks"] = kWeeks;
  now["needed"] = 8;
  now["error_contest"] = 0.02;
  TRY(api_.put("/v1/spending/settings", settings));
  TRY(import("contests", contests_sheet(scale_.voters)));
  TRY(import("markets", markets_sheet(scale_.voters)));
  TRY(import("reach", reach_sheet()));
  TRY(import("counties", counties_sheet()));
  TRY(api_.post("/v1/spending/priors", json::object()));
  TRY(import("measures",
             "channel,effect_points,error_points,source\n"
             "field_turnout,0.55,0.15,\"Our own experiment, spring\"\n"
             "phone_turnout,0.21,0.08,\"Our own experiment, spring\"\n"));
  TRY(import("rates", rates_sheet()));
  const auto budget = static_cast<double>(scale_.voters * kDollarsAVoter);
  return import("limits", fmt::format("limit,kind,market,channel,from_week,to_week,floor,cap\n"
                                      "Doors,own,,field_turnout,,,,{:.2f}\n"
                                      "The last week,own,,,{},{},,{:.2f}\n"
                                      "The East,own,east,,,,{:.2f},\n",
                                      budget * 0.6, kWeeks, kWeeks, budget * 0.35, budget * 0.05));
}

/// Answers of the phone bank around Raleigh count as a poll of that seat, as they come in.
Status Money::follow_answers() {
  json::array names;
  for (const people::CountyFacts& county : kCountyFacts) {
    if (county.region == people::Region::triangle) names.emplace_back(county.name);
  }
  const json::value segment =
      TRY(api_.post("/v1/segments",
                    {{"name", "Around Raleigh"}, {"rule", {{"field", "county"}, {"in", names}}}}));
  return import("live", fmt::format("name,kind,contest,question,ours,theirs,segment\n"
                                    "Our own calls,answers,Raleigh,support,1,2,{}\n",
                                    text_at(segment, "id")));
}

Status Money::book() {
  constexpr std::array<const char*, 3> kKinds = {"commitment", "invoice", "payment"};
  std::string text = "kind,market,channel,week,day,amount,order,reference,vendor,purpose\n";
  int number = 100;
  for (const Order& order : kOrders) {
    ++number;
    const double dollars =
        std::ceil(static_cast<double>(scale_.voters * kDollarsAVoter) * order.part / 10) * 10;
    for (int stage = 0; stage < order.stage; ++stage) {
      const int days = std::min(0, 7 * (order.week - 1 - kWeeksGone)) - 3 + stage;
      text += fmt::format("{},{},{},{},{},{:.2f},A-{},{},{},\"{}\"\n",
                          kKinds.at(static_cast<std::size_t>(stage)),
                          kMarkets.at(static_cast<std::size_t>(order.market)).name, order.channel,
                          order.week, day(days), dollars, number,
                          stage == 0 ? "" : fmt::format("{}{}", stage == 1 ? "R" : "C", number),
                          order.vendor, order.purpose);
    }
  }
  TRY(api_.put_csv("/v1/ledger/import", std::move(text)));
  return {};
}

/// Until the plan is one of everything that has been brought in; its state.
Result<json::value> Money::wait_for_plan() {
  using namespace std::chrono_literals;
  json::value state;
  for (int i = 0; i < 500; ++i) {
    state = TRY(api_.get("/v1/planning"));
    if (number_at(state, "inputs") == number_at(state, "tried_inputs")) break;
    std::this_thread::sleep_for(10ms);
  }
  return state;
}

/// The largest lines of the newest plan become commitments.
Result<std::int64_t> Money::approve(int lines) {
  const json::value state = TRY(wait_for_plan());
  if (state.at("newest").is_null()) return 0;
  const std::string plan = "/v1/plans/" + text_at(state, "newest");
  const json::value all = TRY(api_.get(plan + "/lines?limit=5000"));
  std::vector<std::pair<std::int64_t, std::int64_t>> by_size;
  for (const json::value& line : all.at("items").as_array())
    by_size.emplace_back(-number_at(line, "cents"), number_at(line, "line"));
  std::sort(by_size.begin(), by_size.end());
  json::array chosen;
  for (const auto& [size, line] : by_size) {
    if (static_cast<int>(chosen.size()) < lines) chosen.emplace_back(line);
  }
  if (chosen.empty()) return 0;
  return number_at(TRY(api_.post(plan + "/decisions", {{"lines", chosen}, {"approve", true}})),
                   "cents");
}

Result<Money::Made> Money::make() {
  constexpr int kOldest = 26;
  constexpr int kNewest = 4;
  constexpr int kApproved = 3;
  TRY(set_up());
  TRY(import("polls", polls_sheet(scale_, kOldest, kNewest + 6)));
  TRY(wait_for_plan());
  TRY(book());
  TRY(follow_answers());
  TRY(wait_for_plan());
  TRY(import("polls", polls_sheet(scale_, kNewest, 1)));
  Made made;
  made.approved_cents = TRY(approve(kApproved));
  const json::value state = TRY(wait_for_plan());
  if (!state.at("problem").is_null()) made.problem = text_at(state, "problem");
  if (state.at("newest").is_null()) return made;
  const json::value plan = TRY(api_.get("/v1/plans/" + text_at(state, "newest")));
  const json::value& document = plan.at("document");
  made.budget_cents = number_at(document, "budget_cents");
  made.booked_cents = number_at(document, "booked_cents");
  made.planned_cents = number_at(document, "planned_cents");
  if (const auto& sentences = document.at("sentences").as_array(); !sentences.empty())
    made.sentence = std::string(sentences[0].as_string());
  return made;
}

}  // namespace hustings::cli
