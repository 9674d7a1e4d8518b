#include "segments/queue_state.h"

#include <algorithm>

#include "segments/sql.h"

namespace hustings::segments {
namespace {

constexpr std::chrono::milliseconds kEvery{1000};
constexpr std::chrono::seconds kAskedLately{6};
constexpr int kRestTimes = 9;

/// Keeps each once.
template <class T>
void put_once(std::vector<T>& all, T one) {
  if (std::ranges::find(all, one) == all.end()) all.push_back(std::move(one));
}

CallingBank bank_of(const pg::Row& row, int first) {
  return {.window = {.opens = std::chrono::minutes(row.get<std::int32_t>(first)),
                     .closes = std::chrono::minutes(row.get<std::int32_t>(first + 1))},
          .country = row.get<std::string>(first + 2),
          .state_hours = row.get<bool>(first + 3),
          .needs_consent = row.get<bool>(first + 4)};
}

}  // namespace

PlaceHours window_alone(const CallingBank& bank, std::string_view /*state*/) {
  return {.week = every_day(bank.window), .zones = {}};
}

CallingWindow QueueState::window() const {
  CallingWindow all = banks.empty() ? CallingWindow{} : banks.front().window;
  for (const CallingBank& bank : banks) {
    all.opens = std::min(all.opens, bank.window.opens);
    all.closes = std::max(all.closes, bank.window.closes);
  }
  return all;
}

QueueReader::~QueueReader() { thread_.lock()->reset(); }

/// What a number's voters are may be otherwise after some changes.
void QueueReader::forget_moved(pg::Connection& connection, Known& known) const {
  const auto rows = connection.run(sql::kNumbersMoved, known.position);
  const pg::Row row = rows.only();
  if (known.position == 0 || row.get<bool>(1)) known.voters.clear();
  known.position = row.get<feed::Position>(0);
}

void QueueReader::look_up(pg::Connection& connection, Known& known,
                          const std::vector<std::int64_t>& numbers) const {
  if (numbers.empty()) return;
  for (const std::int64_t number : numbers)
    known.voters.try_emplace(number);
  for (const pg::Row row : connection.run(sql::kVotersOfBestNumbers, numbers))
    known.voters[row.get<std::int64_t>(1)].push_back(row.get<VoterId>(0));
}

std::shared_ptr<const QueueState> QueueReader::read_now(Deadline deadline) {
  auto state = std::make_shared<QueueState>();
  state->at = clock_.now();
  state->hours = hours_;
  const auto known = known_.lock();
  const auto connection = pool_.acquire(deadline);
  forget_moved(*connection, *known);
  std::vector<std::pair<std::int64_t, QueueState::Bar>> bars;
  std::vector<std::int64_t> unknown;
  for (const pg::Row row : connection->run(sql::kQueueBars, state->at)) {
    const auto number = row.get<std::int64_t>(0);
    bars.emplace_back(number, static_cast<QueueState::Bar>(row.get<std::int32_t>(1)));
    if (!known->voters.contains(number)) unknown.push_back(number);
  }
  look_up(*connection, *known, unknown);
  for (const auto& [number, bar] : bars) {
    for (const VoterId voter : known->voters.at(number))
      state->barred.push_back({voter, bar});
  }
  for (const pg::Row row : connection->run(sql::kCallingBanks)) {
    if (!row.is_null(0)) put_once(state->called_lists, row.get<ListId>(0));
    put_once(state->banks, bank_of(row, 1));
  }
  return state;
}

std::shared_ptr<const QueueState> QueueReader::read(Deadline deadline) {
  const auto now = Steady::now();
  {
    const auto shown = shown_.lock();
    shown->asked_at = now;
    if (shown->state && now - shown->read_at < kStale) return shown->state;
  }
  auto state = read_now(deadline);
  {
    const auto shown = shown_.lock();
    shown->state = state;
    shown->read_at = Steady::now();
    shown->due_at = shown->read_at + kEvery;
  }
  const auto thread = thread_.lock();
  if (!*thread) *thread = std::make_unique<Periodic>(kEvery, [this] { read_again(); });
  return state;
}

/// As long as somebody has asked lately. A Failure is left to who asks: what is shown grows stale.
void QueueReader::read_again() {
  const auto start = Steady::now();
  {
    const auto shown = shown_.lock();
    if (start - shown->asked_at > kAskedLately || start < shown->due_at) return;
  }
  try {
    auto state = read_now(Deadline::after(kStale));
    const auto shown = shown_.lock();
    shown->state = std::move(state);
    shown->read_at = Steady::now();
    shown->due_at = shown->read_at + kRestTimes * (shown->read_at - start);
  } catch (const Failure&) {
    shown_.lock()->due_at = Steady::now() + kEvery;
  }
}

}  // namespace hustings::segments
