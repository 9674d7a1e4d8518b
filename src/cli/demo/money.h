#pragma once

#include <cstdint>
#include <string>

#include "base/clock.h"
#include "base/error.h"
#include "simulate/api_client.h"

namespace hustings::cli {

using simulate::ApiClient;

/// The money of the demo: fourteen invented seats of which eight win, six markets of counties,
/// channels with the effects from studies, polls, prices, a ledger of three weeks, and the plan
/// that the server makes of it all; over the public API as a data director brings it in.
class Money {
 public:
  struct Scale {
    std::int64_t voters = 0;
    std::uint64_t seed = 0;
    Instant now;
  };
  Money(ApiClient& api, const Scale& scale) : api_(api), scale_(scale) {}

  struct Made {
    std::int64_t budget_cents = 0;
    std::int64_t booked_cents = 0;
    std::int64_t planned_cents = 0;
    std::int64_t approved_cents = 0;
    std::string sentence;  ///< what the plan gains
    std::string problem;   ///< why there is no plan; or empty
  };
  Result<Made> make();

 private:
  std::string day(int days_from_now) const;
  Status import(const char* kind, std::string text);
  Status set_up();
  Status follow_answers();
  Status book();
  /// How much money the lines have.
  Result<std::int64_t> approve(int lines);
  Result<boost::json::value> wait_for_plan();

  ApiClient& api_;
  Scale scale_;
};

}  // namespace hustings::cli
