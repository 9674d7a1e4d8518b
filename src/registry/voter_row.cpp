#include "registry/voter_row.h"

#include "base/error.h"

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

/// Fields as CopyBuffer writes them.
class BodyReader {
 public:
  explicit BodyReader(std::string_view body) : rest_(body) {}

  /// Nothing for a null.
  std::optional<std::string_view> field() {
    const auto size = static_cast<std::int32_t>(take(4));
    if (size < 0) return std::nullopt;
    const std::string_view out = rest_.substr(0, static_cast<std::size_t>(size));
    rest_.remove_prefix(out.size());
    return out;
  }
  std::string_view text() { return field().value_or(std::string_view()); }
  /// Of any width; 0 for a null.
  std::int64_t number() { return number_or_null().value_or(0); }
  std::optional<std::int32_t> date() {
    const auto days = number_or_null();
    if (!days) return std::nullopt;
    return static_cast<std::int32_t>(*days) + CopyBuffer::kPostgresEpochDays;
  }

 private:
  std::optional<std::int64_t> number_or_null() {
    const auto size = static_cast<std::int32_t>(take(4));
    if (size < 0) return std::nullopt;
    return take(static_cast<std::size_t>(size));
  }
  /// The number in the next bytes, the first of which has the sign.
  std::int64_t take(std::size_t bytes) {
    CHECK(bytes > 0 && bytes <= rest_.size());
    auto value = static_cast<std::uint64_t>(
        static_cast<std::int64_t>(static_cast<signed char>(rest_.front())));
    for (std::size_t i = 1; i < bytes; ++i)
      value = (value << 8U) | static_cast<unsigned char>(rest_[i]);
    rest_.remove_prefix(bytes);
    return static_cast<std::int64_t>(value);
  }

  std::string_view rest_;
};

void decode_person(BodyReader& from, VoterRow& row) {
  row.source = from.text();
  row.external_id = from.text();
  row.status = from.text();
  row.status_reason = from.text();
  row.is_protected = from.number() != 0;
  row.last_name = from.text();
  row.first_name = from.text();
  row.middle_name = from.text();
  row.suffix = from.text();
  row.gender = from.text();
  row.race = from.text();
  row.ethnicity = from.text();
  row.party = from.text();
  row.birth_year = static_cast<std::int16_t>(from.number());
  row.birth_month = static_cast<std::int16_t>(from.number());
  row.birth_date = from.date();
  row.birth_place = from.text();
  row.registered_on = from.date();
}

void decode_place(BodyReader& from, VoterRow& row) {
  row.state = from.text();
  row.county = from.text();
  row.street = from.text();
  row.city = from.text();
  row.zip5 = from.text();
  row.zip4 = from.text();
  row.mail_address = from.text();
  row.household = from.number();
  row.phone = from.number();
  row.email = from.text();
  row.precinct = from.text();
  row.municipality = from.text();
  row.ward = from.text();
  row.congressional_district = from.text();
  row.state_senate_district = from.text();
  row.state_house_district = from.text();
  row.school_district = from.text();
  row.county_commission_district = from.text();
  const std::string_view json = from.text();
  row.districts = json.substr(json.empty() ? 0 : 1);
}

}  // namespace

void encode_body(const VoterRow& row, CopyBuffer& out) {
  encode_person(row, out);
  encode_place(row, out);
  out.int32(row.quality);
}

VoterRow decode_body(std::string_view body) {
  BodyReader from(body);
  VoterRow row;
  decode_person(from, row);
  decode_place(from, row);
  row.quality = static_cast<std::int32_t>(from.number());
  return row;
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
