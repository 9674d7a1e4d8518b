#include "segments/queue_state.h"

#include <algorithm>
#include <unordered_set>

#include "segments/sql.h"

namespace hustings::segments {
namespace {

constexpr std::chrono::milliseconds kEvery{1000};
constexpr std::chrono::seconds kAskedLately{6};
constexpr std::chrono::seconds kIdle{60};
constexpr int kRestTimes = 9;
/// So that a read that takes seconds is done before what is shown is too old.
constexpr std::chrono::milliseconds kRestMax = QueueReader::kStale / 2;
constexpr std::size_t kForgottenMax = 1'000;  ///< voters; of more than these all numbers are

/// Keeps each once.
template <class T>
void put_once(std::vector<T>& all, T one) {
  if (std::ranges::find(all, one) == all.end()) all.push_back(std::move(one));
}

CallingBank::Consent consent_from(std::string_view text) {
  using enum CallingBank::Consent;
  return text == "all" ? all : text == "mobile" ? mobile : none;
}

CallingBank bank_of(const pg::Row& row, int first) {
  return {.window = {.opens = std::chrono::minutes(row.get<std::int32_t>(first)),
                     .closes = std::chrono::minutes(row.get<std::int32_t>(first + 1))},
          .country = row.get<std::string>(first + 2),
          .state_hours = row.get<bool>(first + 3),
          .consent = consent_from(row.text(first + 4)),
          .mobile = row.get<std::string>(first + 5)};
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

void QueueReader::start() {
  const auto thread = thread_.lock();
  if (!*thread) *thread = std::make_unique<Periodic>(kEvery, [this] { read_again(); });
}

/// What a number's voters are may be otherwise after some changes.
void QueueReader::forget_moved(pg::Connection& connection, Known& known) {
  const auto rows = connection.run(sql::kNumbersMoved, known.position);
  const pg::Row row = rows.only();
  const bool is_first = known.position == 0;
  known.position = row.get<feed::Position>(0);
  std::vector<VoterId> voters;
  for (const std::int64_t voter : row.get<std::vector<std::int64_t>>(3))
    voters.emplace_back(voter);
  if (is_first || row.get<bool>(1) || voters.size() > kForgottenMax) {
    known.voters.clear();
  } else if (!voters.empty()) {
    forget(connection, known, voters);
  }
  if (!is_first && !row.get<bool>(1) && !row.get<bool>(2)) return;
  known.locked.clear();
  for (const pg::Row locked : connection.run(sql::kLockedNumbers))
    known.locked.push_back(locked.get<std::int64_t>(0));
}

/// The numbers that were theirs, and those that are now.
void QueueReader::forget(pg::Connection& connection, Known& known,
                         const std::vector<VoterId>& voters) {
  const std::unordered_set<VoterId> moved(voters.begin(), voters.end());
  std::erase_if(known.voters, [&](const auto& number) {
    return std::ranges::any_of(number.second, [&](VoterId one) { return moved.contains(one); });
  });
  std::vector<std::int16_t> buckets;
  for (const VoterId voter : voters)
    buckets.push_back(bucket_of(voter));
  for (const pg::Row row : connection.run(sql::kNumbersOfVoters, buckets, voters))
    known.voters.erase(row.get<std::int64_t>(0));
}

void QueueReader::read_barred(pg::Connection& connection, Known& known, QueueState& state) {
  std::vector<std::pair<std::int64_t, QueueState::Bar>> bars;
  for (const pg::Row row : connection.run(sql::kQueueBars, state.at))
    bars.emplace_back(row.get<std::int64_t>(0),
                      static_cast<QueueState::Bar>(row.get<std::int32_t>(1)));
  for (const std::int64_t number : known.locked)
    bars.emplace_back(number, QueueState::Bar::locked);
  std::vector<std::int64_t> unknown;
  for (const auto& [number, bar] : bars) {
    if (known.voters.try_emplace(number).second) unknown.push_back(number);
  }
  if (!unknown.empty()) {
    for (const pg::Row row : connection.run(sql::kVotersOfBestNumbers, unknown))
      known.voters[row.get<std::int64_t>(1)].push_back(row.get<VoterId>(0));
  }
  state.barred.reserve(bars.size());
  for (const auto& [number, bar] : bars) {
    for (const VoterId voter : known.voters.at(number))
      state.barred.push_back({voter, bar});
  }
}

std::shared_ptr<const QueueState> QueueReader::read_now(Deadline deadline) {
  auto state = std::make_shared<QueueState>();
  state->hours = law_.hours;
  const auto known = known_.lock();
  state->at = clock_.now();
  const auto connection = pool_.acquire(deadline);
  try {
    forget_moved(*connection, *known);
    read_barred(*connection, *known, *state);
  } catch (...) {
    *known = {};  // numbers may stand there whose voters were not read
    throw;
  }
  for (const pg::Row row : connection->run(sql::kCallingBanks)) {
    CallingBank bank = bank_of(row, 1);
    if (row.is_null(0))
      law_.set_consent(bank);
    else
      put_once(state->called_lists, row.get<ListId>(0));
    put_once(state->banks, std::move(bank));
  }
  return state;
}

std::shared_ptr<const QueueState> QueueReader::read(Deadline deadline) {
  const auto now = Steady::now();
  {
    const auto shown = shown_.lock();
    shown->asked_at = now;
    const auto age = now - shown->read_at;
    if (shown->state && (age < kStale || (age < kOldest && shown->is_being_read)))
      return shown->state;
  }
  auto state = read_now(deadline);
  {
    const auto shown = shown_.lock();
    shown->state = state;
    shown->read_at = Steady::now();
    shown->due_at = shown->read_at + kEvery;
  }
  start();
  return state;
}

/// Seldom while nobody asks, so that who asks next finds most of it known. A Failure is left to who
/// asks: what is shown grows stale.
void QueueReader::read_again() {
  const auto start = Steady::now();
  {
    const auto shown = shown_.lock();
    const bool is_idle = start - shown->asked_at > kAskedLately;
    if (start < shown->due_at + (is_idle ? kIdle : Steady::duration::zero())) return;
    shown->is_being_read = true;
  }
  try {
    auto state = read_now(Deadline::after(kStale));
    const auto shown = shown_.lock();
    shown->is_being_read = false;
    shown->state = std::move(state);
    shown->read_at = Steady::now();
    shown->due_at = shown->read_at +
                    std::min<Steady::duration>(kRestTimes * (shown->read_at - start), kRestMax);
  } catch (const Failure&) {
    const auto shown = shown_.lock();
    shown->is_being_read = false;
    shown->due_at = Steady::now() + kEvery;
  }
}

}  // namespace hustings::segments
