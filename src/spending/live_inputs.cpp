#include "spending/live_inputs.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cmath>
#include <mutex>

#include <fmt/format.h>

#include "base/periodic.h"
#include "base/text.h"
#include "feed/tail.h"
#include "spending/sql.h"

namespace hustings::spending {
namespace {

constexpr std::chrono::milliseconds kLookEvery{100};
constexpr std::chrono::milliseconds kPauseMin{250};
/// Reading takes at most one part in so many of a processor, however fast things change.
constexpr int kPauseTimes = 10;

constexpr double kShareMoved = 0.001;
constexpr double kEffectMoved = 0.1;
constexpr double kPeopleMoved = 0.05;

constexpr std::string_view kReadings = "spending:readings";

LiveKind kind_of(std::string_view text) {
  return text == "answers"   ? LiveKind::answers
         : text == "segment" ? LiveKind::segment
                             : LiveKind::experiment;
}

std::vector<int> choices_of(const std::vector<std::string>& texts) {
  std::vector<int> choices;
  for (const std::string& text : texts)
    choices.push_back(static_cast<int>(parse_int(text).value_or(0)));
  return choices;
}

/// What may have changed something that is read live.
bool may_move(const feed::Entry& entry) {
  switch (entry.kind) {
    case ChangeKind::spending_inputs_changed:
      return entry.subject == "spending:live";
    case ChangeKind::money_booked:
    case ChangeKind::plan_made:
    case ChangeKind::plan_decided:
    case ChangeKind::signed_in:
    case ChangeKind::sign_in_refused:
    case ChangeKind::caller_joined:
      return false;
    default:
      return true;
  }
}

struct Readings {
  std::vector<std::int64_t> ids;
  std::vector<std::optional<double>> values;
  std::vector<std::optional<double>> errors;
  std::vector<std::optional<double>> counts;
  std::vector<std::optional<std::int64_t>> votes;
  std::vector<std::optional<std::string>> problems;
  std::vector<bool> moved;

  void add(const LiveInput& input, const Result<LiveReading>& read) {
    ids.push_back(input.id);
    moved.push_back(has_moved(input, read));
    values.push_back(read ? std::optional(read->value) : std::nullopt);
    errors.push_back(read ? std::optional(read->error) : std::nullopt);
    counts.push_back(read ? std::optional(read->counts) : std::nullopt);
    votes.push_back(read ? read->votes : std::nullopt);
    problems.push_back(read ? std::nullopt : std::optional(read.error().text()));
  }
};

}  // namespace

struct LiveInputs::State {
  State(pg::Pool& p, LiveSource& s, const Clock& c, Log& l)
      : pool(p), source(s), clock(c), log(l) {}

  int refresh();
  void look();

  pg::Pool& pool;
  LiveSource& source;
  const Clock& clock;
  Log& log;
  std::mutex reading;  ///< one at a time
  std::atomic<feed::Position> changed{0};
  feed::Position done{-1};                           ///< of the periodic's thread only
  std::chrono::steady_clock::time_point not_before;  ///< the same
  std::unique_ptr<feed::Tail> tail;
  std::unique_ptr<Periodic> looking;  // last: its thread uses all of the above
};

int LiveInputs::State::refresh() {
  const std::lock_guard lock(reading);
  const std::vector<LiveInput> inputs = load_live(*pool.acquire());
  if (inputs.empty()) return 0;
  Readings readings;
  for (const LiveInput& input : inputs)
    readings.add(input, source.read(input));
  const auto moved = std::ranges::count(readings.moved, true);
  const auto connection = pool.acquire();
  pg::Transaction transaction(*connection);
  if (moved > 0) {
    transaction.run(sql::kMoneyRows);
    transaction.run(sql::kInputsRaise, "system", clock.now());
  }
  transaction.run(sql::kLiveInputsRead, readings.ids, readings.values, readings.errors,
                  readings.counts, readings.votes, readings.problems, readings.moved, clock.now());
  if (moved == 0) {
    transaction.commit();
    return 0;
  }
  const feed::Change change{.kind = ChangeKind::spending_inputs_changed,
                            .subject = std::string(kReadings),
                            .actor = "system",
                            .payload = fmt::format(R"({{"rows":{}}})", moved)};
  feed::commit(transaction, {&change, 1});
  log.info("live_inputs_moved", {{"moved", moved}});
  return static_cast<int>(moved);
}

void LiveInputs::State::look() {
  const feed::Position to = changed.load();
  const auto now = std::chrono::steady_clock::now();
  if (done >= to || now < not_before || !source.has(to)) return;
  try {
    refresh();
    done = to;
  } catch (const Failure& failure) {
    log.warning("live_inputs_failed", {{"reason", failure.what()}});
  }
  const auto took = std::chrono::steady_clock::now() - now;
  not_before = std::chrono::steady_clock::now() +
               std::max<std::chrono::steady_clock::duration>(kPauseMin, took * kPauseTimes);
}

LiveInputs::LiveInputs(pg::Pool& pool, LiveSource& source, const Clock& clock, Log& log)
    : state_(std::make_unique<State>(pool, source, clock, log)) {}
LiveInputs::~LiveInputs() = default;

void LiveInputs::start() {
  State* state = state_.get();
  const feed::Position head = feed::head(*state->pool.acquire());
  state->changed = head;
  state->tail = std::make_unique<feed::Tail>(
      state->pool.options(), head,
      [state](std::span<const feed::Entry> entries) {
        for (const feed::Entry& entry : entries) {
          if (may_move(entry)) state->changed = entry.position;
        }
      },
      state->log);
  state->looking = std::make_unique<Periodic>(kLookEvery, [state] { state->look(); });
}

int LiveInputs::refresh() { return state_->refresh(); }

std::vector<LiveInput> load_live(pg::Connection& connection) {
  std::vector<LiveInput> all;
  for (const pg::Row row : connection.run(sql::kLiveInputs)) {
    all.push_back({.id = row.get<std::int64_t>(0),
                   .name = row.get<std::string>(1),
                   .kind = kind_of(row.text(2)),
                   .contest_id = row.get<std::optional<std::int64_t>>(3),
                   .channel_id = row.get<std::optional<std::int64_t>>(4),
                   .question = row.get<std::string>(5),
                   .ours = choices_of(row.get<std::vector<std::string>>(6)),
                   .theirs = choices_of(row.get<std::vector<std::string>>(7)),
                   .segment = row.get<std::optional<SegmentId>>(8),
                   .experiment = row.get<std::optional<ExperimentId>>(9),
                   .arm = row.get<std::string>(10),
                   .people = row.get<std::int64_t>(11),
                   .factor = row.get<double>(12),
                   .value = row.get<std::optional<double>>(13),
                   .error = row.get<std::optional<double>>(14),
                   .counts = row.get<std::optional<double>>(15),
                   .votes = row.get<std::optional<std::int64_t>>(16),
                   .problem = row.get<std::optional<std::string>>(17),
                   .read_at = row.get<std::optional<Instant>>(18)});
  }
  return all;
}

std::vector<InputChange> load_changes(pg::Connection& connection) {
  std::vector<InputChange> all;
  for (const pg::Row row : connection.run(sql::kInputChanges)) {
    all.push_back({.what = row.get<std::string>(0),
                   .rows = row.get<std::int64_t>(1),
                   .by = row.get<std::string>(2),
                   .at = row.get<Instant>(3)});
  }
  return all;
}

void apply_live(Stored& stored) {
  constexpr double kPercent = 100;
  for (const LiveInput& input : stored.live) {
    if (!input.contest_id || !input.value || !input.read_at) continue;
    const auto contest =
        std::find_if(stored.contests.begin(), stored.contests.end(),
                     [&](const StoredContest& one) { return one.id == *input.contest_id; });
    if (contest == stored.contests.end()) continue;
    if (input.votes) contest->votes = *input.votes;
    stored.polls.push_back(
        {.contest = static_cast<std::size_t>(contest - stored.contests.begin()),
         .pollster = input.name,
         .end_day = to_iso(*input.read_at).substr(0, 10),
         .people = std::max<std::int64_t>(1, std::llround(input.counts.value_or(1))),
         .ours = *input.value * kPercent,
         .theirs = (1 - *input.value) * kPercent});
  }
}

bool has_moved(const LiveInput& before, const Result<LiveReading>& now) {
  if (!now || !before.value) return before.value.has_value() != now.has_value();
  const double moved = std::abs(now->value - *before.value);
  const double error = before.error.value_or(0);
  if (before.kind == LiveKind::experiment) {
    return moved > kEffectMoved * error || std::abs(now->error - error) > kEffectMoved * error;
  }
  const double people = before.counts.value_or(0);
  return moved > kShareMoved || std::abs(now->counts - people) > kPeopleMoved * people ||
         (now->votes && now->votes != before.votes &&
          std::abs(static_cast<double>(*now->votes - before.votes.value_or(0))) >
              kPeopleMoved * static_cast<double>(*now->votes));
}

}  // namespace hustings::spending
