#include "rights/person_tables.h"

#include <algorithm>
#include <array>

#include "rights/sql.h"

namespace hustings::rights {

std::span<const PersonTable> person_tables() {
  static constexpr std::array<PersonTable, 30> kTables = {{
      {"voter", &sql::kPersonVoter, &sql::kEraseVoter},
      {"source_record", &sql::kPersonSourceRecord, &sql::kEraseSourceRecord},
      {"record_value", &sql::kPersonRecordValue, &sql::kEraseRecordValue},
      {"correction", &sql::kPersonCorrection, &sql::kEraseCorrection},
      {"link", &sql::kPersonLink, &sql::kEraseLink},
      {"link_decision", &sql::kPersonLinkDecision, &sql::kEraseLinkDecision},
      {"match_candidate", &sql::kPersonMatchCandidate, &sql::kEraseMatchCandidate},
      {"identity_kept", &sql::kPersonIdentityKept, &sql::kEraseIdentityKept},
      {"absence", &sql::kPersonAbsence, &sql::kEraseAbsence},
      {"phone", &sql::kPersonPhone, &sql::kErasePhone},
      {"vote", &sql::kPersonVote, &sql::kEraseVote},
      {"voter_score", &sql::kPersonVoterScore, &sql::kEraseVoterScore},
      {"score_run", &sql::kPersonScoreRun, &sql::kEraseScoreRun},
      {"consent", &sql::kPersonConsent, &sql::kEraseConsent},
      {"consent_event", &sql::kPersonConsentEvent, &sql::kEraseConsentEvent},
      {"suppression", &sql::kPersonSuppression, &sql::kEraseSuppression},
      {"list_member", &sql::kPersonListMember, nullptr},
      {"experiment_member", &sql::kPersonExperimentMember, &sql::kEraseExperimentMember},
      {"form_link", &sql::kPersonFormLink, &sql::kEraseFormLink},
      {"call_target", &sql::kPersonCallTarget, nullptr},
      {"queue_line", &sql::kPersonQueueLine, nullptr},
      {"line_attempt", &sql::kPersonLineAttempt, nullptr},
      {"dial_order", &sql::kPersonDialOrder, nullptr},
      {"dial_refusal", &sql::kPersonDialRefusal, nullptr},
      {"contact_attempt", &sql::kPersonContactAttempt, &sql::kEraseContactAttempt},
      {"call_result", &sql::kPersonCallResult, nullptr},
      {"answer", &sql::kPersonAnswer, &sql::kEraseAnswer},
      {"change", &sql::kPersonChange, &sql::kEraseChange},
      {"search_word", nullptr, nullptr},
      {"import_presence", nullptr, nullptr},
  }};
  return kTables;
}

PersonIds ids_of(pg::Connection& connection, VoterId voter) {
  PersonIds out{.voter = voter, .buckets = {}, .ids = {}};
  for (const pg::Row row : connection.run(sql::kErasureHomes, bucket_of(voter), voter)) {
    out.buckets.push_back(row.get<std::int16_t>(0));
    out.ids.push_back(row.get<VoterId>(1));
  }
  return out;
}

}  // namespace hustings::rights
