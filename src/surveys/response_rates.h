#pragma once

#include <cstdint>
#include <optional>

namespace hustings::surveys {

/// Final dispositions of the voters of a survey, in the classes of AAPOR's Standard Definitions
/// (2016): I, P, R, NC, O, U, and who is not eligible.
struct ResponseStates {
  std::int64_t complete = 0;
  std::int64_t partial = 0;
  std::int64_t refused = 0;     ///< broke off, too
  std::int64_t no_contact = 0;  ///< there is such a voter, who could not be spoken with
  std::int64_t other = 0;       ///< language
  std::int64_t unknown = 0;     ///< nobody answered: whether the voter is there is not known
  std::int64_t ineligible = 0;  ///< moved, died, not their number
  std::int64_t not_tried = 0;   ///< in no rate
};

/// Nothing where there is nothing to divide by.
struct ResponseRates {
  std::optional<double> response_1;   ///< RR1: complete over all who may be eligible
  std::optional<double> response_2;   ///< RR2: partial ones too
  std::optional<double> response_3;   ///< RR3: of the unknown only the share e
  std::optional<double> cooperation;  ///< COOP1: complete of those who were spoken with
  std::optional<double> refusal;      ///< REF1
  std::optional<double> contact;      ///< CON1
  double e = 1;  ///< of the known, the share that is eligible (CASRO's allocation)
};
ResponseRates response_rates(const ResponseStates& states);

}  // namespace hustings::surveys
