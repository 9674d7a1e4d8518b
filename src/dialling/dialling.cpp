#include "dialling/dialling.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <utility>

namespace hustings::dialling {
namespace {

using telephony::CallEnd;
using telephony::CallState;

constexpr std::chrono::milliseconds kEvery{500};
constexpr std::chrono::seconds kBeatEvery{2};  // well under SharedCalls::kGoneAfter

constexpr std::array<std::string_view, 4> kStateNames{"asked", "ringing", "answered", "ended"};

std::string_view to_string(CallState state) {
  return kStateNames.at(static_cast<std::size_t>(state));
}

CallState state_from(std::string_view text) {
  const auto found = std::ranges::find(kStateNames, text);
  if (found == kStateNames.end()) throw Failure("A call is in a state that this program lacks.");
  return static_cast<CallState>(found - kStateNames.begin());
}

/// As another process wrote it; what nobody makes any more has failed.
LiveCall call_from(const phonebank::SharedCalls::Standing& standing) {
  LiveCall call{.lease = standing.lease,
                .state = state_from(standing.state),
                .end = telephony::call_end_from(standing.outcome.value_or("")),
                .at = standing.at};
  if (!call.end && (standing.is_gone || call.state == CallState::ended)) {
    call.state = CallState::ended;
    call.end = CallEnd::failed;
  }
  return call;
}

std::string_view name_of(telephony::Driver driver) {
  return driver == telephony::Driver::manual ? "manual" : "simulator";
}

}  // namespace

std::optional<Disposition> proposed_by(CallEnd end) {
  switch (end) {
    case CallEnd::no_answer:
    case CallEnd::declined:  // who turns a call away has not said what they think of it
      return Disposition::no_answer;
    case CallEnd::busy:
      return Disposition::busy;
    case CallEnd::bad_number:
      return Disposition::disconnected;
    case CallEnd::failed:
    case CallEnd::cancelled:
    case CallEnd::finished:
      return std::nullopt;
  }
  return std::nullopt;
}

Dialling::Dialling(phonebank::PhonebankService& phonebank, telephony::CallControl& control,
                   const Options& options, const Clock& clock, Log& log)
    : phonebank_(phonebank), control_(control), options_(options), clock_(clock), log_(log) {
  control_.on_event([this](const telephony::CallEvent& event) { take(event); });
}

Dialling::~Dialling() {
  stop();
  control_.on_event({});
}

void Dialling::on_change(std::function<void(PersonId)> listener) {
  *listener_.lock() = std::move(listener);
}

/// Notes that it is being asked whether this lease's number may be called; or gives the call that
/// there is already. The caller's call of before stands until the new one is allowed: a tab that
/// was left open must not make a running call unreachable.
std::optional<LiveCall> Dialling::begin(PersonId caller, LeaseId lease) {
  const auto state = state_.lock();
  const auto found = state->calls.find(caller);
  if (found != state->calls.end() && found->second.lease == lease) return found->second;
  const auto [asking, is_new] = state->asking.try_emplace(lease, caller);
  if (is_new || asking->second != caller) return std::nullopt;
  return LiveCall{.lease = lease, .state = CallState::asked, .end = {}, .at = clock_.now()};
}

Result<Dialled> Dialling::dial(const phonebank::Caller& caller, LeaseId lease, int epoch,
                               Deadline deadline) {
  if (!control_.has_events()) return order(caller, lease, epoch, deadline);
  if (const auto call = begin(caller.person, lease)) return Dialled{.link = {}, .call = call};
  try {
    auto dialled = order(caller, lease, epoch, deadline);
    state_.lock()->asking.erase(lease);
    return dialled;
  } catch (const Failure&) {
    state_.lock()->asking.erase(lease);  // the order may be written: then the next try is told so
    throw;
  }
}

Result<Dialled> Dialling::order(const phonebank::Caller& caller, LeaseId lease, int epoch,
                                Deadline deadline) {
  const std::optional<phonebank::ServeId> serve =
      control_.has_events() ? std::optional(options_.serve) : std::nullopt;
  const auto permit = TRY(phonebank_.dial_orders().permit({.caller = caller.person,
                                                           .lease = lease,
                                                           .epoch = epoch,
                                                           .driver = name_of(driver()),
                                                           .serve = serve},
                                                          deadline));
  const telephony::CallOrder order{lease, permit.number, options_.ring_max};
  if (!control_.has_events()) return Dialled{.link = control_.place(order), .call = {}};
  if (!permit.repeat) {
    {
      const auto state = state_.lock();
      state->under_way[lease] = caller.person;
      state->calls[caller.person] = {
          .lease = lease, .state = CallState::asked, .end = {}, .at = clock_.now()};
    }
    control_.place(order);
    return Dialled{.link = {}, .call = known_call(caller.person)};
  }
  // Another process makes it; or it was ordered before this one started: whether it rang, nobody
  // can say then, so it is not tried again.
  LiveCall call{
      .lease = lease, .state = CallState::ended, .end = CallEnd::failed, .at = clock_.now()};
  const auto standing = phonebank_.shared_calls().call_of(caller.person, deadline);
  if (standing && standing->lease == lease && standing->serve != options_.serve) {
    call = call_from(*standing);
  } else if (permit.outcome) {
    call.end = telephony::call_end_from(*permit.outcome).value_or(CallEnd::failed);
  }
  const auto state = state_.lock();
  state->calls[caller.person] = call;
  if (!call.end) state->elsewhere.insert(lease);
  return Dialled{.link = {}, .call = call};
}

Status Dialling::hang_up(PersonId caller, LeaseId lease) {
  const auto call = call_of(caller);
  if (!call || call->lease != lease) {
    return refuse(ErrorCode::lease_lost, "There is no call to hang up.", "lease");
  }
  const bool is_here = state_.lock()->under_way.contains(lease);
  if (is_here) {
    control_.hang_up(lease);
  } else if (!call->end) {
    // If it has ended meanwhile, there is nothing left to do.
    phonebank_.shared_calls().ask_hang_up(caller, lease);
  }
  return {};
}

std::optional<LiveCall> Dialling::call_of(PersonId caller) {
  if (!control_.has_events()) return std::nullopt;
  if (auto known = known_call(caller)) return known;
  // The page was connected to another process before; from now on it is followed here.
  const auto standing = phonebank_.shared_calls().call_of(caller);
  if (!standing) return std::nullopt;
  take_from_elsewhere(*state_.lock(), *standing);
  return known_call(caller);
}

std::optional<LiveCall> Dialling::known_call(PersonId caller) {
  const auto state = state_.lock();
  const auto found = state->calls.find(caller);
  if (found == state->calls.end()) return std::nullopt;
  return found->second;
}

void Dialling::take(const telephony::CallEvent& event) {
  PersonId caller;
  {
    const auto state = state_.lock();
    const auto found = state->under_way.find(event.key);
    if (found == state->under_way.end()) return;
    caller = found->second;
    if (event.end) {
      state->under_way.erase(found);
      state->ended.push_back({event.key, std::string(telephony::to_string(*event.end)), event.at});
    } else {
      state->moved.push_back({event.key, std::string(to_string(event.state)), event.at});
    }
    LiveCall& call = state->calls[caller];
    if (call.lease != event.key) return;  // the caller has gone on to the next
    call = {.lease = event.key, .state = event.state, .end = event.end, .at = event.at};
  }
  const auto listener = listener_.lock();
  if (*listener) (*listener)(caller);
}

void Dialling::hang_up_over() {
  std::vector<LeaseId> leases;
  {
    const auto state = state_.lock();
    for (const auto& [lease, caller] : state->under_way)
      leases.push_back(lease);
  }
  if (leases.empty()) return;
  for (const LeaseId lease : phonebank_.dial_orders().over(leases))
    control_.hang_up(lease);
}

/// Before the ends: a call that has ended moves no more.
void Dialling::write_moved() {
  const auto moved = std::exchange(state_.lock()->moved, {});
  if (moved.empty()) return;
  std::map<LeaseId, phonebank::SharedCalls::Moved> newest;  // only where each stands now
  for (const auto& one : moved)
    newest.insert_or_assign(one.lease, one);
  std::vector<phonebank::SharedCalls::Moved> once;
  for (const auto& [lease, one] : newest)
    once.push_back(one);
  try {
    phonebank_.shared_calls().note(once);
  } catch (const Failure&) {
    const auto state = state_.lock();
    state->moved.insert(state->moved.begin(), once.begin(), once.end());
    throw;
  }
}

void Dialling::write_ended() {
  const std::vector<phonebank::EndedCall> ended = std::exchange(state_.lock()->ended, {});
  if (ended.empty()) return;
  try {
    phonebank_.dial_orders().note_ended(ended);
  } catch (const Failure&) {
    const auto state = state_.lock();
    state->ended.insert(state->ended.begin(), ended.begin(), ended.end());
    throw;
  }
}

/// Returns whether it says something new.
bool Dialling::take_from_elsewhere(State& state, const phonebank::SharedCalls::Standing& standing) {
  if (state.under_way.contains(standing.lease)) return false;
  const LiveCall call = call_from(standing);
  if (call.end) {
    state.elsewhere.erase(standing.lease);
  } else {
    state.elsewhere.insert(standing.lease);
  }
  const auto [found, is_new] = state.calls.try_emplace(standing.caller, call);
  if (is_new) return true;
  LiveCall& known = found->second;
  const bool is_older = standing.lease < known.lease;
  const bool is_same =
      standing.lease == known.lease && known.state == call.state && known.end == call.end;
  if (is_older || is_same) return false;
  known = call;
  return true;
}

void Dialling::look_elsewhere() {
  std::vector<LeaseId> known;
  std::optional<Instant> since;
  bool beats = false;
  const Instant now = clock_.now();
  {
    const auto state = state_.lock();
    known.assign(state->elsewhere.begin(), state->elsewhere.end());
    since = state->looked_at;
    beats = !state->beaten_at || now - *state->beaten_at >= kBeatEvery;
    if (beats) state->beaten_at = now;
  }
  if (beats) phonebank_.shared_calls().beat(options_.serve);
  const auto look = phonebank_.shared_calls().look(options_.serve, since, known);
  std::vector<PersonId> moved;
  {
    const auto state = state_.lock();
    state->looked_at = look.moment;
    for (const auto& standing : look.calls) {
      if (take_from_elsewhere(*state, standing)) moved.push_back(standing.caller);
    }
  }
  const auto listener = listener_.lock();
  if (!*listener) return;
  for (const PersonId caller : moved)
    (*listener)(caller);
}

void Dialling::watch() {
  if (!control_.has_events()) return;
  try {
    hang_up_over();
    write_moved();
    write_ended();
    look_elsewhere();
  } catch (const Failure& failure) {
    log_.warning("calls_not_watched", {{"reason", failure.what()}});
  }
}

void Dialling::start() {
  if (!control_.has_events()) return;
  watch();  // known to the others before it makes a call
  periodic_ = std::make_unique<Periodic>(kEvery, [this] { watch(); });
}

void Dialling::stop() {
  const bool was_started = periodic_ != nullptr;
  periodic_.reset();
  std::map<LeaseId, PersonId> under_way;
  std::swap(under_way, state_.lock()->under_way);
  for (const auto& [lease, caller] : under_way)
    control_.hang_up(lease);
  if (!was_started) return;
  try {
    phonebank_.shared_calls().leave(options_.serve);
  } catch (const Failure&) {
    return;  // the others see soon enough that nothing is heard of it
  }
}

}  // namespace hustings::dialling
