#include "segments/queue_state.h"

#include <algorithm>
#include <unordered_map>

#include "segments/sql.h"

namespace hustings::segments {
namespace {

constexpr std::chrono::seconds kGoodFor{1};

std::shared_ptr<const QueueState> read_now(pg::Connection& connection, Instant at) {
  auto state = std::make_shared<QueueState>();
  state->at = at;
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
  for (const pg::Row row : connection.run(sql::kCalledLists)) {
    const CallingWindow hours{.opens = std::chrono::minutes(row.get<std::int32_t>(1)),
                              .closes = std::chrono::minutes(row.get<std::int32_t>(2))};
    const bool is_first = state->called_lists.empty();
    CallingWindow& window = state->window;
    window.opens = is_first ? hours.opens : std::min(window.opens, hours.opens);
    window.closes = is_first ? hours.closes : std::max(window.closes, hours.closes);
    state->called_lists.push_back(row.get<ListId>(0));
  }
  return state;
}

}  // namespace

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
