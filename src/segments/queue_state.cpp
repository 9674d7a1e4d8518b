#include "segments/queue_state.h"

#include <algorithm>
#include <unordered_map>

#include "segments/sql.h"

namespace hustings::segments {
namespace {

constexpr std::chrono::seconds kGoodFor{1};

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

std::shared_ptr<const QueueState> QueueReader::read_now(pg::Connection& connection,
                                                        Instant at) const {
  auto state = std::make_shared<QueueState>();
  state->at = at;
  state->hours = hours_;
  std::unordered_map<std::int64_t, QueueState::Bar> bars;
  std::vector<std::int64_t> numbers;
  for (const pg::Row row : connection.run(sql::kQueueBars, at)) {
    numbers.push_back(row.get<std::int64_t>(0));
    bars.emplace(numbers.back(), static_cast<QueueState::Bar>(row.get<std::int32_t>(1)));
  }
  if (!numbers.empty()) {
    for (const pg::Row row : connection.run(sql::kVotersOfBestNumbers, numbers)) {
      state->barred.push_back({row.get<VoterId>(0), bars.at(row.get<std::int64_t>(1))});
    }
  }
  for (const pg::Row row : connection.run(sql::kCallingBanks)) {
    if (!row.is_null(0)) put_once(state->called_lists, row.get<ListId>(0));
    put_once(state->banks, bank_of(row, 1));
  }
  return state;
}

std::shared_ptr<const QueueState> QueueReader::read(Deadline deadline) const {
  const auto newest = newest_.lock();
  const Instant now = clock_.now();
  const bool is_good = *newest && now >= (*newest)->at && now - (*newest)->at < kGoodFor;
  if (!is_good) {
    const auto connection = pool_.acquire(deadline);
    *newest = read_now(*connection, now);
  }
  return *newest;
}

}  // namespace hustings::segments
