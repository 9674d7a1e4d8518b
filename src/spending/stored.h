#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "allocation/campaign.h"
#include "allocation/curve.h"
#include "base/clock.h"
#include "model/ids.h"

/// What plans are made of, as the database holds it. Amounts are whole cents; a week is a number
/// from 1; indices point into the lists of the same Stored.
namespace hustings::spending {

constexpr std::int64_t kWeeksMax = 60;
constexpr std::size_t kContestsMax = 2000;
constexpr std::size_t kMarketsMax = 5000;
constexpr std::size_t kChannelsMax = 100;
constexpr std::size_t kLimitsMax = 1000;
constexpr std::size_t kCorrelatedMax = 600;  ///< contests whose errors may be correlated
constexpr std::size_t kRepairedMax = 150;    ///< … in a matrix that is repaired here

/// Who files reports, for the exports; each may be empty.
struct Committee {
  std::string id;         ///< of the filing committee
  std::string candidate;  ///< id of the candidate whom money is for or against
  std::string last_name;
  std::string first_name;
  std::string office;  ///< P, S or H
  std::string state;
  std::string district;
  std::string election;  ///< "G2026"
  bool opposes = false;

  friend bool operator==(const Committee&, const Committee&) = default;
};

/// How polls become means.
enum class PollMethod : std::uint8_t {
  half_life,  ///< the newer, the more a poll counts
  tracker,    ///< a walk that is read with error by houses (statistics/trend.h)
};
constexpr std::array<std::string_view, 2> kPollMethods = {"half_life", "tracker"};

struct Settings {
  std::string currency = "USD";
  std::int64_t budget_cents = 0;
  std::int64_t booked_cents = 0;         ///< read only: what is committed or spent
  std::optional<std::string> first_day;  ///< of week 1, "2026-09-07"
  std::int64_t weeks = 1;
  allocation::Objective objective = allocation::Objective::win;
  std::int64_t needed = 0;
  double error_national = 0.012;
  double error_regional = 0.010;
  double error_contest = 0.014;
  std::vector<double> scales;
  std::vector<double> chances;
  std::int64_t poll_days = 30;
  double poll_half_life = 7;
  PollMethod poll_method = PollMethod::half_life;
  double explore_share = 0;
  std::int64_t explore_seed = 1;
  std::optional<std::string> opponent;
  Committee committee;
  std::int64_t inputs = 1;       ///< read only
  std::string correlation_note;  ///< read only: what was repaired in the correlations
};

struct StoredContest {
  std::int64_t id = 0;
  std::string name;
  std::string region;
  std::int64_t weight = 1;
  std::optional<double> previous;
  std::int64_t votes = 0;
  std::optional<double> error;
};
struct StoredMarket {
  std::int64_t id = 0;
  std::string name;
  std::string title;
  std::int64_t people = 0;
};
struct StoredReach {
  std::size_t market = 0;
  std::size_t contest = 0;
  double share = 0;
};
/// What money does in a channel; from the prior, or the campaign's own experiments with it.
struct Response {
  allocation::CurveKind curve = allocation::CurveKind::saturating;
  double effect = 0;
  double effect_error = 0;
  double contacts = 1;
  double shape = 1;
  double decay = 1;
  double half_life = 0;  ///< weeks in which half of the contacts are forgotten; 0: at once
  std::string source;
  int measures = 0;  ///< own experiments that went into it
};
struct StoredChannel {
  std::int64_t id = 0;
  std::string name;
  std::string title;
  bool is_contact = false;  ///< by people: mail, phone, field; else media
  std::int64_t minimum_cents = 0;
  std::optional<Response> response;
};
struct StoredRate {
  std::size_t channel = 0;
  std::optional<std::size_t> market;
  std::int64_t from_week = 1;
  std::int64_t price_cents = 0;  ///< of a thousand contacts
  double target_share = 1;
};
struct StoredPoll {
  std::size_t contest = 0;
  std::string pollster;
  std::string end_day;
  std::int64_t people = 0;
  double ours = 0;
  double theirs = 0;
};
/// A limit on the sum of what is booked and planned in some markets, channels and weeks.
struct SpendLimit {
  LimitId id;
  std::string name;
  bool is_legal = false;
  std::optional<std::size_t> market;
  std::optional<std::size_t> channel;
  std::optional<std::int64_t> from_week;
  std::optional<std::int64_t> to_week;
  std::int64_t floor_cents = 0;
  std::optional<std::int64_t> cap_cents;
  std::int64_t booked_cents = 0;
};
struct CellMoney {
  std::size_t market = 0;
  std::size_t channel = 0;
  std::int64_t week = 1;
  std::int64_t cents = 0;
};
/// An error of the polls: of one contest, or of all that have none of their own.
struct StoredPollError {
  std::string scenario;
  std::optional<std::size_t> contest;
  double error = 0;
};

/// What is read from the campaign's own work, again and again (live_inputs.h).
enum class LiveKind : std::uint8_t {
  answers,     ///< the weighted share of a question's choices, as a poll of a contest
  segment,     ///< support weighted by turnout, by the scores of its voters
  experiment,  ///< the effect of an arm, as a measure of a channel
};
struct LiveInput {
  std::int64_t id = 0;
  std::string name;
  LiveKind kind = LiveKind::answers;
  std::optional<std::int64_t> contest_id;
  std::optional<std::int64_t> channel_id;
  std::string question;  ///< its key
  std::vector<int> ours;
  std::vector<int> theirs;
  std::optional<SegmentId> segment;
  std::optional<ExperimentId> experiment;
  std::string arm;            ///< empty: the first that is not the control
  std::int64_t people = 500;  ///< a segment counts like a poll of so many
  double factor = 1;          ///< the channel's whole effect is so many times the measured one
  // As it was read last; no value: it could not be.
  std::optional<double> value;
  std::optional<double> error;
  std::optional<double> counts;
  std::optional<std::int64_t> votes;
  std::optional<std::string> problem;
  std::optional<Instant> read_at;
};
/// When inputs of a kind changed last.
struct InputChange {
  std::string what;  ///< "polls", as sheets are called, or "settings", "priors"
  std::int64_t rows = 0;
  std::string by;
  Instant at;
};

/// Of the own errors of two contests, beside what they share with their region and all others.
struct StoredCorrelation {
  std::size_t first = 0;
  std::size_t second = 0;
  double value = 0;
};

struct Stored {
  Settings settings;
  std::vector<StoredContest> contests;  ///< by name, as all of these
  std::vector<StoredMarket> markets;
  std::vector<StoredChannel> channels;
  std::vector<StoredReach> reaches;
  std::vector<StoredRate> rates;
  std::vector<StoredPoll> polls;
  std::vector<SpendLimit> limits;
  std::vector<CellMoney> booked;    ///< one a cell
  std::vector<CellMoney> opponent;  ///< of the scenario that the settings name
  std::vector<StoredPollError> poll_errors;
  std::vector<StoredCorrelation> correlations;  ///< pairs that are not there: 0
  std::vector<LiveInput> live;                  ///< their shares are among `polls`
  std::vector<InputChange> changes;
};

}  // namespace hustings::spending
