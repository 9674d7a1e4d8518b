#include "segments/change_reading.h"

#include <algorithm>
#include <set>

#include <boost/json.hpp>

#include "base/text.h"
#include "segments/snapshot.h"
#include "segments/sql.h"

namespace hustings::segments {
namespace {

namespace json = boost::json;

/// The number of "voter:17", if the subject is of that kind.
std::optional<std::int64_t> number_after(std::string_view subject, std::string_view kind) {
  if (!subject.starts_with(kind) || subject.size() <= kind.size() || subject[kind.size()] != ':') {
    return std::nullopt;
  }
  return parse_int(subject.substr(kind.size() + 1));
}

std::optional<std::int64_t> number_at(const json::object& object, std::string_view key) {
  const json::value* value = object.if_contains(key);
  if (value == nullptr || !value->is_number()) return std::nullopt;
  boost::system::error_code error;
  const auto number = value->to_number<std::int64_t>(error);
  return error ? std::nullopt : std::optional(number);
}

std::optional<std::string> text_at(const json::object& object, std::string_view key) {
  const json::value* value = object.if_contains(key);
  if (value == nullptr || !value->is_string()) return std::nullopt;
  return std::string(value->get_string());
}

std::optional<Instant> instant_at(const json::object& object, std::string_view key) {
  const auto text = text_at(object, key);
  return text ? from_iso(*text) : std::nullopt;
}

json::object payload_of(const feed::Entry& entry) {
  boost::system::error_code error;
  json::value value = json::parse(entry.payload, error);
  return error || !value.is_object() ? json::object() : std::move(value.get_object());
}

std::optional<AnswerSeen> answer_of(VoterId voter, const json::object& object, Instant at) {
  const auto question = number_at(object, "question");
  if (!question) return std::nullopt;
  const auto choice = number_at(object, "choice");
  Said said;
  if (choice) said.choice = static_cast<int>(*choice);
  if (const auto set = text_at(object, "set")) said.set = said_set(*set);
  if (const auto number = text_at(object, "number")) said.number = said_number(*number);
  return AnswerSeen{.voter = voter,
                    .question = QuestionId(*question),
                    .said = said,
                    .at = instant_at(object, "at").value_or(at)};
}

std::optional<std::int16_t> score_at(const pg::Row& row, int column) {
  return row.get<std::optional<std::int16_t>>(column);
}

ScoresSeen scores_seen(const pg::Row& row) {
  return {.voter = row.get<VoterId>(0),
          .scores = {score_at(row, 1), score_at(row, 2), score_at(row, 3)},
          .others = row.is_null(4) ? std::map<std::string, int>() : scores_of(row.text(4))};
}

/// An attempt's or answer's voter may be one whom an earlier change of the same batch brought.
bool knows(const Electorate& electorate, VoterId voter) {
  return electorate.find(voter) != Electorate::kNoRow;
}

}  // namespace

void Batch::add(std::span<const feed::Entry> entries) {
  for (const feed::Entry& entry : entries) {
    add(entry);
    position = entry.position;
  }
}

void Batch::add(const feed::Entry& entry) {
  switch (entry.kind) {
    case ChangeKind::attempt_recorded:
    case ChangeKind::answer_recorded:
      return add_contact(entry);
    case ChangeKind::suppression_added:
    case ChangeKind::suppression_ended:
      return add_suppression(entry);
    case ChangeKind::voter_corrected:
    case ChangeKind::result_changed:
    case ChangeKind::voter_erased:
      if (const auto voter = number_after(entry.subject, "voter")) {
        reread.voters.emplace_back(*voter);
      }
      return;
    case ChangeKind::persons_joined:
    case ChangeKind::person_split:
      return add_persons(entry);
    case ChangeKind::import_undone:
    case ChangeKind::persons_joined_many:
    case ChangeKind::survivorship_changed:
      is_undo = true;
      return;
    case ChangeKind::script_saved:
      reread.questions = true;
      return;
    case ChangeKind::consent_recorded:
      return add_consent(entry);
    case ChangeKind::list_frozen:
      if (const auto list = number_after(entry.subject, "list")) reread.lists.emplace_back(*list);
      return;
    case ChangeKind::list_joined:
      return add_joined(entry);
    case ChangeKind::phonebank_saved:
      reread.phonebanks = true;
      return;
    case ChangeKind::import_published: {
      const json::object payload = payload_of(entry);
      const auto import = number_after(entry.subject, "import");
      const auto kind = text_at(payload, "kind");
      const auto rows = number_at(payload, "rows");
      if (!import || !kind || !rows) {
        is_unreadable = true;
        return;
      }
      reread.imports.push_back({ImportId(*import), *kind, *rows});
      // Of a voter file that comes again most rows are the same, and not read again.
      const auto added = number_at(payload, "new");
      const auto changed = number_at(payload, "changed");
      if (*kind == "voters" && added && changed) reread.imports.back().rows = *added + *changed;
      return;
    }
    default:
      return;  // nothing that a rule can ask about
  }
}

void Batch::add_contact(const feed::Entry& entry) {
  const auto number = number_after(entry.subject, "voter");
  const json::object payload = payload_of(entry);
  if (!number) {
    is_unreadable = true;
    return;
  }
  const VoterId voter(*number);
  if (entry.kind == ChangeKind::answer_recorded) {
    const auto answer = answer_of(voter, payload, entry.at);
    is_unreadable |= !answer;
    if (answer) contacts.emplace_back(*answer);
    return;
  }
  const auto attempt = number_at(payload, "attempt");
  const auto disposition = text_at(payload, "disposition");
  const auto phonebank = number_at(payload, "phonebank");
  const auto at = instant_at(payload, "at");
  if (!attempt || !disposition || !at) {
    is_unreadable = true;
    return;
  }
  contacts.emplace_back(AttemptSeen{voter,
                                    {.attempt = AttemptId(*attempt),
                                     .disposition = *disposition,
                                     .ended_at = *at,
                                     .phonebank = PhonebankId(phonebank.value_or(0))}});
  const json::value* answers = payload.if_contains("answers");
  if (answers == nullptr || !answers->is_array()) return;
  for (const json::value& one : answers->get_array()) {
    const auto answer = one.is_object() ? answer_of(voter, one.get_object(), *at) : std::nullopt;
    is_unreadable |= !answer;
    if (answer) contacts.emplace_back(*answer);
  }
}

void Batch::add_suppression(const feed::Entry& entry) {
  if (const auto number = number_after(entry.subject, "number")) reread.numbers.push_back(*number);
  if (const auto voter = number_after(entry.subject, "voter")) reread.voters.emplace_back(*voter);
  const json::object payload = payload_of(entry);
  const json::value* affected = payload.if_contains("voters");
  if (affected == nullptr || !affected->is_array()) return;
  for (const json::value& voter : affected->get_array()) {
    boost::system::error_code error;
    const auto id = voter.to_number<std::int64_t>(error);
    if (!error) reread.voters.emplace_back(id);
  }
}

void Batch::add_consent(const feed::Entry& entry) {
  const auto voter = number_after(entry.subject, "voter");
  const json::object payload = payload_of(entry);
  const auto purpose = consent_purpose_from(text_at(payload, "purpose").value_or(""));
  const auto channel = consent_channel_from(text_at(payload, "channel").value_or(""));
  const auto state = consent_state_from(text_at(payload, "state").value_or(""));
  const json::value* counts = payload.if_contains("counts");
  if (!voter || !purpose || !channel || !state || counts == nullptr || !counts->is_bool()) {
    is_unreadable = true;
    return;
  }
  if (!counts->get_bool()) return;  // said later than a newer word
  consents.push_back({VoterId(*voter), *purpose, *channel, *state});
}

/// Who came to a list later.
void Batch::add_joined(const feed::Entry& entry) {
  const auto list = number_after(entry.subject, "list");
  const json::object payload = payload_of(entry);
  const auto numbers_at = [&](std::string_view key) {
    std::vector<std::int64_t> numbers;
    const json::value* array = payload.if_contains(key);
    if (array == nullptr || !array->is_array()) return numbers;
    for (const json::value& one : array->get_array()) {
      boost::system::error_code error;
      numbers.push_back(one.to_number<std::int64_t>(error));
    }
    return numbers;
  };
  const std::vector<std::int64_t> joined = numbers_at("voters");
  const std::vector<std::int64_t> arms = numbers_at("arms");
  if (!list || joined.empty() || joined.size() != arms.size()) {
    is_unreadable = true;
    return;
  }
  for (std::size_t i = 0; i < joined.size(); ++i)
    members.push_back({VoterId(joined[i]), ListId(*list), static_cast<int>(arms[i])});
}

void Batch::add_persons(const feed::Entry& entry) {
  const json::object payload = payload_of(entry);
  std::vector<std::int64_t> ids;
  if (const auto voter = number_after(entry.subject, "voter")) ids.push_back(*voter);
  for (const std::string_view key : {"split_off", "from"}) {
    if (const auto voter = number_at(payload, key)) ids.push_back(*voter);
  }
  if (const json::value* joined = payload.if_contains("joined"); joined && joined->is_array()) {
    for (const json::value& voter : joined->get_array()) {
      boost::system::error_code error;
      const auto id = voter.to_number<std::int64_t>(error);
      if (!error) ids.push_back(id);
    }
  }
  is_unreadable |= ids.size() < 2;
  for (const std::int64_t id : ids) {
    const VoterId voter(id);
    if (reread.persons.insert(voter).second) reread.voters.push_back(voter);
  }
}

void Batch::take_voters(const pg::Rows& rows) {
  constexpr int kColumns = 23;
  std::vector<Cell> cells(kColumns);
  for (const pg::Row row : rows) {
    for (int i = 0; i < kColumns; ++i) {
      cells[static_cast<std::size_t>(i)] = {.text = row.text(i), .is_null = row.is_null(i)};
    }
    voters.push_back(voter_of(cells));
  }
}

void Batch::read_import(pg::Connection& connection, const Reread::Import& import) {
  for (const pg::Row row : connection.run(sql::kElections)) {
    elections.push_back(election_of(row));
  }
  if (import.kind == "scores") {
    for (const pg::Row row : connection.run(sql::kScoresOfImport, import.id)) {
      scores.push_back(scores_seen(row));
    }
    return;
  }
  const bool is_history = import.kind == "history";
  if (!is_history) take_voters(connection.run(sql::kVotersOfImport, import.id));
  const pg::Statement& votes_read = is_history ? sql::kVotesOfImport : sql::kVotesOfImportVoters;
  for (const pg::Row row : connection.run(votes_read, import.id)) {
    votes.push_back({row.get<VoterId>(0), row.get<ElectionId>(1)});
  }
}

void Batch::read_list(pg::Connection& connection, ListId list) {
  constexpr int kPage = 100'000;
  for (const pg::Row row : connection.run(sql::kListInfo, list))
    lists.push_back(list_of(row));
  for (std::int64_t after = 0;;) {
    const pg::Rows rows = connection.run(sql::kListMembers, list, after, kPage);
    for (const pg::Row row : rows) {
      after = row.get<std::int64_t>(0);
      members.push_back({row.get<VoterId>(1), list, row.get<std::int32_t>(2)});
    }
    if (rows.size() < kPage) return;
  }
}

void Batch::read_rows(pg::Connection& connection) {
  for (const Reread::Import& import : reread.imports)
    read_import(connection, import);
  if (reread.questions) {
    for (const pg::Row row : connection.run(sql::kQuestions)) {
      questions.push_back(question_of(row));
    }
  }
  for (const ListId list : reread.lists)
    read_list(connection, list);
  if (reread.phonebanks) {
    for (const pg::Row row : connection.run(sql::kPhonebanks)) {
      phonebanks.push_back({row.get<PhonebankId>(0), row.get<std::string>(1)});
    }
  }
  if (!reread.numbers.empty()) {
    for (const pg::Row row : connection.run(sql::kVotersOfNumbers, reread.numbers)) {
      reread.voters.push_back(row.get<VoterId>(0));
    }
  }
  if (reread.voters.empty()) return;
  std::vector<std::int16_t> buckets;
  for (const VoterId voter : reread.voters)
    buckets.push_back(bucket_of(voter));
  const std::size_t before = voters.size();
  take_voters(connection.run(sql::kVotersById, buckets, reread.voters));
  std::set<VoterId> found;
  for (std::size_t i = before; i < voters.size(); ++i)
    found.insert(voters[i].voter);
  for (const VoterId voter : reread.voters) {
    if (!found.contains(voter)) gone.push_back(voter);
  }
  if (!reread.persons.empty()) read_persons(connection);
}

/// Everything that hangs on persons who have other identities now.
void Batch::read_persons(pg::Connection& connection) {
  const std::vector<VoterId> persons(reread.persons.begin(), reread.persons.end());
  std::vector<std::int16_t> buckets;
  for (const VoterId person : persons)
    buckets.push_back(bucket_of(person));
  const auto rows_of = [&](const pg::Statement& statement) {
    return connection.run(statement, buckets, persons);
  };
  for (const pg::Row row : connection.run(sql::kElections))
    elections.push_back(election_of(row));
  for (const pg::Row row : connection.run(sql::kListInfos))
    lists.push_back(list_of(row));
  for (const pg::Row row : rows_of(sql::kVotesById))
    votes.push_back({row.get<VoterId>(0), row.get<ElectionId>(1)});
  for (const pg::Row row : rows_of(sql::kScoresById))
    scores.push_back(scores_seen(row));
  for (const pg::Row row : rows_of(sql::kAttemptsById)) {
    contacts_of_persons.emplace_back(AttemptSeen{row.get<VoterId>(0),
                                                 {.attempt = row.get<AttemptId>(1),
                                                  .disposition = row.get<std::string>(2),
                                                  .ended_at = row.get<Instant>(3),
                                                  .phonebank = row.get<PhonebankId>(4)}});
  }
  for (const pg::Row row : rows_of(sql::kAnswersById)) {
    contacts_of_persons.emplace_back(
        AnswerSeen{.voter = row.get<VoterId>(0),
                   .question = row.get<QuestionId>(1),
                   .said = said_of(row.get<std::optional<int>>(2), row.text(4), row.text(5)),
                   .at = row.get<Instant>(3)});
  }
  for (const pg::Row row : rows_of(sql::kConsentsById)) {
    const auto purpose = consent_purpose_from(row.text(1));
    const auto channel = consent_channel_from(row.text(2));
    const auto state = consent_state_from(row.text(3));
    if (!purpose || !channel || !state) continue;
    consents_of_persons.push_back({row.get<VoterId>(0), *purpose, *channel, *state});
  }
  for (const pg::Row row : rows_of(sql::kMembersById)) {
    members.push_back({row.get<VoterId>(0), row.get<ListId>(1), row.get<std::int16_t>(2)});
  }
}

/// What the feed says of persons who were read again is in what was read.
bool Batch::apply_contacts(Electorate& electorate) const {
  bool is_complete = true;
  const auto apply = [&](const std::variant<AttemptSeen, AnswerSeen>& contact) {
    if (const auto* attempt = std::get_if<AttemptSeen>(&contact)) {
      is_complete &= electorate.record_attempt(attempt->voter, attempt->attempt);
    } else {
      const AnswerSeen& answer = std::get<AnswerSeen>(contact);
      is_complete &= knows(electorate, answer.voter);
      electorate.record_answer(answer.voter, answer.question, answer.said, answer.at);
    }
  };
  for (const auto& contact : contacts) {
    const VoterId voter = std::visit([](const auto& seen) { return seen.voter; }, contact);
    if (!reread.persons.contains(voter)) apply(contact);
  }
  for (const auto& contact : contacts_of_persons)
    apply(contact);
  return is_complete;
}

bool Batch::apply_to(Electorate& electorate) const {
  for (const ElectionInfo& election : elections)
    electorate.put_election(election);
  for (const QuestionInfo& question : questions)
    electorate.put_question(question);
  for (const VoterId person : reread.persons)
    electorate.remove(person);
  for (const VoterRecord& voter : voters)
    electorate.put(voter);
  bool is_complete = true;
  for (const ScoresSeen& one : scores)
    is_complete &= electorate.set_scores(one.voter, one.scores);
  is_complete &= apply_history(electorate);
  for (const VoteSeen& vote : votes)
    is_complete &= electorate.set_voted(vote.voter, vote.election);
  is_complete &= apply_contacts(electorate);
  for (const VoterId voter : gone)
    electorate.remove(voter);
  return is_complete;
}

bool Batch::apply_history(Electorate& electorate) const {
  History& history = electorate.history();
  for (const PhonebankInfo& phonebank : phonebanks)
    history.put_phonebank(phonebank);
  for (const ListInfo& list : lists)
    history.put_list(list);
  bool is_complete = true;
  const auto row_of = [&](VoterId voter) {
    const Row row = electorate.find(voter);
    is_complete &= row != Electorate::kNoRow;
    return row;
  };
  for (const ScoresSeen& one : scores) {
    if (const Row row = row_of(one.voter); row != Electorate::kNoRow) {
      electorate.note(row);
      history.set_scores(row, one.others);
    }
  }
  const auto set_consent = [&](const ConsentSeen& one) {
    const Row row = row_of(one.voter);
    if (row == Electorate::kNoRow) return;
    electorate.note(row);
    history.set_consent(row, one.purpose, one.channel, one.state);
  };
  for (const ConsentSeen& one : consents) {
    if (!reread.persons.contains(one.voter)) set_consent(one);
  }
  for (const ConsentSeen& one : consents_of_persons)
    set_consent(one);
  for (const MemberSeen& one : members) {
    // A member may have gone with an undone import, or be another's identity by now.
    const Row row = electorate.find(one.voter);
    if (row == Electorate::kNoRow) continue;
    electorate.note(row);
    history.set_member(row, one.list, one.arm);
  }
  return is_complete;
}

}  // namespace hustings::segments
