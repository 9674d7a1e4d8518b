#include "spending/payment_files.h"

#include <algorithm>
#include <array>
#include <map>
#include <string_view>

#include <fmt/format.h>

namespace hustings::spending {
namespace {

std::string line_of(const std::vector<std::string>& cells) {
  std::string line;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (i > 0) line += ',';
    line += csv_cell(cells[i]);
  }
  return line + "\n";
}

std::string money(std::int64_t cents) {
  return fmt::format("{}{}.{:02}", cents < 0 ? "-" : "", std::abs(cents) / 100,
                     std::abs(cents) % 100);
}

std::string fec_day(std::string day) {
  std::erase(day, '-');
  return day;
}

struct Filled {
  std::string_view name;
  std::string value;
};

/// One line with a schedule's columns, of which some are filled.
template <std::size_t N>
std::string schedule_line(const std::array<std::string_view, N>& columns,
                          const std::vector<Filled>& filled) {
  std::vector<std::string> cells;
  for (const std::string_view column : columns) {
    const auto found = std::find_if(filled.begin(), filled.end(),
                                    [&](const Filled& one) { return one.name == column; });
    cells.push_back(found == filled.end() ? "" : found->value);
  }
  return line_of(cells);
}

template <std::size_t N>
std::string header_of(const std::array<std::string_view, N>& columns) {
  return line_of(std::vector<std::string>(columns.begin(), columns.end()));
}

constexpr std::array<std::string_view, 44> kScheduleB = {
    "FORM TYPE",
    "FILER COMMITTEE ID NUMBER",
    "TRANSACTION ID NUMBER",
    "BACK REFERENCE TRAN ID NUMBER",
    "BACK REFERENCE SCHED NAME",
    "ENTITY TYPE",
    "PAYEE ORGANIZATION NAME",
    "PAYEE LAST NAME",
    "PAYEE FIRST NAME",
    "PAYEE MIDDLE NAME",
    "PAYEE PREFIX",
    "PAYEE SUFFIX",
    "PAYEE STREET 1",
    "PAYEE STREET 2",
    "PAYEE CITY",
    "PAYEE STATE",
    "PAYEE ZIP",
    "ELECTION CODE",
    "ELECTION OTHER DESCRIPTION",
    "EXPENDITURE DATE",
    "EXPENDITURE AMOUNT",
    "SEMI-ANNUAL REFUNDED BUNDLED AMT",
    "EXPENDITURE PURPOSE DESCRIP",
    "CATEGORY CODE",
    "BENEFICIARY COMMITTEE FEC ID",
    "BENEFICIARY COMMITTEE NAME",
    "BENEFICIARY CANDIDATE FEC ID",
    "BENEFICIARY CANDIDATE LAST NAME",
    "BENEFICIARY CANDIDATE FIRST NAME",
    "BENEFICIARY CANDIDATE MIDDLE NAME",
    "BENEFICIARY CANDIDATE PREFIX",
    "BENEFICIARY CANDIDATE SUFFIX",
    "BENEFICIARY CANDIDATE OFFICE",
    "BENEFICIARY CANDIDATE STATE",
    "BENEFICIARY CANDIDATE DISTRICT",
    "CONDUIT NAME",
    "CONDUIT STREET 1",
    "CONDUIT STREET 2",
    "CONDUIT CITY",
    "CONDUIT STATE",
    "CONDUIT ZIP",
    "MEMO CODE",
    "MEMO TEXT/DESCRIPTION",
    "REFERENCE TO SI OR SL SYSTEM CODE THAT IDENTIFIES THE ACCOUNT"};

constexpr std::array<std::string_view, 44> kScheduleE = {"FORM TYPE",
                                                         "FILER COMMITTEE ID NUMBER",
                                                         "TRANSACTION ID NUMBER",
                                                         "BACK REFERENCE TRAN ID NUMBER",
                                                         "BACK REFERENCE SCHED NAME",
                                                         "ENTITY TYPE",
                                                         "PAYEE ORGANIZATION NAME",
                                                         "PAYEE LAST NAME",
                                                         "PAYEE FIRST NAME",
                                                         "PAYEE MIDDLE NAME",
                                                         "PAYEE PREFIX",
                                                         "PAYEE SUFFIX",
                                                         "PAYEE STREET 1",
                                                         "PAYEE STREET 2",
                                                         "PAYEE CITY",
                                                         "PAYEE STATE",
                                                         "PAYEE ZIP",
                                                         "ELECTION CODE",
                                                         "ELECTION OTHER DESCRIPTION",
                                                         "DISSEMINATION DATE",
                                                         "EXPENDITURE AMOUNT",
                                                         "DISBURSEMENT DATE",
                                                         "CALENDAR Y-T-D PER ELECTION/OFFICE",
                                                         "EXPENDITURE PURPOSE DESCRIP",
                                                         "CATEGORY CODE",
                                                         "PAYEE CMTTE FEC ID NUMBER",
                                                         "SUPPORT/OPPOSE CODE",
                                                         "S/O CANDIDATE ID NUMBER",
                                                         "S/O CANDIDATE LAST NAME",
                                                         "S/O CANDIDATE FIRST NAME",
                                                         "S/O CANDIDATE MIDDLE NAME",
                                                         "S/O CANDIDATE PREFIX",
                                                         "S/O CANDIDATE SUFFIX",
                                                         "S/O CANDIDATE OFFICE",
                                                         "S/O CANDIDATE DISTRICT",
                                                         "S/O CANDIDATE STATE",
                                                         "COMPLETING LAST NAME",
                                                         "COMPLETING FIRST NAME",
                                                         "COMPLETING MIDDLE NAME",
                                                         "COMPLETING PREFIX",
                                                         "COMPLETING SUFFIX",
                                                         "DATE SIGNED",
                                                         "MEMO CODE",
                                                         "MEMO TEXT/DESCRIPTION"};

/// What both schedules say of a payment.
std::vector<Filled> both(const Committee& committee, const Payment& payment,
                         std::string_view form) {
  const std::string purpose =
      payment.purpose.empty()
          ? fmt::format("{}, {}, week {}", payment.channel_title, payment.market, payment.week)
          : payment.purpose;
  const bool named = !payment.vendor.name.empty();
  return {{"FORM TYPE", std::string(form)},
          {"FILER COMMITTEE ID NUMBER", committee.id},
          {"TRANSACTION ID NUMBER", fmt::format("{}.{}", form.substr(0, 2), payment.entry)},
          {"ENTITY TYPE", "ORG"},
          {"PAYEE ORGANIZATION NAME", named ? payment.vendor.name : "UNITEMIZED"},
          {"PAYEE STREET 1", payment.vendor.street},
          {"PAYEE CITY", payment.vendor.city},
          {"PAYEE STATE", payment.vendor.state},
          {"PAYEE ZIP", payment.vendor.zip},
          {"ELECTION CODE", committee.election},
          {"EXPENDITURE AMOUNT", money(payment.cents)},
          {"EXPENDITURE PURPOSE DESCRIP", purpose.substr(0, 100)},
          {"CATEGORY CODE", "004"},  // advertising
          {"MEMO TEXT/DESCRIPTION", payment.reference}};
}

void add(std::vector<Filled>& to, std::vector<Filled> more) {
  std::move(more.begin(), more.end(), std::back_inserter(to));
}

}  // namespace

std::string csv_cell(std::string_view text) {
  std::string out(text);
  const bool formula =
      !out.empty() && std::string_view("=+@\t\r").find(out[0]) != std::string::npos;
  if (formula) out.insert(0, 1, '\'');
  if (out.find_first_of(",\"\n\r") == std::string::npos) return out;
  std::string quoted = "\"";
  for (const char c : out) {
    if (c == '"') quoted += '"';
    quoted += c;
  }
  return quoted + '"';
}

std::string commitments_header() {
  return "commitment,market,channel,week,vendor,order,purpose,committed,invoiced,paid,booked,"
         "made_by,made_at\n";
}

void append_commitment(std::string& text, const Commitment& one) {
  text +=
      line_of({one.id.text(), one.market, one.channel, std::to_string(one.week), one.vendor,
               one.order, one.purpose, money(one.committed_cents), money(one.invoiced_cents),
               money(one.paid_cents), money(one.booked_cents), one.made_by, to_iso(one.made_at)});
}

std::string schedule_b(const Committee& committee, const std::vector<Payment>& payments) {
  // Form 3P line 23, of other offices line 17: operating expenditures.
  const std::string_view form = committee.office == "P" ? "SB23" : "SB17";
  std::string text = header_of(kScheduleB);
  for (const Payment& payment : payments) {
    std::vector<Filled> filled = both(committee, payment, form);
    add(filled, {{"EXPENDITURE DATE", fec_day(payment.day)},
                 {"BENEFICIARY CANDIDATE FEC ID", committee.candidate},
                 {"BENEFICIARY CANDIDATE LAST NAME", committee.last_name},
                 {"BENEFICIARY CANDIDATE FIRST NAME", committee.first_name},
                 {"BENEFICIARY CANDIDATE OFFICE", committee.office},
                 {"BENEFICIARY CANDIDATE STATE", committee.state},
                 {"BENEFICIARY CANDIDATE DISTRICT", committee.district}});
    text += schedule_line(kScheduleB, filled);
  }
  return text;
}

std::string schedule_e(const Committee& committee, const std::vector<Payment>& payments) {
  std::string text = header_of(kScheduleE);
  std::map<std::string, std::int64_t> of_year;
  for (const Payment& payment : payments) {
    std::int64_t& sum = of_year[payment.day.substr(0, 4)];
    sum += payment.cents;
    std::vector<Filled> filled = both(committee, payment, "SE");
    add(filled, {{"DISSEMINATION DATE", fec_day(payment.day)},
                 {"DISBURSEMENT DATE", fec_day(payment.day)},
                 {"CALENDAR Y-T-D PER ELECTION/OFFICE", money(sum)},
                 {"SUPPORT/OPPOSE CODE", committee.opposes ? "O" : "S"},
                 {"S/O CANDIDATE ID NUMBER", committee.candidate},
                 {"S/O CANDIDATE LAST NAME", committee.last_name},
                 {"S/O CANDIDATE FIRST NAME", committee.first_name},
                 {"S/O CANDIDATE OFFICE", committee.office},
                 {"S/O CANDIDATE STATE", committee.state},
                 {"S/O CANDIDATE DISTRICT", committee.district}});
    text += schedule_line(kScheduleE, filled);
  }
  return text;
}

}  // namespace hustings::spending
