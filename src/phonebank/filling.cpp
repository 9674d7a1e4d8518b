#include "phonebank/filling.h"

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "phonebank/sql.h"

namespace hustings::phonebank {

namespace {

constexpr std::int64_t kPrefixUnit = 10'000'000;  // fill_places.sql keeps what stands before it

struct NumberedZones {
  ZoneSetId number = 0;
  std::optional<std::string> bar;
};

/// Where a line's voter and number are.
struct Place {
  ZoneNames zones;
  RuleKeys keys;
  auto operator<=>(const Place&) const = default;
};

/// The zones and rules of an address with a number; no zones: it is never called.
Place place_of(const FillRules& rules, const Residence& residence, PhoneNumber number) {
  if (rules.country == nullptr) {
    // A number from outside the plan may ring anywhere: no zones, so never called.
    return {area_code_of(number) == 0 ? ZoneNames{} : implied_zones(residence, number), {}};
  }
  return {rules.country->zones_of(residence, number),
          RuleBook::keys(*rules.country, residence.state, rules.state_hours)};
}

/// Numbers the sets of zones that come up, each asked for once.
class Numbering {
 public:
  Numbering(pg::Transaction& transaction, ZoneSets& zone_sets, CallingWindow window, Instant at)
      : transaction_(transaction), zone_sets_(zone_sets), window_(window), at_(at) {}

  const NumberedZones& of(const Place& place) {
    const auto found = known_.find(place);
    if (found != known_.end()) return found->second;
    NumberedZones numbered;
    numbered.number = zone_sets_.number(transaction_, place.zones, place.keys);
    const LinePlace known = zone_sets_.made(place.zones, place.keys);
    if (!known.is_known()) {
      numbered.bar = "unknown_zone";
    } else if (!known.next_opening(window_, at_)) {
      numbered.bar = "no_calling_hours";
    }
    places_[numbered.number] = place;
    return known_.emplace(place, std::move(numbered)).first->second;
  }
  const Place& place(ZoneSetId number) const { return places_.at(number); }

 private:
  pg::Transaction& transaction_;
  ZoneSets& zone_sets_;
  CallingWindow window_;
  Instant at_;
  std::map<Place, NumberedZones> known_;
  std::map<ZoneSetId, Place> places_;
};

/// The number of a place's set of zones and its bar or null, by "NC|276|1919|WAKE": state, ZIP
/// code's first digits, number's leading digits, county. A statement looks each voter's place up in
/// it; as a table to join with, it was walked through for each voter, since the planner takes what
/// it is joined with for one row.
std::string read_places(pg::Transaction& transaction, const FilledLines& lines,
                        const FillRules& rules, Numbering& numbering) {
  boost::json::object places;
  for (const pg::Row row : transaction.run(sql::kFillPlaces, lines.phonebank, lines.numbers)) {
    const auto prefix = row.get<std::int64_t>(3);
    const std::int64_t number = prefix * kPrefixUnit;
    // Only the ZIP code's first three digits tell of zones.
    const std::string zip = row.text(2).empty() ? "" : std::string(row.text(2)) + "00";
    const Residence residence{.state = row.text(0), .county = row.text(1), .zip = zip};
    const NumberedZones& numbered = numbering.of(place_of(rules, residence, number));
    places[fmt::format("{}|{}|{}|{}", row.text(0), row.text(2), prefix, row.text(1))] = {
        numbered.number, numbered.bar ? boost::json::value(*numbered.bar) : nullptr};
  }
  return boost::json::serialize(places);
}

void unite_mixed_lines(pg::Transaction& transaction, const FilledLines& lines,
                       const std::string& places, Numbering& numbering) {
  std::vector<std::int64_t> numbers;
  std::vector<ZoneSetId> zone_sets;
  std::vector<std::optional<std::string>> bars;
  for (const pg::Row row :
       transaction.run(sql::kMixedLines, lines.phonebank, places, lines.numbers)) {
    Place all;
    bool is_known = true;
    for (const std::int64_t number : row.get<std::vector<std::int64_t>>(1)) {
      const Place& part = numbering.place(static_cast<ZoneSetId>(number));
      is_known = is_known && !part.zones.empty();
      all.zones = united(all.zones, part.zones);
      all.keys = united(all.keys, part.keys);
    }
    if (!is_known) all.zones.clear();
    const NumberedZones& numbered = numbering.of(all);
    numbers.push_back(row.get<std::int64_t>(0));
    zone_sets.push_back(numbered.number);
    bars.push_back(numbered.bar);
  }
  if (!numbers.empty()) {
    transaction.run(sql::kSetZoneSets, lines.phonebank, numbers, zone_sets, bars);
  }
}

void fill(pg::Transaction& transaction, const FilledLines& lines, ListId list,
          const FillRules& rules, Numbering& numbering) {
  const std::string places = read_places(transaction, lines, rules, numbering);
  transaction.run(sql::kFillLines, lines.phonebank, list, places, lines.numbers);
  unite_mixed_lines(transaction, lines, places, numbering);
}

}  // namespace

void fill_phonebank(pg::Transaction& transaction, ZoneSets& zone_sets, PhonebankId phonebank,
                    ListId list, const FillRules& rules, Instant at) {
  transaction.run(sql::kFillTargets, phonebank, list, false);
  transaction.run(sql::kAnalyzeTargets);
  transaction.run(sql::kNextTargets, std::vector<PhoneNumber>(), phonebank);
  Numbering numbering(transaction, zone_sets, rules.window, at);
  fill(transaction, {.phonebank = phonebank, .numbers = {}}, list, rules, numbering);
  transaction.run(sql::kAnalyzeQueue);
}

void fill_joined(pg::Transaction& transaction, ZoneSets& zone_sets, PhonebankId phonebank,
                 ListId list, const FillRules& rules, Instant at) {
  transaction.run(sql::kHoldList, list);
  transaction.run(sql::kFillTargets, phonebank, list, true);
  FilledLines lines{.phonebank = phonebank, .numbers = {}};
  for (const pg::Row row : transaction.run(sql::kJoinedNumbers, phonebank))
    lines.numbers.push_back(row.get<PhoneNumber>(0));
  for (const pg::Row row :
       transaction.run(sql::kNextTargets, std::vector<PhoneNumber>(), phonebank))
    lines.numbers.push_back(row.get<PhoneNumber>(1));
  if (!lines.numbers.empty()) {
    Numbering numbering(transaction, zone_sets, rules.window, at);
    fill(transaction, lines, list, rules, numbering);
    transaction.run(sql::kReopenLines, phonebank, lines.numbers);
  }
  transaction.run(sql::kSetFollowed, phonebank);
}

void fill_numbers(pg::Transaction& transaction, ZoneSets& zone_sets, const FilledLines& lines,
                  ListId list, const FillRules& rules, Instant at) {
  Numbering numbering(transaction, zone_sets, rules.window, at);
  fill(transaction, lines, list, rules, numbering);
}

}  // namespace hustings::phonebank
