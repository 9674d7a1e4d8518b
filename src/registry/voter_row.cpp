#include "registry/voter_row.h"

namespace hustings::registry {
namespace {

constexpr std::int16_t kVoterColumns = 41;

void date_or_null(const std::optional<std::int32_t>& days, CopyBuffer& out) {
  days ? out.date(*days) : out.null();
}
void number_or_null(std::int64_t value, CopyBuffer& out) {
  value == 0 ? out.null() : out.int64(value);
}
void score_or_null(const std::optional<std::int16_t>& value, CopyBuffer& out) {
  value ? out.int16(*value) : out.null();
}

void encode_person(const VoterRow& row, CopyBuffer& out) {
  out.text(row.source);
  out.text(row.external_id);
  out.text(row.status);
  out.text_or_null(row.status_reason);
  out.boolean(row.is_protected);
  out.text(row.last_name);
  out.text(row.first_name);
  out.text_or_null(row.middle_name);
  out.text_or_null(row.suffix);
  out.text_or_null(row.gender);
  out.text_or_null(row.race);
  out.text_or_null(row.ethnicity);
  out.text_or_null(row.party);
  row.birth_year == 0 ? out.null() : out.int16(row.birth_year);
  row.birth_month == 0 ? out.null() : out.int16(row.birth_month);
  date_or_null(row.birth_date, out);
  out.text_or_null(row.birth_place);
  date_or_null(row.registered_on, out);
}

void encode_place(const VoterRow& row, CopyBuffer& out) {
  out.text(row.state);
  out.text(row.county);
  out.text_or_null(row.street);
  out.text_or_null(row.city);
  out.text_or_null(row.zip5);
  out.text_or_null(row.zip4);
  out.text_or_null(row.mail_address);
  number_or_null(row.household, out);
  number_or_null(row.phone, out);
  out.text_or_null(row.email);
  out.text_or_null(row.precinct);
  out.text_or_null(row.municipality);
  out.text_or_null(row.ward);
  out.text_or_null(row.congressional_district);
  out.text_or_null(row.state_senate_district);
  out.text_or_null(row.state_house_district);
  out.text_or_null(row.school_district);
  out.text_or_null(row.county_commission_district);
  row.districts.empty() ? out.null() : out.json(row.districts);
}

}  // namespace

void encode_body(const VoterRow& row, CopyBuffer& out) {
  encode_person(row, out);
  encode_place(row, out);
  out.int32(row.quality);
}

void append_voter(const VoterKey& key, std::string_view body, CopyBuffer& out) {
  out.row(kVoterColumns);
  out.int16(bucket_of(key.voter));
  out.int64(key.voter.value());
  out.int64(key.import.value());
  out.raw(body);
}

void append_change(const ChangeKey& key, std::string_view body, CopyBuffer& out) {
  out.row(kVoterColumns + 3);
  out.int64(key.home.value());
  out.int64(key.previous.value());
  out.boolean(key.is_back);
  out.int16(bucket_of(key.voter));
  out.int64(key.voter.value());
  out.int64(key.import.value());
  out.raw(body);
}

void append_phone(const PhoneRow& row, CopyBuffer& out) {
  out.row(4);
  out.int16(bucket_of(row.voter));
  out.int64(row.voter.value());
  out.int64(row.number);
  out.int64(row.import.value());
}

void append_source_record(const SourceRecordRow& row, CopyBuffer& out) {
  out.row(8);
  out.int64(row.import.value());
  out.int16(bucket_of(row.home));
  out.int64(row.record);
  out.text(row.source);
  out.text(row.external_id);
  out.int64(row.line);
  out.int64(row.home.value());
  out.int64(static_cast<std::int64_t>(row.fingerprint));
}

void append_vote(const VoteRow& row, CopyBuffer& out) {
  out.row(8);
  out.int16(bucket_of(row.voter));
  out.int64(row.voter.value());
  out.int64(row.home.value());
  out.int32(row.election);
  out.text_or_null(row.method);
  out.text_or_null(row.party);
  out.text_or_null(row.county);
  out.int64(row.line);
}

void append_vote(const VoteKey& key, const VoteWords& words, CopyBuffer& out) {
  out.row(8);
  out.int16(bucket_of(key.voter));
  out.int64(key.voter.value());
  out.int64(key.home.value());
  out.int64(key.election);
  out.int64(key.import.value());
  out.text_or_null(words.method);
  out.text_or_null(words.party);
  out.text_or_null(words.county);
}

namespace {

void append_score_columns(const ScoreRow& row, CopyBuffer& out) {
  out.int16(bucket_of(row.voter));
  out.int64(row.voter.value());
  out.int64(row.home.value());
  out.int64(row.import.value());
  score_or_null(row.support, out);
  score_or_null(row.turnout, out);
  score_or_null(row.persuadability, out);
  row.other.empty() ? out.null() : out.json(row.other);
}

}  // namespace

void append_score(const ScoreRow& row, CopyBuffer& out) {
  out.row(8);
  append_score_columns(row, out);
}

void append_repeated_score(const ScoreRow& row, std::int64_t line, CopyBuffer& out) {
  out.row(9);
  append_score_columns(row, out);
  out.int64(line);
}

}  // namespace hustings::registry
