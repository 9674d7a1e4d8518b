#include "telephony/simulated_calls.h"

#include <algorithm>
#include <chrono>
#include <tuple>
#include <utility>

#include "base/rng.h"

namespace hustings::telephony {
namespace {

using Seconds = std::chrono::duration<double>;

constexpr std::chrono::milliseconds kEvery{40};
/// Leases rise, so the keys that are forgotten are those of long ago.
constexpr std::size_t kKnownMax = 100'000;

/// Uniform between two times.
Seconds between(Rng& rng, double least, double most) {
  return Seconds(least + rng.uniform() * (most - least));
}

/// How one call goes: how it ends, and when, from its order on.
struct Course {
  CallEnd end = CallEnd::no_answer;
  std::optional<Seconds> rings;
  std::optional<Seconds> answered;
  Seconds ended{};
};

Course course_of(Rng& rng, const CallOdds& odds, std::chrono::seconds ring_max) {
  const double drawn = rng.uniform();
  const Seconds connect = between(rng, 0.8, 3.0);
  const double longest = Seconds(ring_max).count();
  const double busy = odds.bad_number + odds.busy;
  const double no_answer = busy + odds.no_answer;
  if (drawn < odds.bad_number) return {CallEnd::bad_number, {}, {}, connect};
  if (drawn < busy) return {CallEnd::busy, {}, {}, connect};
  if (drawn < no_answer) {
    return {CallEnd::no_answer, connect, {}, connect + Seconds(ring_max)};
  }
  const Seconds rung = between(rng, std::min(3.0, longest / 2), std::min(18.0, longest));
  if (drawn < no_answer + odds.declined) {
    return {CallEnd::declined, connect, {}, connect + rung};
  }
  const Seconds talk = between(rng, 20, 180);
  return {CallEnd::finished, connect, connect + rung, connect + rung + talk};
}

}  // namespace

SimulatedCalls::Call SimulatedCalls::plan(const CallOrder& order, Instant now) const {
  Rng rng(mix64(options_.seed) ^ mix64(static_cast<std::uint64_t>(order.key.value())));
  const Course course = course_of(rng, options_.odds, order.ring_max);
  const auto at = [&](Seconds after) {
    return now + std::chrono::duration_cast<std::chrono::microseconds>(after / options_.speed);
  };
  Call call;
  call.to_come.push_back({order.key, CallState::ended, course.end, at(course.ended)});
  if (course.answered) {
    call.to_come.push_back({order.key, CallState::answered, {}, at(*course.answered)});
  }
  if (course.rings) call.to_come.push_back({order.key, CallState::ringing, {}, at(*course.rings)});
  call.to_come.push_back({order.key, CallState::asked, {}, now});
  return call;
}

std::optional<std::string> SimulatedCalls::place(const CallOrder& order) {
  const Instant now = clock_.now();
  const auto state = state_.lock();
  if (!state->known.insert(order.key).second) return std::nullopt;
  if (state->known.size() > kKnownMax) state->known.erase(state->known.begin());
  state->calls.emplace(order.key, plan(order, now));
  return std::nullopt;
}

void SimulatedCalls::hang_up(LeaseId key) {
  const Instant now = clock_.now();
  const auto state = state_.lock();
  const auto found = state->calls.find(key);
  if (found == state->calls.end()) return;
  Call& call = found->second;
  if (call.to_come.front().at <= now) return;  // it has ended already, and is about to be told
  // What has happened by now is still told, the rest never happens.
  std::erase_if(call.to_come, [&](const CallEvent& event) { return event.at > now; });
  const bool answered =
      call.is_answered || std::ranges::any_of(call.to_come, [](const CallEvent& event) {
        return event.state == CallState::answered;
      });
  const CallEnd end = answered ? CallEnd::finished : CallEnd::cancelled;
  call.to_come.insert(call.to_come.begin(), {key, CallState::ended, end, now});
}

void SimulatedCalls::run_due() {
  std::vector<CallEvent> due;
  {
    const Instant now = clock_.now();
    const auto state = state_.lock();
    for (auto& [key, call] : state->calls) {
      while (!call.to_come.empty() && call.to_come.back().at <= now) {
        due.push_back(call.to_come.back());
        call.is_answered |= due.back().state == CallState::answered;
        call.to_come.pop_back();
      }
    }
    std::erase_if(state->calls, [](const auto& each) { return each.second.to_come.empty(); });
  }
  std::ranges::sort(
      due, {}, [](const CallEvent& event) { return std::tuple(event.at, event.key, event.state); });
  const auto listener = listener_.lock();
  if (!*listener) return;
  for (const CallEvent& event : due)
    (*listener)(event);
}

void SimulatedCalls::start() {
  periodic_ = std::make_unique<Periodic>(kEvery, [this] { run_due(); });
}

}  // namespace hustings::telephony
