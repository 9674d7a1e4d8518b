#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/error.h"
#include "base/guarded.h"
#include "base/log.h"
#include "base/periodic.h"
#include "model/disposition.h"
#include "model/ids.h"
#include "phonebank/phonebank_service.h"
#include "telephony/call_control.h"

namespace hustings::dialling {

/// A caller's newest call, as the page shows it.
struct LiveCall {
  LeaseId lease;
  telephony::CallState state = telephony::CallState::asked;
  std::optional<telephony::CallEnd> end;  ///< once it has ended
  Instant at;                             ///< since when it stands so
};

/// What the end of a call says of the result; nothing where only the caller can tell.
std::optional<Disposition> proposed_by(telephony::CallEnd end);

struct Dialled {
  std::optional<std::string> link;  ///< for the caller's own phone
  std::optional<LiveCall> call;     ///< if the program makes it
};

/// Between the phone bank, which says what may be called, and the driver, which calls: a call is
/// ordered only after the order was written, once for each lease, and is hung up when its lease
/// ends or its number is barred. Calls may come from several threads.
class Dialling {
 public:
  struct Options {
    std::chrono::seconds ring_max{25};
    phonebank::ServeId serve = 1;  ///< no other process of this database has the same
  };
  /// Listens to the driver, which must outlive it.
  Dialling(phonebank::PhonebankService& phonebank, telephony::CallControl& control,
           const Options& options, const Clock& clock, Log& log);
  ~Dialling();
  Dialling(const Dialling&) = delete;
  Dialling& operator=(const Dialling&) = delete;

  telephony::Driver driver() const { return control_.driver(); }
  std::chrono::seconds ring_max() const { return options_.ring_max; }

  /// Calls the number that the caller was shown. Asked again for the same lease, it says how that
  /// call stands and calls nobody; a call that was ordered before a restart has failed. Refuses as
  /// phonebank::DialOrders::permit does.
  Result<Dialled> dial(const phonebank::Caller& caller, LeaseId lease, int epoch,
                       Deadline deadline = Deadline::never());
  /// Ends the caller's call, within a second where another process makes it. Refuses: lease_lost,
  /// if this is not the caller's newest call.
  Status hang_up(PersonId caller, LeaseId lease);
  /// The caller's newest call, ended ones too; of those that another process makes the one to the
  /// number that the caller has.
  std::optional<LiveCall> call_of(PersonId caller);
  /// Called when a caller's call stands otherwise than before. Waits for a call of the one before.
  void on_change(std::function<void(PersonId)> listener);

  /// Hangs up where the lease has ended, writes how calls stand, and reads how those of other
  /// processes do. Every half second from start() on, or by a test.
  void watch();
  void start();
  /// Hangs up what is under way.
  void stop();

 private:
  struct State {
    std::map<PersonId, LiveCall> calls;
    std::map<LeaseId, PersonId> asking;                // whether they may be called
    std::map<LeaseId, PersonId> under_way;             // with the driver
    std::vector<phonebank::EndedCall> ended;           // to be written
    std::vector<phonebank::SharedCalls::Moved> moved;  // to be written
    std::set<LeaseId> elsewhere;                       // under way with other processes
    std::optional<Instant> looked_at;                  // by the database's clock
    std::optional<Instant> beaten_at;
  };
  std::optional<LiveCall> known_call(PersonId caller);
  std::optional<LiveCall> begin(PersonId caller, LeaseId lease);
  Result<Dialled> order(const phonebank::Caller& caller, LeaseId lease, int epoch,
                        Deadline deadline);
  void take(const telephony::CallEvent& event);
  void hang_up_over();
  void write_moved();
  void write_ended();
  void look_elsewhere();
  bool take_from_elsewhere(State& state, const phonebank::SharedCalls::Standing& standing);

  phonebank::PhonebankService& phonebank_;
  telephony::CallControl& control_;
  const Options options_;
  const Clock& clock_;
  Log& log_;
  Guarded<State> state_;
  Guarded<std::function<void(PersonId)>> listener_;
  std::unique_ptr<Periodic> periodic_;  // last: its thread uses all of the above
};

}  // namespace hustings::dialling
