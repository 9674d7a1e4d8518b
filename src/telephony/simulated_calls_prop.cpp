#include "telephony/simulated_calls.h"

#include <cmath>
#include <map>
#include <vector>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace hustings::telephony {
namespace {

const Instant kStart = from_iso("2026-10-20T16:00:00Z").value();

/// Orders, hang-ups and time in any order, with repeats; all that was told of each key.
struct Played {
  std::map<LeaseId, std::vector<CallEvent>> told;
  std::map<LeaseId, bool> placed;
};

Played play(std::uint64_t seed, const std::vector<int>& steps) {
  ManualClock clock(kStart);
  SimulatedCalls calls(clock, {.seed = seed});
  Played played;
  calls.on_event([&](const CallEvent& event) { played.told[event.key].push_back(event); });
  for (const int step : steps) {
    const LeaseId key(step / 4 % 7 + 1);
    switch (step % 4) {
      case 0:
        calls.place({key, 19195550100, std::chrono::seconds(25)});
        played.placed[key] = true;
        break;
      case 1:
        calls.hang_up(key);
        break;
      case 2:
        clock.advance(std::chrono::milliseconds(step));
        break;
      default:
        calls.run_due();
        break;
    }
  }
  clock.advance(std::chrono::hours(1));
  calls.run_due();
  RC_ASSERT(calls.under_way() == 0U);
  return played;
}

RC_GTEST_PROP(SimulatedCalls, EveryPlacedCallEndsExactlyOnceAndNothingFollows, ()) {
  const auto seed = *rc::gen::inRange<std::uint64_t>(0, 1000);
  const auto steps = *rc::gen::container<std::vector<int>>(rc::gen::inRange(0, 40'000));
  const Played played = play(seed, steps);
  RC_ASSERT(played.told.size() == played.placed.size());
  for (const auto& [key, events] : played.told) {
    RC_ASSERT(events.front().state == CallState::asked);
    for (std::size_t i = 0; i < events.size(); ++i) {
      const bool is_last = i + 1 == events.size();
      RC_ASSERT((events[i].state == CallState::ended) == is_last);
      RC_ASSERT(events[i].end.has_value() == is_last);
      if (is_last) continue;
      RC_ASSERT(events[i].state < events[i + 1].state);
      RC_ASSERT(events[i].at <= events[i + 1].at);
    }
  }
}

RC_GTEST_PROP(SimulatedCalls, EndAsTheOddsSay, (std::uint64_t seed)) {
  constexpr int kCalls = 4000;
  ManualClock clock(kStart);
  SimulatedCalls calls(clock, {.seed = seed});
  std::map<CallEnd, int> ends;
  calls.on_event([&](const CallEvent& event) {
    if (event.end) ++ends[*event.end];
  });
  for (int key = 1; key <= kCalls; ++key)
    calls.place({LeaseId(key), 19195550100, std::chrono::seconds(25)});
  clock.advance(std::chrono::hours(1));
  calls.run_due();
  const auto is_near = [&](CallEnd end, double share) {
    // five standard deviations of a binomial share
    const double off = 5 * std::sqrt(share * (1 - share) / kCalls);
    const double seen = static_cast<double>(ends[end]) / kCalls;
    return seen > share - off && seen < share + off;
  };
  RC_ASSERT(is_near(CallEnd::no_answer, 0.55));
  RC_ASSERT(is_near(CallEnd::busy, 0.05));
  RC_ASSERT(is_near(CallEnd::bad_number, 0.04));
  RC_ASSERT(is_near(CallEnd::declined, 0.02));
  RC_ASSERT(is_near(CallEnd::finished, 0.34));
}

}  // namespace
}  // namespace hustings::telephony
