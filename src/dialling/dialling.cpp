#include "dialling/dialling.h"

#include <iterator>
#include <utility>

namespace hustings::dialling {
namespace {

using telephony::CallEnd;
using telephony::CallState;

constexpr std::chrono::milliseconds kEvery{500};

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

/// Notes that this caller's call of this lease is about to be ordered; or gives the call that there
/// is already.
std::optional<LiveCall> Dialling::begin(PersonId caller, LeaseId lease) {
  const auto state = state_.lock();
  const LiveCall begun{.lease = lease, .state = CallState::asked, .end = {}, .at = clock_.now()};
  const auto [found, is_new] = state->calls.try_emplace(caller, begun);
  if (is_new) return std::nullopt;
  if (found->second.lease == lease) return found->second;
  found->second = begun;  // of an earlier lease, which has ended: watch() hangs up
  return std::nullopt;
}

void Dialling::forget(PersonId caller, LeaseId lease) {
  const auto state = state_.lock();
  const auto found = state->calls.find(caller);
  if (found != state->calls.end() && found->second.lease == lease) state->calls.erase(found);
}

Result<Dialled> Dialling::dial(const phonebank::Caller& caller, LeaseId lease, int epoch,
                               Deadline deadline) {
  if (!control_.has_events()) return order(caller, lease, epoch, deadline);
  if (const auto call = begin(caller.person, lease)) return Dialled{.link = {}, .call = call};
  try {
    auto dialled = order(caller, lease, epoch, deadline);
    if (!dialled) forget(caller.person, lease);
    return dialled;
  } catch (const Failure&) {
    forget(caller.person, lease);  // the order may be written: then the next try is told so
    throw;
  }
}

Result<Dialled> Dialling::order(const phonebank::Caller& caller, LeaseId lease, int epoch,
                                Deadline deadline) {
  const auto permit = TRY(phonebank_.dial_orders().permit(
      {.caller = caller.person, .lease = lease, .epoch = epoch, .driver = name_of(driver())},
      deadline));
  const telephony::CallOrder order{lease, permit.number, options_.ring_max};
  if (!control_.has_events()) return Dialled{.link = control_.place(order), .call = {}};
  if (!permit.repeat) {
    state_.lock()->under_way[lease] = caller.person;
    control_.place(order);
    return Dialled{.link = {}, .call = call_of(caller.person)};
  }
  // Ordered before this program started: whether it rang, nobody can say, so it is not tried again.
  const auto known = telephony::call_end_from(permit.outcome.value_or(""));
  const LiveCall call{.lease = lease,
                      .state = CallState::ended,
                      .end = known.value_or(CallEnd::failed),
                      .at = clock_.now()};
  state_.lock()->calls[caller.person] = call;
  return Dialled{.link = {}, .call = call};
}

Status Dialling::hang_up(PersonId caller, LeaseId lease) {
  const auto call = call_of(caller);
  if (!call || call->lease != lease) {
    return refuse(ErrorCode::lease_lost, "There is no call to hang up.", "lease");
  }
  control_.hang_up(lease);
  return {};
}

std::optional<LiveCall> Dialling::call_of(PersonId caller) {
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

void Dialling::watch() {
  try {
    hang_up_over();
    write_ended();
  } catch (const Failure& failure) {
    log_.warning("calls_not_watched", {{"reason", failure.what()}});
  }
}

void Dialling::start() {
  if (!control_.has_events()) return;
  periodic_ = std::make_unique<Periodic>(kEvery, [this] { watch(); });
}

void Dialling::stop() {
  periodic_.reset();
  std::map<LeaseId, PersonId> under_way;
  std::swap(under_way, state_.lock()->under_way);
  for (const auto& [lease, caller] : under_way)
    control_.hang_up(lease);
}

}  // namespace hustings::dialling
