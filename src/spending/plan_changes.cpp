#include "spending/plan_changes.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <tuple>

#include <boost/json.hpp>

namespace hustings::spending {
namespace {

namespace json = boost::json;

constexpr std::size_t kShown = 12;
constexpr double kSameShare = 5e-7;

double number_in(const json::object& object, std::string_view key) {
  const auto* value = object.if_contains(key);
  return value != nullptr && value->is_number() ? value->to_number<double>() : 0;
}

/// Contests whose share moved between two documents, the largest move first.
json::array shares_moved(const json::object& before, const json::object& after) {
  std::map<std::string, double, std::less<>> old;
  for (const json::value& contest : before.at("contests").as_array()) {
    old.emplace(std::string(contest.at("name").as_string()),
                number_in(contest.as_object(), "share"));
  }
  struct Move {
    std::string contest;
    double before;
    double after;
  };
  std::vector<Move> moves;
  for (const json::value& contest : after.at("contests").as_array()) {
    const auto found = old.find(std::string(contest.at("name").as_string()));
    if (found == old.end()) continue;
    const double share = number_in(contest.as_object(), "share");
    if (std::abs(share - found->second) > kSameShare)
      moves.push_back({found->first, found->second, share});
  }
  std::sort(moves.begin(), moves.end(), [](const Move& a, const Move& b) {
    return std::abs(a.after - a.before) > std::abs(b.after - b.before);
  });
  if (moves.size() > kShown) moves.resize(kShown);
  json::array list;
  for (const Move& move : moves) {
    list.push_back(
        json::object{{"contest", move.contest}, {"before", move.before}, {"after", move.after}});
  }
  return list;
}

json::array money_moved(std::vector<PlanDifference> moved) {
  if (moved.size() > kShown) moved.resize(kShown);
  json::array list;
  for (const PlanDifference& one : moved) {
    list.push_back(json::object{{"market", one.market},
                                {"channel", one.channel},
                                {"before_cents", one.before_cents},
                                {"after_cents", one.after_cents}});
  }
  return list;
}

using Place = std::pair<std::string, std::string>;

/// Money by market and channel in a document.
std::map<Place, std::int64_t> places_of(const std::string& document) {
  std::map<Place, std::int64_t> places;
  const json::value parsed = json::parse(document);
  for (const json::value& place : parsed.at("places").as_array()) {
    places.emplace(Place(place.at("market").as_string(), place.at("channel").as_string()),
                   place.at("cents").to_number<std::int64_t>());
  }
  return places;
}

}  // namespace

std::vector<PlanDifference> differences(const std::string& older, const std::string& newer) {
  std::map<Place, PlanDifference> all;
  for (const auto& [place, cents] : places_of(older))
    all[place] = {place.first, place.second, cents, 0};
  for (const auto& [place, cents] : places_of(newer)) {
    PlanDifference& one = all[place];
    one = {place.first, place.second, one.before_cents, cents};
  }
  std::vector<PlanDifference> moved;
  for (auto& [place, one] : all) {
    if (one.before_cents != one.after_cents) moved.push_back(std::move(one));
  }
  const auto size = [](const PlanDifference& one) {
    return std::abs(one.after_cents - one.before_cents);
  };
  std::sort(moved.begin(), moved.end(), [&](const PlanDifference& a, const PlanDifference& b) {
    return std::tuple(-size(a), a.market, a.channel) < std::tuple(-size(b), b.market, b.channel);
  });
  return moved;
}

std::string with_changes(const std::string& document, const std::string& before,
                         const std::vector<PlanReason>& reasons) {
  json::object after = json::parse(document).as_object();
  json::array why;
  for (const PlanReason& reason : reasons) {
    why.push_back(json::object{{"kind", reason.kind},
                               {"subject", reason.subject},
                               {"payload", json::parse(reason.payload)}});
  }
  json::object changes{{"why", std::move(why)}};
  if (!before.empty()) {
    const json::value parsed = json::parse(before);
    const json::object& old = parsed.as_object();
    changes["value_before"] = number_in(old, "value");
    changes["budget_before_cents"] = old.at("budget_cents");
    changes["booked_before_cents"] = old.at("booked_cents");
    changes["shares"] = shares_moved(old, after);
    changes["money"] = money_moved(differences(before, document));
  }
  after["changes"] = std::move(changes);
  return json::serialize(after);
}

}  // namespace hustings::spending
