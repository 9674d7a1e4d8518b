#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "spending/ledger.h"
#include "spending/stored.h"

/// Payments as files for others. Pure functions.
namespace hustings::spending {

/// Commitments as CSV; money with two decimals.
std::string commitments_header();
void append_commitment(std::string& text, const Commitment& one);

/// Payments as CSV with the columns and forms of the FEC's Schedule B (itemised disbursements,
/// electronic filing format 8.3; days YYYYMMDD), for a campaign or party: to be read into filing
/// software, where somebody checks it. Payments without a vendor say "UNITEMIZED".
std::string schedule_b(const Committee& committee, const std::vector<Payment>& payments);
/// The same in the form of Schedule E (independent expenditures) with the running total of each
/// calendar year; days of a market and channel are those of payment. `payments`: from the first
/// day of the year of `from`, or the totals are too small; those before `from` are not lines.
std::string schedule_e(const Committee& committee, const std::vector<Payment>& payments,
                       std::string_view from);

}  // namespace hustings::spending
