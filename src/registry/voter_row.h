#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "base/id.h"
#include "model/ids.h"
#include "registry/copy_buffer.h"

namespace hustings::registry {

/// A voter as a file gives it, normalised: what becomes a row of voter. Texts are UTF-8 without
/// NUL and trimmed; an empty text is null, except where the table has "not null". The views must
/// live until encode_body().
struct VoterRow {
  std::string_view source;
  std::string_view external_id;
  std::string_view status;
  std::string_view status_reason;
  bool is_protected = false;
  std::string_view last_name;
  std::string_view first_name;
  std::string_view middle_name;
  std::string_view suffix;
  std::string_view gender;
  std::string_view race;
  std::string_view ethnicity;
  std::string_view party;
  std::int16_t birth_year = 0;             ///< 0: not known
  std::int16_t birth_month = 0;            ///< 1 to 12; 0: not known
  std::optional<std::int32_t> birth_date;  ///< a full date, in days since 1970-01-01
  std::string_view birth_place;
  std::optional<std::int32_t> registered_on;
  std::string_view state;
  std::string_view county;
  std::string_view street;
  std::string_view city;
  std::string_view zip5;
  std::string_view zip4;
  std::string_view mail_address;
  std::int64_t household = 0;  ///< registry/household.h; 0: none
  std::int64_t phone = 0;      ///< E.164 without the plus; 0: none
  std::string_view email;      ///< normalised, lower case
  std::string_view precinct;
  std::string_view municipality;
  std::string_view ward;
  std::string_view congressional_district;
  std::string_view state_senate_district;
  std::string_view state_house_district;
  std::string_view school_district;
  std::string_view county_commission_district;
  std::string_view districts;  ///< a JSON object with the others, or empty
  std::int32_t quality = 0;    ///< registry/quality.h
};

/// Appends the row without its first three columns (bucket, voter, import): they are known only
/// when the row has been matched. The same bytes mean the same row.
void encode_body(const VoterRow& row, CopyBuffer& out);
/// The row again; its views are into `body`. A JSON text comes without the version before it.
VoterRow decode_body(std::string_view body);

struct VoterKey {
  VoterId voter;
  ImportId import;
};
/// A whole row of voter, from its body.
void append_voter(const VoterKey& key, std::string_view body, CopyBuffer& out);

/// A row of voter_change: a row that differs from the last record of its identity.
struct ChangeKey {
  VoterId voter;  ///< the person to whom the identity belongs
  VoterId home;   ///< the identity
  ImportId import;
  ImportId previous;     ///< of the identity's last record; 0 if it has none
  bool is_back = false;  ///< all its records had been undone
};
void append_change(const ChangeKey& key, std::string_view body, CopyBuffer& out);

struct PhoneRow {
  VoterId voter;
  std::int64_t number = 0;
  ImportId import;
};
void append_phone(const PhoneRow& row, CopyBuffer& out);

struct SourceRecordRow {
  ImportId import;
  std::int64_t record = 0;
  std::string_view source;
  std::string_view external_id;
  std::int64_t line = 0;
  VoterId home;
  std::uint64_t fingerprint = 0;
};
void append_source_record(const SourceRecordRow& row, CopyBuffer& out);

/// A row for vote_stage: who voted in which election, before repeats are taken out.
struct VoteRow {
  VoterId voter;              ///< the person
  VoterId home;               ///< the identity that the file names
  std::int32_t election = 0;  ///< its place in the list that publish_votes() gets
  std::string_view method;
  std::string_view party;
  std::string_view county;
  std::int64_t line = 0;
};
void append_vote(const VoteRow& row, CopyBuffer& out);

/// A row of vote, as it is kept.
struct VoteKey {
  VoterId voter;
  VoterId home;
  std::int64_t election = 0;  ///< its id
  ImportId import;
};
struct VoteWords {
  std::string_view method;
  std::string_view party;
  std::string_view county;
};
void append_vote(const VoteKey& key, const VoteWords& words, CopyBuffer& out);

/// A row of score_run.
struct ScoreRow {
  VoterId voter;  ///< the person
  VoterId home;   ///< the identity that the file names
  std::optional<std::int16_t> support;
  std::optional<std::int16_t> turnout;
  std::optional<std::int16_t> persuadability;
  std::string_view other;  ///< a JSON object with further scores, or empty
  ImportId import;
};
void append_score(const ScoreRow& row, CopyBuffer& out);
/// The same for score_stage: a row of an identity that had one before, with its line.
void append_repeated_score(const ScoreRow& row, std::int64_t line, CopyBuffer& out);

}  // namespace hustings::registry
