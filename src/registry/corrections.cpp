#include <algorithm>
#include <array>
#include <chrono>

#include <fmt/format.h>

#include "base/text.h"
#include "campaign/calling_choice.h"
#include "normalise/email.h"
#include "normalise/phone.h"
#include "registry/household.h"
#include "registry/person_name.h"
#include "registry/profiles.h"
#include "registry/registry.h"
#include "registry/sql.h"
#include "registry/survivorship.h"

namespace hustings::registry {
namespace {

constexpr std::size_t kValueMax = 1000;
constexpr std::array<std::string_view, 6> kStatuses = {"active",  "inactive",  "denied",
                                                       "removed", "temporary", "prospect"};

bool is_date(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return false;
  const auto year = parse_int(text.substr(0, 4));
  const auto month = parse_int(text.substr(5, 2));
  const auto day = parse_int(text.substr(8, 2));
  if (!year || !month || !day || *year < 1) return false;
  return (std::chrono::year(static_cast<int>(*year)) /
          std::chrono::month(static_cast<unsigned>(*month)) /
          std::chrono::day(static_cast<unsigned>(*day)))
      .ok();
}

bool is_digits(std::string_view text, std::size_t count) {
  return text.size() == count && text.find_first_not_of("0123456789") == std::string_view::npos;
}

/// A text as files bring it, so that a corrected profile is searched, joined and grouped as any.
Result<std::string> text_of(const ProfileField& field, std::string_view value) {
  const std::string where(field.name);
  if (field.group == "name") return upper_name(value);
  if (field.name == "email") {
    std::string email;
    if (normalise::normalise_email_to(value, email) == normalise::EmailFault::none) return email;
    return invalid("This is no e-mail address that can be written to.", where);
  }
  if (field.name == "zip5" && !is_digits(value, 5)) {
    return invalid("A ZIP code has five digits; the four behind it are a field of their own.",
                   where);
  }
  if (field.name == "zip4" && !is_digits(value, 4)) {
    return invalid("What follows the ZIP code has four digits.", where);
  }
  if (field.name == "state") {
    if (value.size() == 2) return to_upper(value);
    return invalid("A state has two letters: NC.", where);
  }
  return std::string(value);
}

/// A value as the column holds it, in JSON.
Result<std::string> json_of(const ProfileField& field, std::string_view value,
                            std::string_view home_country) {
  const std::string where(field.name);
  if (field.name == "phone") {
    const auto number = normalise::callable_phone(value, home_country);
    if (!number) return invalid("This is no phone number that can be called.", where);
    return std::to_string(*number);
  }
  if (field.kind == FieldKind::number) {
    const auto number = parse_int(value);
    const bool is_month = field.name == "birth_month";
    if (!number || *number < (is_month ? 1 : 1850) || *number > (is_month ? 12 : 2100)) {
      return invalid(is_month ? "A month is a number from 1 to 12." : "This is no year.", where);
    }
    return std::to_string(*number);
  }
  if (field.kind == FieldKind::flag) {
    if (value != "true") {
      return invalid("Protection by law ends in the voter file, not by hand.", where);
    }
    return std::string(value);
  }
  if (field.kind == FieldKind::date && !is_date(value)) {
    return invalid("Write the date as YYYY-MM-DD.", where);
  }
  if (field.name == "status" && std::ranges::find(kStatuses, value) == kStatuses.end()) {
    return invalid(fmt::format("A status is one of {}.", fmt::join(kStatuses, ", ")), where);
  }
  std::string out;
  append_json_string(out, TRY(text_of(field, value)));
  return out;
}

/// The fields as a JSON object's members, without its braces.
Result<std::string> members_of(const Correction& correction, std::string_view home_country) {
  if (correction.fields.empty()) return invalid("Name at least one field to put right.", "fields");
  std::string out;
  for (const auto& [name, value] : correction.fields) {
    const ProfileField* field = profile_field(name);
    if (field == nullptr || !field->is_correctable) {
      return invalid(fmt::format("'{}' cannot be corrected by hand.", name), name);
    }
    const std::string_view text = value ? trim(*value) : std::string_view();
    if (text.size() > kValueMax || !is_utf8(text) || text.find('\0') != std::string_view::npos) {
      return invalid("A value is text of at most 1,000 bytes.", name);
    }
    if (text.empty() && !field->may_be_blank) {
      return invalid(fmt::format("'{}' cannot be left empty.", name), name);
    }
    if (!out.empty()) out += ',';
    append_json_string(out, name);
    out += ':';
    out += text.empty() ? "null" : TRY(json_of(*field, text, home_country));
  }
  return out;
}

/// The year and month of a corrected date of birth, which ages are reckoned by; what is corrected
/// beside it counts as it is.
std::string birth_members(const Correction& correction) {
  const auto value_of = [&](std::string_view name) {
    const auto found =
        std::ranges::find(correction.fields, name, [](const auto& field) { return field.first; });
    return found == correction.fields.end() ? std::nullopt : found->second;
  };
  const auto names = [&](std::string_view name) {
    return std::ranges::any_of(correction.fields,
                               [&](const auto& field) { return field.first == name; });
  };
  const std::optional<std::string> date = value_of("birth_date");
  const std::string_view text = date ? trim(*date) : std::string_view();
  std::string out;
  if (text.empty()) return out;
  if (!names("birth_year"))
    out += fmt::format(R"(,"birth_year":{})", *parse_int(text.substr(0, 4)));
  if (!names("birth_month")) {
    out += fmt::format(R"(,"birth_month":{})", *parse_int(text.substr(5, 2)));
  }
  return out;
}

/// Where a corrected address puts the voter: `,"household_id":…`, or nothing if it is not
/// corrected.
std::string household_member(pg::Transaction& transaction, VoterId voter,
                             const Correction& correction) {
  const pg::Rows rows = transaction.run(sql::kVoterAddress, bucket_of(voter), voter);
  std::array<std::string, 3> address = {std::string(rows.only().text(0)),
                                        std::string(rows.only().text(1)),
                                        std::string(rows.only().text(2))};
  constexpr std::array<std::string_view, 3> kNames = {"state", "zip5", "street"};
  bool is_corrected = false;
  for (const auto& [name, value] : correction.fields) {
    const auto place = std::ranges::find(kNames, name);
    if (place == kNames.end()) continue;
    address.at(static_cast<std::size_t>(place - kNames.begin())) = trim(value.value_or(""));
    is_corrected = true;
  }
  if (!is_corrected) return "";
  const std::int64_t household = household_id({address[0], address[1], address[2]});
  return household == 0 ? R"(,"household_id":null)"
                        : fmt::format(R"(,"household_id":{})", household);
}

feed::Change change_of(VoterId voter, CorrectionId id, std::string_view fields,
                       std::string_view actor) {
  return {.kind = ChangeKind::voter_corrected,
          .subject = feed::subject_of("voter", voter),
          .actor = std::string(actor),
          .payload = fmt::format(R"({{"correction":{},"fields":[{}]}})", id.value(), fields)};
}

}  // namespace

Result<CorrectionId> Registry::correct(const Correction& correction, Deadline deadline) {
  const auto connection = pool_.acquire(deadline);
  std::string members = TRY(members_of(correction, campaign::home_country(*connection)));
  pg::Transaction transaction(*connection, deadline);
  lock_profiles(transaction);
  const VoterId voter = person_of(*connection, correction.voter);
  if (transaction.run(sql::kVoterExists, bucket_of(voter), voter).empty()) {
    return refuse(ErrorCode::not_found, "There is no such voter.");
  }
  members += birth_members(correction) + household_member(transaction, voter, correction);
  write_out_record(transaction, voter);
  const auto id =
      transaction
          .run(sql::kCorrectionAdd, bucket_of(voter), voter, pg::Json{'{' + members + '}'},
               correction.actor, clock_.now(), correction.voter)
          .only()
          .get<CorrectionId>(0);
  begin_persons(transaction);
  add_person(transaction, voter);
  resolve_profiles(transaction);
  std::string names;
  for (const auto& [name, value] : correction.fields)
    append_json_string(names.empty() ? names : names += ',', name);
  const feed::Change change = change_of(voter, id, names, correction.actor);
  feed::commit(transaction, {&change, 1});
  log_.info("voter_corrected", {{"voter", voter.value()}, {"correction", id.value()}});
  return id;
}

Status Registry::end_correction(CorrectionId id, std::string_view actor, Deadline deadline) {
  const auto connection = pool_.acquire(deadline);
  pg::Transaction transaction(*connection, deadline);
  lock_profiles(transaction);
  const pg::Rows ended = transaction.run(sql::kCorrectionEnd, id, clock_.now(), actor);
  if (ended.empty()) {
    return refuse(ErrorCode::not_found, "There is no such correction, or it has ended already.");
  }
  const auto voter = ended[0].get<VoterId>(0);
  begin_persons(transaction);
  add_person(transaction, voter);
  resolve_profiles(transaction);
  const feed::Change change = change_of(voter, id, ended[0].text(1), actor);
  feed::commit(transaction, {&change, 1});
  log_.info("correction_ended", {{"voter", voter.value()}, {"correction", id.value()}});
  return {};
}

void Registry::tell_voters_removed(pg::Transaction& transaction) {
  if (removal_listener_ != nullptr) removal_listener_->on_voters_removed(transaction);
}

}  // namespace hustings::registry
