#include "simulate/callers.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <utility>

#include <fmt/format.h>

#include "base/clock.h"
#include "base/text.h"
#include "simulate/electorate.h"

namespace hustings::simulate {
namespace {

using std::chrono::milliseconds;
using Clock = std::chrono::steady_clock;

constexpr milliseconds kTick{50};
constexpr milliseconds kNothingPause{1000};
constexpr milliseconds kRefusedPause{200};
constexpr milliseconds kReconnect{200};
constexpr milliseconds kReconnectMax{3000};
constexpr std::chrono::seconds kConnectMax{60};
constexpr std::chrono::seconds kDryMax{5};  // nobody gets a number: there are none left

float ms_since(Moment begin) {
  return std::chrono::duration<float, std::milli>(Clock::now() - begin).count();
}

/// The text behind `"name":` up to the next of `ends`, without quotes. The answers are our own
/// server's, so they need no parser: the callers share the processor with what is measured.
std::string_view value_of(std::string_view json, std::string_view name) {
  std::size_t at = 0;
  while ((at = json.find(name, at)) != std::string_view::npos) {
    const std::size_t end = at + name.size();
    const bool is_key = at > 0 && json[at - 1] == '"' && json.substr(end).starts_with("\":");
    at = end;
    if (!is_key) continue;
    std::string_view rest = json.substr(end + 2);
    if (!rest.starts_with('"')) return rest.substr(0, rest.find_first_of(",}"));
    rest.remove_prefix(1);
    return rest.substr(0, rest.find('"'));
  }
  return {};
}

std::int64_t number_in(std::string_view text) {
  if (text.starts_with('+')) text.remove_prefix(1);
  std::int64_t number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

std::string uuid_of(const ResultKey& key) {
  return fmt::format("{:08x}-{:04x}-{:04x}-{:04x}-{:012x}", key.high >> 32,
                     (key.high >> 16) & 0xffff, key.high & 0xffff, key.low >> 48,
                     key.low & 0xffffffffffffULL);
}

int status_of(std::string_view message) {
  return static_cast<int>(number_in(message.substr(0, 3)));
}

}  // namespace

Callers::Callers(net::LiveFleet& fleet, const std::vector<Session>& sessions, Behaviour behaviour)
    : fleet_(fleet),
      sessions_(sessions),
      ones_(sessions.size()),
      behaviour_(std::move(behaviour)),
      rng_(mix64(behaviour_.seed)) {
  for (const Session& session : sessions_)
    fleet_.add({{"Cookie", "hustings_session=" + session.cookie}});
  fleet_.on_open([this](std::size_t caller) { on_open(caller); });
  fleet_.on_closed([this](std::size_t caller) { on_closed(caller); });
  fleet_.on_message(
      [this](std::size_t caller, std::string_view message) { on_message(caller, message); });
}

bool Callers::connect() {
  mode_ = Mode::connecting;
  end_ = Clock::now() + kConnectMax;
  for (std::size_t caller = 0; caller < ones_.size(); ++caller)
    fleet_.connect(caller);
  keep_time_at(Clock::now());
  fleet_.run();
  return open_ == ones_.size();
}

void Callers::on_open(std::size_t caller) {
  ++open_;
  ones_[caller].failures = 0;
  ones_[caller].is_open = true;
  if (mode_ == Mode::connecting) {
    if (open_ == ones_.size()) fleet_.stop();
    return;
  }
  resend(caller);
}

void Callers::on_closed(std::size_t caller) {
  One& one = ones_[caller];
  if (std::exchange(one.is_open, false)) {
    --open_;
    ++history_.disconnects;
  }
  if (one.showing && one.phase == Phase::telling) history_.showings[*one.showing].was_resent = true;
  const auto usual = kReconnect * (1 << std::min(one.failures++, 4));
  // With jitter, as the page does it: a server that comes back meets its callers one by one.
  const milliseconds wait(static_cast<std::int64_t>(
      static_cast<double>(std::min(usual, kReconnectMax).count()) * (0.5 + rng_.uniform())));
  fleet_.at(Clock::now() + wait, [this, caller] { fleet_.connect(caller); });
}

/// After a reconnect: what was not answered.
void Callers::resend(std::size_t caller) {
  One& one = ones_[caller];
  if (one.phase == Phase::asking) {
    ask(caller);
  } else if (one.phase == Phase::telling) {
    tell(caller);
  } else if (one.phase == Phase::idle && mode_ == Mode::working) {
    ask(caller);
  }
}

void Callers::ask(std::size_t caller) {
  One& one = ones_[caller];
  one.phase = Phase::asking;
  one.asked = Clock::now();
  fleet_.send(caller, fmt::format("c POST /v1/caller/claim\nX-Hustings-CSRF: {}\n\n{{}}",
                                  sessions_[caller].csrf));
}

void Callers::tell(std::size_t caller) {
  One& one = ones_[caller];
  one.phase = Phase::telling;
  Showing& showing = history_.showings[*one.showing];
  if (showing.told == Moment{}) showing.told = Clock::now();
  fleet_.send(caller, one.result);
}

/// Calls back unless another round of work has begun meanwhile.
void Callers::later(std::size_t caller, milliseconds wait, void (Callers::*what)(std::size_t)) {
  fleet_.at(Clock::now() + wait, [this, caller, what, round = round_] {
    if (round == round_) (this->*what)(caller);
  });
}

/// In whatever round that is: what is sent twice does no harm.
void Callers::resend_after(std::size_t caller, milliseconds wait) {
  fleet_.at(Clock::now() + wait, [this, caller] { resend(caller); });
}

void Callers::on_message(std::size_t caller, std::string_view message) {
  if (message.size() < 6 || message.starts_with('{')) return;  // a live topic
  const int status = status_of(message.substr(2));
  const std::string_view body = message.substr(6);
  One& one = ones_[caller];
  const bool is_of_claim = message.front() == 'c';
  if (is_of_claim != (one.phase == Phase::asking)) return;
  if (!is_of_claim && one.phase != Phase::telling) return;
  if (status == 429 || status >= 500) {
    ++history_.refusals;
    if (!is_of_claim) history_.showings[*one.showing].was_resent = true;
    resend_after(caller, kRefusedPause);
  } else if (is_of_claim) {
    if (status == 200) return on_claim(caller, body);
    ++history_.refusals;
    resend_after(caller, kNothingPause);
  } else {
    on_told(caller, status, body);
  }
}

void Callers::on_claim(std::size_t caller, std::string_view body) {
  One& one = ones_[caller];
  const auto now = Clock::now();
  if (mode_ == Mode::paced) latencies_.next.push_back(ms_since(one.due));
  const auto id = LeaseId::from_text(value_of(body, "id"));
  if (!id) {  // nothing to call just now
    one.phase = Phase::pausing;
    if (mode_ == Mode::working) later(caller, kNothingPause, &Callers::next);
    return;
  }
  last_success_ = now;
  const bool is_same = one.showing && history_.showings[*one.showing].lease == *id &&
                       history_.showings[*one.showing].end == Showing::Ended::not_yet;
  if (!is_same) {
    one.showing = history_.showings.size();
    Showing showing;
    showing.caller = static_cast<std::uint32_t>(caller);
    showing.phonebank = sessions_[caller].phonebank;
    showing.lease = *id;
    showing.epoch = static_cast<std::int32_t>(number_in(value_of(body, "epoch")));
    showing.number = number_in(value_of(body, "number"));
    showing.asked = one.asked;
    showing.shown = now;
    history_.showings.push_back(showing);
  }
  const auto until = from_iso(value_of(body, "until"));
  const auto wall =
      std::chrono::time_point_cast<Instant::duration>(std::chrono::system_clock::now());
  history_.showings[*one.showing].lease_end = now + (until.value_or(wall) - wall);
  write_result(caller, body);
  call(caller);
}

/// The call lasts as long as it lasts.
void Callers::call(std::size_t caller) {
  ones_[caller].phase = Phase::calling;
  if (mode_ != Mode::working) return;  // paced: plan() tells when it is time
  if (behaviour_.think.count() == 0) return tell(caller);
  const double mean = static_cast<double>(behaviour_.think.count());
  const double lasts = -mean * std::log(1 - rng_.uniform());
  later(caller, milliseconds(static_cast<std::int64_t>(lasts)), &Callers::tell);
}

std::string Callers::one_voter(std::string_view id, Showing& showing, bool is_first) {
  const double dice = rng_.uniform();
  std::string_view disposition = "no_answer";
  std::string answers;
  if (dice < behaviour_.reached) {
    disposition = is_first ? "reached" : "not_home";
    if (is_first && !behaviour_.question.empty()) {
      answers =
          fmt::format(R"({{"question":"{}","choice":{}}})", behaviour_.question, 1 + rng_.below(2));
      ++showing.answers;
    }
  } else if (dice < behaviour_.reached + behaviour_.do_not_call) {
    disposition = "do_not_call";
    showing.is_do_not_call = true;
  } else if (dice < behaviour_.reached + behaviour_.do_not_call + behaviour_.wrong_number) {
    disposition = "wrong_number";
    showing.is_wrong_number = true;
  } else if (dice > 0.92) {
    disposition = dice > 0.97 ? "refused" : dice > 0.95 ? "busy" : "left_message";
  }
  ++showing.voters;
  return fmt::format(R"({}{{"voter":"{}","disposition":"{}","answers":[{}]}})", is_first ? "" : ",",
                     id, disposition, answers);
}

/// What will be sent once the call is over: decided when the number is shown.
void Callers::write_result(std::size_t caller, std::string_view lease) {
  One& one = ones_[caller];
  Showing& showing = history_.showings[*one.showing];
  showing.voters = showing.answers = 0;
  showing.is_do_not_call = showing.is_wrong_number = false;
  if (rng_.chance(behaviour_.released)) {
    one.result = fmt::format(
        "x POST /v1/caller/release\nX-Hustings-CSRF: {}\n\n"
        R"({{"lease":"{}","epoch":{},"reason":"skipped"}})",
        sessions_[caller].csrf, showing.lease.text(), showing.epoch);
    return;
  }
  std::string voters;
  for (std::size_t at = lease.find("\"vtr_"); at != std::string_view::npos;
       at = lease.find("\"vtr_", at + 1)) {
    const std::string_view id = lease.substr(at + 1, lease.find('"', at + 1) - at - 1);
    voters += one_voter(id, showing, voters.empty());
  }
  showing.key = {(rng_() & 0xffffffffffff0fffULL) | 0x4000,
                 (rng_() & 0x3fffffffffffffffULL) | 0x8000000000000000ULL};
  one.result = fmt::format(
      "r POST /v1/caller/results\nX-Hustings-CSRF: {}\n\n"
      R"({{"key":"{}","lease":"{}","epoch":{},"voters":[{}]}})",
      sessions_[caller].csrf, uuid_of(showing.key), showing.lease.text(), showing.epoch, voters);
}

void Callers::on_told(std::size_t caller, int status, std::string_view body) {
  One& one = ones_[caller];
  Showing& showing = history_.showings[*one.showing];
  const auto now = Clock::now();
  if (mode_ == Mode::paced) latencies_.result.push_back(ms_since(one.due));
  showing.ended = now;
  if (status >= 400) {
    ++history_.refusals;
    showing.end = Showing::Ended::refused;
  } else if (showing.voters == 0) {
    showing.end = Showing::Ended::released;
  } else {
    showing.end =
        value_of(body, "late") == "true" ? Showing::Ended::stored_late : Showing::Ended::stored;
    last_success_ = now;
    ++acknowledged_;
  }
  one.phase = Phase::idle;
  if (mode_ != Mode::working) return;
  if (wanted_ > 0 && acknowledged_ >= wanted_) {
    fleet_.stop();
  } else {
    ask(caller);
  }
}

void Callers::next(std::size_t caller) {
  if (mode_ == Mode::working && fleet_.is_open(caller)) ask(caller);
}

/// Every half period: a number, then its result.
void Callers::plan(std::size_t caller) {
  One& one = ones_[caller];
  if (Clock::now() >= end_) return;
  one.due += period_ / 2;
  if (one.phase == Phase::calling) {
    tell(caller);
  } else if (one.phase == Phase::idle || one.phase == Phase::pausing) {
    ask(caller);
  } else {
    ++latencies_.missed;
  }
  fleet_.at(one.due + period_ / 2, [this, caller, round = round_] {
    if (round == round_) plan(caller);
  });
}

/// Looks after the ends of things.
void Callers::keep_time() {
  if (tick_ && mode_ == Mode::working) tick_();
  const auto now = Clock::now();
  bool ends = now >= end_;
  if (mode_ == Mode::settling) {
    ends |= std::ranges::none_of(ones_, [](const One& one) {
      return one.phase == Phase::asking || one.phase == Phase::telling;
    });
  } else if (mode_ == Mode::working) {
    ends |= now - std::max(last_success_, begun_) > kDryMax &&
            std::ranges::all_of(ones_, [](const One& one) { return one.phase == Phase::pausing; });
  }
  if (ends) return fleet_.stop();
  keep_time_at(now + kTick);
}

void Callers::keep_time_at(Moment moment) {
  fleet_.at(moment, [this, round = round_] {
    if (round == round_) keep_time();
  });
}

Callers::Latencies Callers::pace(double calls_per_s, std::chrono::seconds time) {
  ++round_;
  mode_ = Mode::paced;
  latencies_ = {};
  period_ = std::chrono::duration_cast<Clock::duration>(
      std::chrono::duration<double>(static_cast<double>(ones_.size()) / calls_per_s));
  const auto begin = Clock::now() + milliseconds(200);
  end_ = begin + time;
  for (std::size_t caller = 0; caller < ones_.size(); ++caller) {
    const auto due = begin + period_ / static_cast<std::int64_t>(ones_.size()) *
                                 static_cast<std::int64_t>(caller);
    ones_[caller].due = due - period_ / 2;
    fleet_.at(due, [this, caller, round = round_] {
      if (round == round_) plan(caller);
    });
  }
  keep_time_at(Clock::now());
  fleet_.run();
  settle(std::chrono::seconds(10));
  return std::exchange(latencies_, {});
}

double Callers::work(const Until& until) {
  ++round_;
  mode_ = Mode::working;
  begun_ = Clock::now();
  wanted_ = until.calls == 0 ? 0 : acknowledged_ + until.calls;
  end_ = until.time.count() == 0 ? Moment::max() : begun_ + until.time;
  for (std::size_t caller = 0; caller < ones_.size(); ++caller) {
    const Phase phase = ones_[caller].phase;
    if (phase == Phase::calling) {
      call(caller);
    } else if (phase == Phase::idle || phase == Phase::pausing) {
      ask(caller);
    }
  }
  keep_time_at(Clock::now());
  fleet_.run();
  return std::chrono::duration<double>(Clock::now() - begun_).count();
}

void Callers::settle(std::chrono::seconds time_max) {
  ++round_;
  mode_ = Mode::settling;
  end_ = Clock::now() + time_max;
  keep_time_at(Clock::now());
  fleet_.run();
}

}  // namespace hustings::simulate
