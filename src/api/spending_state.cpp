#include <array>
#include <map>

#include "api/spending.h"
#include "spending/correlations.h"
#include "spending/inputs.h"
#include "spending/poll_picture.h"

namespace hustings::api {
namespace {

constexpr std::size_t kMatrixContestsMax = 60;  ///< of which a page shows the whole matrix

struct ContestShape {
  static constexpr std::string_view kName = "Contest";
  std::string name;
  std::string region;
  std::int64_t weight = 0;
  std::optional<double> previous;
  std::int64_t votes = 0;
  std::int64_t polls = 0;
  std::optional<std::string> last_poll;
  std::optional<double> share;
  std::optional<double> share_error;
  static Fields fields() {
    using S = ContestShape;
    return {field("name", &S::name, "What it is called."),
            field("region", &S::region, "Contests of a region share an error."),
            field("weight", &S::weight, "Electoral votes or seats."),
            field("previous", &S::previous, "Our two-party share last time."),
            field("votes", &S::votes, "Expected."),
            field("polls", &S::polls, "How many there are."),
            field("last_poll", &S::last_poll, "When the newest ended."),
            field("share", &S::share, "Our two-party share now; null: nothing is known of it."),
            field("share_error", &S::share_error, "Its standard error, of the tracker.")};
  }
};

struct MarketShape {
  static constexpr std::string_view kName = "Market";
  std::string name;
  std::string title;
  std::int64_t people = 0;
  std::vector<std::string> contests;
  static Fields fields() {
    using S = MarketShape;
    return {field("name", &S::name, "Its code."), field("title", &S::title, "As people call it."),
            field("people", &S::people, "Who live there."),
            field("contests", &S::contests, "Into which it reaches.")};
  }
};

struct ChannelShape {
  static constexpr std::string_view kName = "Channel";
  std::string name;
  std::string title;
  std::string kind;
  std::int64_t minimum_cents = 0;
  std::optional<double> effect_points;
  std::optional<double> error_points;
  std::optional<std::string> curve;
  std::optional<double> decay;
  std::optional<double> half_life_weeks;
  std::optional<std::string> source;
  std::int64_t measures = 0;
  std::int64_t rates = 0;
  static Fields fields() {
    using S = ChannelShape;
    return {field("name", &S::name, "Its code."),
            field("title", &S::title, "As people call it."),
            field("kind", &S::kind, "media or contact."),
            field("minimum_cents", &S::minimum_cents, "A buy is nothing or this much."),
            field("effect_points", &S::effect_points,
                  "Points of the two-party share that a week of all the money there is moves; "
                  "null: nobody has said."),
            field("error_points", &S::error_points, "Its standard error."),
            field("curve", &S::curve, "Its form."),
            field("decay", &S::decay, "What a week leaves of it."),
            field("half_life_weeks", &S::half_life_weeks,
                  "Weeks in which half of the contacts are forgotten; 0: at once."),
            field("source", &S::source, "Where it is from."),
            field("measures", &S::measures, "Own experiments that went into it."),
            field("rates", &S::rates, "How many prices there are.")};
  }
};

struct LimitShape {
  static constexpr std::string_view kName = "SpendLimit";
  LimitId id;
  std::string name;
  bool is_legal = false;
  std::optional<std::string> market;
  std::optional<std::string> channel;
  std::optional<std::int64_t> from_week;
  std::optional<std::int64_t> to_week;
  std::int64_t floor_cents = 0;
  std::optional<std::int64_t> cap_cents;
  std::int64_t booked_cents = 0;
  static Fields fields() {
    using S = LimitShape;
    return {field("id", &S::id, "The limit."),
            field("name", &S::name, "What people call it."),
            field("legal", &S::is_legal, "By law, or the campaign's own."),
            field("market", &S::market, "Null: all of them; so for the others."),
            field("channel", &S::channel, "Where it holds."),
            field("from_week", &S::from_week, "When it begins."),
            field("to_week", &S::to_week, "When it ends."),
            field("floor_cents", &S::floor_cents, "At least so much is planned."),
            field("cap_cents", &S::cap_cents, "At most so much is planned and booked."),
            field("booked_cents", &S::booked_cents, "So much is.")};
  }
};

struct LiveShape {
  static constexpr std::string_view kName = "LiveInput";
  std::string name;
  std::string kind;
  std::string of;
  std::optional<double> value;
  std::optional<double> error;
  std::optional<double> counts;
  std::optional<std::string> problem;
  std::optional<Instant> read_at;
  static Fields fields() {
    using S = LiveShape;
    return {field("name", &S::name, "What people call it."),
            field("kind", &S::kind, "answers, segment or experiment."),
            field("of", &S::of, "The contest whose state it tells, or the channel it measures."),
            field("value", &S::value, "Our two-party share, or the effect, in parts of one."),
            field("error", &S::error, "Its standard error."),
            field("counts", &S::counts, "As a poll of so many people."),
            field("problem", &S::problem, "Why it could not be read."),
            field("read_at", &S::read_at, "When it was read last.")};
  }
};

struct PairShape {
  static constexpr std::string_view kName = "CorrelatedContests";
  std::string contest;
  std::string other;
  double correlation = 0;
  static Fields fields() {
    using S = PairShape;
    return {field("contest", &S::contest, "One of two contests."),
            field("other", &S::other, "The other."),
            field("correlation", &S::correlation, "Of their own errors.")};
  }
};

struct CorrelationsShape {
  static constexpr std::string_view kName = "Correlations";
  std::int64_t pairs = 0;
  std::string note;
  std::vector<PairShape> strongest;
  std::vector<double> matrix;
  double within_region = 0;
  double between_regions = 0;
  static Fields fields() {
    using S = CorrelationsShape;
    return {field("pairs", &S::pairs, "Of contests whose own errors are correlated."),
            field("note", &S::note, "What was repaired in what was imported; or empty."),
            field("strongest", &S::strongest, "The pairs furthest from zero.", {.max_items = 100}),
            field("matrix", &S::matrix,
                  "Row by row, contests by name; empty without pairs, or of many contests.",
                  {.max_items = kMatrixContestsMax * kMatrixContestsMax}),
            field("within_region", &S::within_region,
                  "What the settings say already of two contests of a region: the correlation of "
                  "their whole errors by what they share."),
            field("between_regions", &S::between_regions, "The same, of two regions.")};
  }
};

struct StateShape {
  static constexpr std::string_view kName = "SpendingState";
  std::vector<ContestShape> contests;
  std::vector<MarketShape> markets;
  std::vector<ChannelShape> channels;
  std::vector<LimitShape> limits;
  std::vector<LiveShape> live;
  CorrelationsShape correlations;
  std::vector<std::string> opponents;
  std::vector<std::string> missing;
  static Fields fields() {
    using S = StateShape;
    return {
        field("contests", &S::contests, "By name.", {.max_items = spending::kContestsMax}),
        field("markets", &S::markets, "By name.", {.max_items = spending::kMarketsMax}),
        field("channels", &S::channels, "By name."),
        field("limits", &S::limits, "By name."),
        field("live", &S::live, "What is read from the campaign's own work.", {.max_items = 1000}),
        field("correlations", &S::correlations, "Which contests' errors go together."),
        field("opponents", &S::opponents, "Scenarios of the opponent's spending."),
        field("missing", &S::missing, "What a plan still needs, as sentences.")};
  }
};

void add_contests(const spending::Stored& stored, const spending::PollPicture& picture,
                  StateShape& out) {
  for (std::size_t i = 0; i < stored.contests.size(); ++i) {
    const spending::StoredContest& contest = stored.contests[i];
    out.contests.push_back({.name = contest.name,
                            .region = contest.region,
                            .weight = contest.weight,
                            .previous = contest.previous,
                            .votes = contest.votes,
                            .polls = picture.polls[i],
                            .last_poll = picture.last[i],
                            .share = picture.shares[i],
                            .share_error = picture.errors[i]});
  }
}

void add_markets(const spending::Stored& stored, StateShape& out) {
  for (const spending::StoredMarket& market : stored.markets)
    out.markets.push_back({market.name, market.title, market.people, {}});
  for (const spending::StoredReach& reach : stored.reaches)
    out.markets[reach.market].contests.push_back(stored.contests[reach.contest].name);
}

void add_channels(const spending::Stored& stored, StateShape& out) {
  constexpr double kPoints = 100;
  for (const spending::StoredChannel& channel : stored.channels) {
    ChannelShape shape{.name = channel.name,
                       .title = channel.title,
                       .kind = channel.is_contact ? "contact" : "media",
                       .minimum_cents = channel.minimum_cents};
    if (const auto& response = channel.response) {
      shape.effect_points = response->effect * kPoints;
      shape.error_points = response->effect_error * kPoints;
      shape.curve = std::string(to_string(response->curve));
      shape.decay = response->decay;
      shape.half_life_weeks = response->half_life;
      shape.source = response->source;
      shape.measures = response->measures;
    }
    out.channels.push_back(std::move(shape));
  }
  for (const spending::StoredRate& rate : stored.rates)
    ++out.channels[rate.channel].rates;
}

void add_limits(const spending::Stored& stored, StateShape& out) {
  for (const spending::SpendLimit& limit : stored.limits) {
    LimitShape shape{.id = limit.id,
                     .name = limit.name,
                     .is_legal = limit.is_legal,
                     .from_week = limit.from_week,
                     .to_week = limit.to_week,
                     .floor_cents = limit.floor_cents,
                     .cap_cents = limit.cap_cents,
                     .booked_cents = limit.booked_cents};
    if (limit.market) shape.market = stored.markets[*limit.market].name;
    if (limit.channel) shape.channel = stored.channels[*limit.channel].name;
    out.limits.push_back(std::move(shape));
  }
}

template <class Items>
std::string name_in(const Items& items, std::int64_t id) {
  for (const auto& item : items) {
    if (item.id == id) return item.name;
  }
  return "";
}

void add_live(const spending::Stored& stored, StateShape& out) {
  constexpr std::array<std::string_view, 3> kKinds = {"answers", "segment", "experiment"};
  for (const spending::LiveInput& input : stored.live) {
    out.live.push_back({.name = input.name,
                        .kind = std::string(kKinds.at(static_cast<std::size_t>(input.kind))),
                        .of = input.contest_id
                                  ? name_in(stored.contests, *input.contest_id)
                                  : name_in(stored.channels, input.channel_id.value_or(0)),
                        .value = input.value,
                        .error = input.error,
                        .counts = input.counts,
                        .problem = input.problem,
                        .read_at = input.read_at});
  }
}

CorrelationsShape correlations_of(const spending::Stored& stored) {
  constexpr std::size_t kShown = 12;
  const spending::SharedErrors shared = spending::shared_errors(stored.settings);
  CorrelationsShape shape{.pairs = static_cast<std::int64_t>(stored.correlations.size()),
                          .note = stored.settings.correlation_note,
                          .within_region = shared.within_region,
                          .between_regions = shared.between_regions};
  for (const spending::StoredCorrelation& pair : spending::strongest(stored, kShown)) {
    shape.strongest.push_back({.contest = stored.contests[pair.first].name,
                               .other = stored.contests[pair.second].name,
                               .correlation = pair.value});
  }
  if (stored.contests.size() <= kMatrixContestsMax)
    shape.matrix = spending::correlation_matrix(stored);
  return shape;
}

struct GetState {
  using Input = Nothing;
  using Output = StateShape;
  static Spec spec() {
    return {.method = "GET",
            .path = "/v1/spending/state",
            .name = "spending_state",
            .summary = "What plans are made of: contests, markets, channels, limits.",
            .permission = Permission::spending_read};
  }
  static Result<Output> call(Context& context, const Input& /*input*/) {
    const spending::Stored stored = context.services().spending_inputs.load();
    Output out;
    add_contests(stored, spending::poll_picture(stored, context.services().clock.now()), out);
    add_markets(stored, out);
    add_channels(stored, out);
    add_limits(stored, out);
    add_live(stored, out);
    out.correlations = correlations_of(stored);
    out.opponents = context.services().spending_inputs.opponents();
    out.missing = spending::missing_of(stored);
    return out;
  }
};

}  // namespace

void add_spending_state(Registrar& registrar) { registrar.add<GetState>(); }

}  // namespace hustings::api
