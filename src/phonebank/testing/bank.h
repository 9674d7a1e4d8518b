#pragma once

#include <atomic>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "base/clock.h"
#include "base/log.h"
#include "pg/testing/database.h"
#include "phonebank/phonebank_service.h"
#include "registry/registry.h"
#include "surveys/survey_service.h"

namespace hustings::phonebank::testing {

/// 12:00 in New York and 9:00 in Los Angeles, a Tuesday in daylight saving time.
inline const Instant kNoon = from_iso("2026-10-20T16:00:00Z").value();

struct TestVoter {
  std::int64_t id = 0;
  std::int64_t number = 0;
  std::string state = "NC";
  std::string county = "WAKE";
  bool is_protected = false;
  bool held_out = false;
};

/// A campaign with phone banks, its time in the test's hands.
class Bank : public ::testing::Test {
 protected:
  Bank();

  /// A number of Raleigh, the n-th: 919-555-….
  static std::int64_t number(int n) { return 19195550000 + n; }
  /// Voters with these, in this order, as a list.
  ListId list_of(const std::vector<TestVoter>& voters);
  /// A list of `count` voters, each with a number of their own: voter n has number(n), n from 1.
  ListId list_of(int count);
  static Rules rules();
  /// An open phone bank.
  PhonebankId open_bank(ListId list, const Rules& rules = Bank::rules());
  Caller caller(PhonebankId phonebank, int person = 1) const {
    return {PersonId(person), phonebank};
  }

  /// The claim's lease; the test fails if there is none.
  Lease claim(const Caller& caller);
  NothingReady claim_nothing(const Caller& caller);
  static std::string new_key();
  CallResult result(const Caller& caller, const Lease& lease, Disposition disposition) const;
  Stored record(const CallResult& result);
  Stored record(const Caller& caller, const Lease& lease, Disposition disposition) {
    return record(result(caller, lease, disposition));
  }
  void suppress_number(std::int64_t number);

  /// One value of one row, as text; "" for null or no row.
  std::string value(const std::string& sql);
  std::int64_t count(const std::string& sql) { return std::stoll(value(sql)); }
  void run(const std::string& sql);
  std::string line_state(PhonebankId phonebank, std::int64_t number);
  std::string line_reason(PhonebankId phonebank, std::int64_t number);

  pg::testing::Database database_;
  ManualClock clock_{kNoon};
  Log log_ = Log::to_nowhere();
  registry::Registry registry_{database_.pool(), clock_, log_};
  surveys::SurveyService surveys_{database_.pool(), clock_, log_};
  PhonebankService service_{database_.pool(), registry_, surveys_, clock_, log_, TimeSource::clock};
  surveys::Script script_;
  std::unique_ptr<pg::Connection> connection_;
};

}  // namespace hustings::phonebank::testing
