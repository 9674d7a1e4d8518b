#include <map>

#include <boost/json.hpp>

#include "base/text.h"
#include "spending/committee_json.h"
#include "spending/inputs.h"
#include "spending/live_inputs.h"
#include "spending/posterior.h"
#include "spending/sql.h"

namespace hustings::spending {
namespace {

namespace json = boost::json;
using Places = std::map<std::int64_t, std::size_t>;

std::vector<double> numbers_of(const std::vector<std::string>& texts) {
  std::vector<double> numbers;
  for (const std::string& text : texts)
    numbers.push_back(parse_double(text).value_or(0));
  return numbers;
}

template <class T>
Places places_of(const std::vector<T>& items) {
  Places places;
  for (std::size_t i = 0; i < items.size(); ++i)
    places.emplace(items[i].id, i);
  return places;
}

std::optional<std::size_t> maybe_place(const Places& places, std::optional<std::int64_t> id) {
  if (!id) return std::nullopt;
  return places.at(*id);
}

void load_places(pg::Connection& connection, Stored& stored) {
  for (const pg::Row row : connection.run(sql::kContests)) {
    stored.contests.push_back({.id = row.get<std::int64_t>(0),
                               .name = row.get<std::string>(1),
                               .region = row.get<std::string>(2),
                               .weight = row.get<std::int64_t>(3),
                               .previous = row.get<std::optional<double>>(4),
                               .votes = row.get<std::int64_t>(5),
                               .error = row.get<std::optional<double>>(6)});
  }
  for (const pg::Row row : connection.run(sql::kMarkets)) {
    stored.markets.push_back({.id = row.get<std::int64_t>(0),
                              .name = row.get<std::string>(1),
                              .title = row.get<std::string>(2),
                              .people = row.get<std::int64_t>(3)});
  }
}

/// `more`: what live experiments measured of it.
Response response_of(const pg::Row& row, const std::vector<Estimated>& more) {
  const auto effects = numbers_of(row.get<std::vector<std::string>>(13));
  const auto errors = numbers_of(row.get<std::vector<std::string>>(14));
  std::vector<Estimated> measured;
  for (std::size_t i = 0; i < effects.size(); ++i)
    measured.push_back({effects[i], errors[i]});
  measured.insert(measured.end(), more.begin(), more.end());
  const Estimated effect = posterior({row.get<double>(6), row.get<double>(7)}, measured);
  return {
      .curve = allocation::curve_kind_from(row.text(5)).value_or(allocation::CurveKind::saturating),
      .effect = effect.value,
      .effect_error = effect.error,
      .contacts = row.get<double>(8),
      .shape = row.get<double>(9),
      .decay = row.get<double>(10),
      .half_life = row.get<double>(12),
      .source = row.get<std::string>(11),
      .measures = static_cast<int>(measured.size())};
}

/// What live experiments measured of a channel.
std::vector<Estimated> live_measures(const Stored& stored, std::int64_t channel) {
  std::vector<Estimated> measured;
  for (const LiveInput& input : stored.live) {
    if (input.channel_id == channel && input.value && input.error.value_or(0) > 0)
      measured.push_back({*input.value, *input.error});
  }
  return measured;
}

void load_channels(pg::Connection& connection, Stored& stored) {
  for (const pg::Row row : connection.run(sql::kChannels)) {
    StoredChannel channel{.id = row.get<std::int64_t>(0),
                          .name = row.get<std::string>(1),
                          .title = row.get<std::string>(2),
                          .is_contact = row.get<bool>(3),
                          .minimum_cents = row.get<std::int64_t>(4),
                          .response = {}};
    if (!row.is_null(5)) channel.response = response_of(row, live_measures(stored, channel.id));
    stored.channels.push_back(std::move(channel));
  }
}

CellMoney cell_of(const pg::Row& row, const Places& markets, const Places& channels) {
  return {.market = markets.at(row.get<std::int64_t>(0)),
          .channel = channels.at(row.get<std::int64_t>(1)),
          .week = row.get<std::int64_t>(2),
          .cents = row.get<std::int64_t>(3)};
}

void load_limits(pg::Connection& connection, Stored& stored, const Places& markets,
                 const Places& channels) {
  using Maybe = std::optional<std::int64_t>;
  for (const pg::Row row : connection.run(sql::kLimits)) {
    stored.limits.push_back({.id = row.get<LimitId>(0),
                             .name = row.get<std::string>(1),
                             .is_legal = row.get<bool>(2),
                             .market = maybe_place(markets, row.get<Maybe>(3)),
                             .channel = maybe_place(channels, row.get<Maybe>(4)),
                             .from_week = row.get<Maybe>(5),
                             .to_week = row.get<Maybe>(6),
                             .floor_cents = row.get<std::int64_t>(7),
                             .cap_cents = row.get<Maybe>(8),
                             .booked_cents = row.get<std::int64_t>(9)});
  }
}

void load_polls(pg::Connection& connection, Stored& stored, const Places& contests) {
  constexpr std::string_view kEver = "1900-01-01";
  for (const pg::Row row : connection.run(sql::kPolls, kEver)) {
    stored.polls.push_back({.contest = contests.at(row.get<std::int64_t>(0)),
                            .pollster = row.get<std::string>(1),
                            .end_day = row.get<std::string>(2),
                            .people = row.get<std::int64_t>(3),
                            .ours = row.get<double>(4),
                            .theirs = row.get<double>(5)});
  }
  for (const pg::Row row : connection.run(sql::kPollErrors)) {
    stored.poll_errors.push_back(
        {.scenario = row.get<std::string>(0),
         .contest = maybe_place(contests, row.get<std::optional<std::int64_t>>(1)),
         .error = row.get<double>(2)});
  }
  for (const pg::Row row : connection.run(sql::kCorrelations)) {
    stored.correlations.push_back({.first = contests.at(row.get<std::int64_t>(0)),
                                   .second = contests.at(row.get<std::int64_t>(1)),
                                   .value = row.get<double>(2)});
  }
}

std::string text_in(const json::object& object, std::string_view key) {
  const auto* value = object.if_contains(key);
  return value != nullptr && value->is_string() ? std::string(value->as_string()) : std::string();
}

}  // namespace

std::string to_json(const Committee& committee) {
  return json::serialize(json::object{{"id", committee.id},
                                      {"candidate", committee.candidate},
                                      {"last_name", committee.last_name},
                                      {"first_name", committee.first_name},
                                      {"office", committee.office},
                                      {"state", committee.state},
                                      {"district", committee.district},
                                      {"election", committee.election},
                                      {"opposes", committee.opposes}});
}

Committee committee_from_json(std::string_view text) {
  const json::value value = json::parse(text);
  const json::object& object = value.as_object();
  const auto* opposes = object.if_contains("opposes");
  return {.id = text_in(object, "id"),
          .candidate = text_in(object, "candidate"),
          .last_name = text_in(object, "last_name"),
          .first_name = text_in(object, "first_name"),
          .office = text_in(object, "office"),
          .state = text_in(object, "state"),
          .district = text_in(object, "district"),
          .election = text_in(object, "election"),
          .opposes = opposes != nullptr && opposes->is_bool() && opposes->as_bool()};
}

Settings load_settings(pg::Connection& connection) {
  const auto rows = connection.run(sql::kSettings);
  if (rows.empty()) return {};
  const pg::Row row = rows[0];
  return {
      .currency = row.get<std::string>(0),
      .budget_cents = row.get<std::int64_t>(1),
      .booked_cents = row.get<std::int64_t>(2),
      .first_day = row.get<std::optional<std::string>>(3),
      .weeks = row.get<std::int64_t>(4),
      .objective = allocation::objective_from(row.text(5)).value_or(allocation::Objective::win),
      .needed = row.get<std::int64_t>(6),
      .error_national = row.get<double>(7),
      .error_regional = row.get<double>(8),
      .error_contest = row.get<double>(9),
      .scales = numbers_of(row.get<std::vector<std::string>>(10)),
      .chances = numbers_of(row.get<std::vector<std::string>>(11)),
      .poll_days = row.get<std::int64_t>(12),
      .poll_half_life = row.get<double>(13),
      .poll_method = row.text(19) == kPollMethods[1] ? PollMethod::tracker : PollMethod::half_life,
      .explore_share = row.get<double>(14),
      .explore_seed = row.get<std::int64_t>(15),
      .opponent = row.get<std::optional<std::string>>(16),
      .committee = committee_from_json(row.text(17)),
      .inputs = row.get<std::int64_t>(18),
      .correlation_note = row.get<std::string>(20)};
}

Stored Inputs::load() const {
  const auto connection = pool_.acquire();
  pg::Transaction transaction(*connection, Deadline::never(),
                              pg::Transaction::Isolation::repeatable_read);
  return load(*connection);
}

Stored Inputs::load(pg::Connection& connection) {
  Stored stored;
  stored.settings = load_settings(connection);
  stored.live = load_live(connection);
  stored.changes = load_changes(connection);
  load_places(connection, stored);
  load_channels(connection, stored);
  const Places contests = places_of(stored.contests);
  const Places markets = places_of(stored.markets);
  const Places channels = places_of(stored.channels);
  for (const pg::Row row : connection.run(sql::kReach)) {
    stored.reaches.push_back({.market = markets.at(row.get<std::int64_t>(0)),
                              .contest = contests.at(row.get<std::int64_t>(1)),
                              .share = row.get<double>(2)});
  }
  for (const pg::Row row : connection.run(sql::kRates)) {
    stored.rates.push_back({.channel = channels.at(row.get<std::int64_t>(0)),
                            .market = maybe_place(markets, row.get<std::optional<std::int64_t>>(1)),
                            .from_week = row.get<std::int64_t>(2),
                            .price_cents = row.get<std::int64_t>(3),
                            .target_share = row.get<double>(4)});
  }
  load_polls(connection, stored, contests);
  load_limits(connection, stored, markets, channels);
  for (const pg::Row row : connection.run(sql::kBooked))
    stored.booked.push_back(cell_of(row, markets, channels));
  if (stored.settings.opponent) {
    for (const pg::Row row : connection.run(sql::kOpponent, *stored.settings.opponent))
      stored.opponent.push_back(cell_of(row, markets, channels));
  }
  apply_live(stored);
  return stored;
}

}  // namespace hustings::spending
