#pragma once

#include "api/spec.h"
#include "api/suppressions.h"
#include "model/ids.h"

/// A voter's page, piece by piece.
namespace hustings::api {

struct VoterRowShape {
  static constexpr std::string_view kName = "VoterRow";
  VoterId id;
  std::string name;
  std::optional<std::int64_t> age;
  std::optional<std::string> party;
  std::string county;
  std::optional<std::string> city;
  std::string status;
  bool phone_present = false;
  bool is_protected = false;
  bool is_similar = false;
  static Fields fields() {
    return {field("id", &VoterRowShape::id, "The voter."),
            field("name", &VoterRowShape::name, "First, middle, last name and suffix."),
            field("age", &VoterRowShape::age, "At the end of this year."),
            field("party", &VoterRowShape::party, "As registered."),
            field("county", &VoterRowShape::county, "Where registered."),
            field("city", &VoterRowShape::city, "Where they live."),
            field("status", &VoterRowShape::status, "Of the registration."),
            field("phone_present", &VoterRowShape::phone_present, "A number is known."),
            field("protected", &VoterRowShape::is_protected,
                  "Confidential by law: never shown, never contacted."),
            field("similar", &VoterRowShape::is_similar,
                  "Nobody has the name as it was typed; this one comes near.")};
  }
};

struct NameShape {
  std::string first;
  std::optional<std::string> middle;
  std::string last;
  std::optional<std::string> suffix;
  static Fields fields() {
    return {field("first", &NameShape::first, "First name."),
            field("middle", &NameShape::middle, "Middle name."),
            field("last", &NameShape::last, "Last name."),
            field("suffix", &NameShape::suffix, "Jr, III.")};
  }
};

struct AddressShape {
  std::optional<std::string> street;
  std::optional<std::string> city;
  std::string state;
  std::optional<std::string> zip5;
  std::optional<std::string> zip4;
  static Fields fields() {
    return {field("street", &AddressShape::street, "House number, street and unit."),
            field("city", &AddressShape::city, "City."),
            field("state", &AddressShape::state, "State."),
            field("zip5", &AddressShape::zip5, "ZIP."),
            field("zip4", &AddressShape::zip4, "The ZIP's further four digits.")};
  }
};

struct PhoneShape {
  std::string number;
  std::string status;
  std::optional<std::string> suppressed;
  static Fields fields() {
    return {field("number", &PhoneShape::number, "E.164."),
            field("status", &PhoneShape::status, "unknown, reached, wrong or disconnected."),
            field("suppressed", &PhoneShape::suppressed, "Why it may not be called.")};
  }
};

struct ScoreShape {
  std::string name;
  double value = 0;
  ImportId run;
  std::string run_name;
  static Fields fields() {
    return {
        field("name", &ScoreShape::name, "support, turnout, persuadability, or another's name."),
        field("value", &ScoreShape::value, "The score."),
        field("run", &ScoreShape::run, "The newest run that has it: an import."),
        field("run_name", &ScoreShape::run_name, "What people call the run.")};
  }
};

struct ScoresShape {
  std::optional<std::int64_t> support;
  std::optional<std::int64_t> turnout;
  std::optional<std::int64_t> persuadability;
  std::vector<ScoreShape> all;
  static Fields fields() {
    return {field("support", &ScoresShape::support, "0 to 100."),
            field("turnout", &ScoresShape::turnout, "0 to 100."),
            field("persuadability", &ScoresShape::persuadability, "0 to 100."),
            field("all", &ScoresShape::all, "Each score and the run that it is of.")};
  }
};

struct HouseholdShape {
  VoterId id;
  std::string name;
  std::optional<std::int64_t> age;
  static Fields fields() {
    return {field("id", &HouseholdShape::id, "The voter."),
            field("name", &HouseholdShape::name, "Their name."),
            field("age", &HouseholdShape::age, "At the end of this year.")};
  }
};

struct VoteShape {
  std::string election;
  std::string held_on;
  std::string kind;
  std::optional<std::string> method;
  std::optional<std::string> party;
  static Fields fields() {
    return {field("election", &VoteShape::election, "Its name."),
            field("held_on", &VoteShape::held_on, "Its day."),
            field("kind", &VoteShape::kind, "general, primary, municipal, runoff, special, other."),
            field("method", &VoteShape::method, "election_day, early, mail, provisional, other."),
            field("party", &VoteShape::party, "The party voted in, in a primary.")};
  }
};

struct AttemptAnswerShape {
  std::string question;
  std::string answer;
  static Fields fields() {
    return {field("question", &AttemptAnswerShape::question, "What was asked."),
            field("answer", &AttemptAnswerShape::answer, "What was said.")};
  }
};

struct AttemptShape {
  static constexpr std::string_view kName = "VoterAttempt";
  Instant at;
  std::string phonebank;
  std::string disposition;
  std::string caller;
  std::optional<std::string> note;
  std::vector<AttemptAnswerShape> answers;
  static Fields fields() {
    return {field("at", &AttemptShape::at, "When."),
            field("phonebank", &AttemptShape::phonebank, "The phone bank's name."),
            field("disposition", &AttemptShape::disposition, "How it ended."),
            field("caller", &AttemptShape::caller, "Who called."),
            field("note", &AttemptShape::note, "What the caller noted."),
            field("answers", &AttemptShape::answers, "What was said.")};
  }
};

struct GivenAnswerShape {
  std::string question;
  std::string answer;
  Instant at;
  static Fields fields() {
    return {field("question", &GivenAnswerShape::question, "What was asked."),
            field("answer", &GivenAnswerShape::answer, "What was said."),
            field("at", &GivenAnswerShape::at, "When.")};
  }
};

struct ProvenanceShape {
  static constexpr std::string_view kName = "Provenance";
  ImportId import;
  std::string file_name;
  std::int64_t line = 0;
  std::string source;
  std::string external_id;
  Instant at;
  std::optional<std::string> raw;
  static Fields fields() {
    return {field("import", &ProvenanceShape::import, "The import."),
            field("file_name", &ProvenanceShape::file_name, "The file's name."),
            field("line", &ProvenanceShape::line, "The line in it."),
            field("source", &ProvenanceShape::source, "Whose id it is."),
            field("external_id", &ProvenanceShape::external_id, "The id in the file."),
            field("at", &ProvenanceShape::at, "When it was imported."),
            field("raw", &ProvenanceShape::raw, "The row as received; not of a protected voter.")};
  }
};

struct HistoryShape {
  std::int64_t position = 0;
  Instant at;
  std::string kind;
  std::string actor;
  std::string actor_name;
  std::optional<std::string> number;
  JsonText payload;
  static Fields fields() {
    return {field("position", &HistoryShape::position, "The place in the feed."),
            field("at", &HistoryShape::at, "When."),
            field("kind", &HistoryShape::kind, "What happened."),
            field("actor", &HistoryShape::actor, "Who did it: person:3, or system."),
            field("actor_name", &HistoryShape::actor_name, "Who did it, for people."),
            field("number", &HistoryShape::number,
                  "Which of the voter's numbers it is about; null: the voter."),
            field("payload", &HistoryShape::payload, "More of it.")};
  }
};

struct VoterShape {
  static constexpr std::string_view kName = "Voter";
  VoterId id;
  NameShape name;
  std::string status;
  bool is_protected = false;
  std::optional<std::int64_t> birth_year;
  std::optional<std::int64_t> age;
  std::optional<std::string> gender;
  std::optional<std::string> race;
  std::optional<std::string> ethnicity;
  std::optional<std::string> party;
  std::optional<std::string> registered_on;
  AddressShape address;
  std::optional<std::string> mail_address;
  std::string county;
  TextMap districts;
  std::optional<std::string> precinct;
  std::optional<std::string> municipality;
  std::vector<PhoneShape> phones;
  std::optional<ScoresShape> scores;
  std::vector<HouseholdShape> household;
  std::vector<VoteShape> votes;
  std::vector<AttemptShape> attempts;
  std::vector<GivenAnswerShape> answers;
  std::vector<SuppressionShape> suppressions;
  std::vector<ProvenanceShape> provenance;
  std::vector<HistoryShape> history;
  static Fields fields();
};

}  // namespace hustings::api
