#include "surveys/response_rates.h"

namespace hustings::surveys {
namespace {

std::optional<double> share(double part, double whole) {
  return whole > 0 ? std::optional(part / whole) : std::nullopt;
}

}  // namespace

ResponseRates response_rates(const ResponseStates& states) {
  const auto complete = static_cast<double>(states.complete);
  const auto interviewed = static_cast<double>(states.complete + states.partial);
  const auto spoken = interviewed + static_cast<double>(states.refused + states.other);
  const double eligible = spoken + static_cast<double>(states.no_contact);
  const auto unknown = static_cast<double>(states.unknown);
  ResponseRates rates;
  rates.e = share(eligible, eligible + static_cast<double>(states.ineligible)).value_or(1);
  rates.response_1 = share(complete, eligible + unknown);
  rates.response_2 = share(interviewed, eligible + unknown);
  rates.response_3 = share(complete, eligible + rates.e * unknown);
  rates.cooperation = share(complete, spoken);
  rates.refusal = share(static_cast<double>(states.refused), eligible + unknown);
  rates.contact = share(spoken, eligible + unknown);
  return rates;
}

}  // namespace hustings::surveys
