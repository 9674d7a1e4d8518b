#pragma once

#include <string>
#include <vector>

#include "spending/ledger.h"
#include "spending/stored.h"

/// Payments as files for others. Pure functions.
namespace hustings::spending {

/// A cell of CSV. What a spreadsheet would take for a formula is said with a quote before it.
std::string csv_cell(std::string_view text);

/// Commitments as CSV; money with two decimals.
std::string commitments_header();
void append_commitment(std::string& text, const Commitment& one);

/// Payments as CSV with the columns and forms of the FEC's Schedule B (itemised disbursements,
/// electronic filing format 8.3; days YYYYMMDD), for a campaign or party: to be read into filing
/// software, where somebody checks it. Payments without a vendor say "UNITEMIZED".
std::string schedule_b(const Committee& committee, const std::vector<Payment>& payments);
/// The same in the form of Schedule E (independent expenditures) with the running total of the
/// year; days of a market and channel are those of payment.
std::string schedule_e(const Committee& committee, const std::vector<Payment>& payments);

}  // namespace hustings::spending
