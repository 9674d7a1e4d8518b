#include "segments/testing/random_electorate.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

namespace hustings::segments::testing {
namespace {

const std::vector<std::string> kCounties = {"WAKE", "DURHAM", "O''BRIEN", "TAB\tAND\\BACKSLASH"};
const std::vector<std::string> kPrecincts = {"01-01", "01-02", "02-01", "13", "99"};
const std::vector<std::string> kCities = {"RALEIGH", "DURHAM", "NEW BERN", "CAFÉ"};
const std::vector<std::string> kParties = {"DEM", "REP", "UNA", "LIB"};
// Of the questions: q3 takes several choices, q4 a number.
constexpr std::ptrdiff_t kMultiplePlace = 2;
constexpr std::ptrdiff_t kNumberPlace = 3;

const std::vector<std::string> kSets = {"1", "2", "3", "1 2", "1 3", "2 3", "1 2 3"};
// Near bounds, and where single precision ends.
const std::vector<std::string> kNumbers = {"0",   "18",   "39.5",   "40",          "-2.5",
                                           "3e1", "1e12", "1e-300", "39.99999999", "-1e200"};
const std::vector<std::string> kDispositions = {"reached", "no_answer", "busy", "refused"};
const std::vector<std::string> kElectionKinds = {"general", "primary"};

/// A literal; the values above are safe to stand between quotes.
std::string quoted(const std::string& value) {
  return "E'" + [&] {
    std::string out;
    for (const char c : value) {
      if (c == '\\') out += '\\';
      out += c;
    }
    return out;
  }() + '\'';
}

}  // namespace

std::string RandomElectorate::random_date() {
  return fmt::format("{}-{:02}-{:02}", 1878 + rng_.below(152), 1 + rng_.below(12),
                     1 + rng_.below(28));
}

std::string RandomElectorate::random_instant() {
  const auto start = std::chrono::sys_days(std::chrono::year(2026) / 9 / 1);
  return to_iso(start + std::chrono::minutes(++minutes_ * 7) +
                std::chrono::microseconds(rng_.below(60'000'000)));
}

std::string RandomElectorate::voter_values(VoterId voter, std::int64_t import) {
  const auto maybe = [&](const std::string& value) {
    return rng_.chance(0.2) ? std::string("null") : value;
  };
  const std::string phone = std::to_string(19195550100 + rng_.below(40));
  return fmt::format(
      "({}, {}, {}, 'nc', 'x{}', {}, {}, 'L', 'F', {}, {}, {}, {}, {}, {}, 'NC', {}, {}, {}, {}, "
      "{}, {}, {}, {}, {}, {})",
      bucket_of(voter), voter.value(), import, voter.value(),
      rng_.chance(0.8) ? "'active'" : "'inactive'", rng_.chance(0.05),
      maybe(rng_.chance(0.5) ? "'F'" : "'M'"), maybe("'W'"), maybe("'NL'"),
      maybe(quoted(any_of(kParties))), maybe(std::to_string(1878 + rng_.below(152))),
      rng_.chance(0.5) ? "null" : '\'' + random_date() + '\'', quoted(any_of(kCounties)),
      maybe(quoted(any_of(kCities))), maybe(fmt::format("'{:05}'", 27000 + rng_.below(30))),
      maybe(std::to_string(1 + rng_.below(60))), maybe(phone), maybe(quoted(any_of(kPrecincts))),
      maybe("'RALEIGH'"), maybe(fmt::format("'{}'", 1 + rng_.below(4))),
      maybe(fmt::format("'{}'", 10 + rng_.below(4))), maybe(fmt::format("'{}'", rng_.below(9))));
}

void RandomElectorate::put_voter(VoterId voter, std::int64_t import) {
  run(fmt::format(
      "delete from voter where voter_id = {0}; delete from phone where voter_id = {0};"
      "insert into voter (bucket, voter_id, import_id, source, external_id, status, protected, "
      "last_name, first_name, gender, race, ethnicity, party, birth_year, birth_date, state, "
      "county, city, zip5, household_id, phone, precinct, municipality, congressional_district, "
      "state_senate_district, state_house_district) values {1};"
      "insert into phone (bucket, voter_id, number, import_id) "
      "select bucket, voter_id, phone, import_id from voter "
      "where voter_id = {0} and phone is not null",
      voter.value(), voter_values(voter, import)));
}

void RandomElectorate::add_election(const std::string& held_on, const std::string& kind) {
  const auto rows = connection_.run_text(
      fmt::format("insert into election (state, held_on, kind, name) "
                  "values ('NC', '{0}', '{1}', '{0} {1}') returning election_id",
                  held_on, kind),
      "test");
  elections_.push_back(rows.only().get<std::int64_t>(0));
}

void RandomElectorate::fill(int voters) {
  for (const char* year : {"2018", "2020", "2022", "2024", "2028"}) {
    for (const std::string& kind : kElectionKinds) {
      add_election(fmt::format("{}-{}", year, kind == "general" ? "11-06" : "05-08"), kind);
    }
  }
  for (int question = 1; question <= 4; ++question)
    save_question();
  import_voters(0, voters);
  import_history(voters * 3);
  import_scores(voters / 2);
  for (int i = 0; i < voters / 3; ++i) {
    attempt();
    say_consent();
  }
  freeze_list();
  freeze_list();
}

void RandomElectorate::happen() {
  switch (rng_.below(14)) {
    case 0:
      return import_voters(static_cast<int>(rng_.below(4)), static_cast<int>(rng_.below(4)));
    case 1:
      return import_history(5);
    case 2:
      return import_scores(3);
    case 3:
      return correct_voter();
    case 4:
      return suppress();
    case 5:
      return end_suppression();
    case 6:
      return rng_.chance(0.2) ? save_question() : attempt();
    case 7:
    case 8:
      return give_answer();
    case 9:
      return say_consent();
    case 10:
      return rng_.chance(0.3) ? freeze_list() : say_consent();
    case 12:
      return join_voters();
    case 13:
      return split_voter();
    default:
      return attempt();
  }
}

void RandomElectorate::commit(pg::Transaction& transaction, const feed::Change& change) {
  feed::commit(transaction, {&change, 1});
}

std::int64_t RandomElectorate::start_import() {
  const std::int64_t import = ++imports_;
  run(fmt::format("create table source_record_{0} partition of source_record for values in ({0})",
                  import));
  return import;
}

void RandomElectorate::publish(std::int64_t import, const std::string& kind, int rows) {
  // The rows are written by the caller's transaction.
  const feed::Change change{.kind = ChangeKind::import_published,
                            .subject = fmt::format("import:{}", import),
                            .actor = "system",
                            .payload = fmt::format(R"({{"kind":"{}","rows":{}}})", kind, rows)};
  pg::Transaction transaction(connection_);
  commit(transaction, change);
}

void RandomElectorate::import_voters(int changed, int added) {
  const std::int64_t import = start_import();
  std::vector<VoterId> touched;
  for (int i = 0; i < changed && !voters_.empty(); ++i)
    touched.push_back(any_voter());
  for (int i = 0; i < added; ++i) {
    const std::int64_t number = made_++;
    voters_.emplace_back(number % 3 == 0 ? number + 1 : 4'294'967'296 + number * 5000);
    touched.push_back(voters_.back());
  }
  run(
      fmt::format("create table if not exists voter_bulk partition of voter "
                  "for values from (4294967296) to (9223372036854775807);"
                  "create table if not exists phone_bulk partition of phone "
                  "for values from (4294967296) to (9223372036854775807);"
                  "create table if not exists vote_bulk partition of vote "
                  "for values from (4294967296) to (9223372036854775807)"));
  std::int64_t record = 0;
  for (const VoterId voter : touched) {
    put_voter(voter, import);
    run(
        fmt::format("insert into source_record (import_id, bucket, record_id, source, external_id, "
                    "line, voter_id, fingerprint) values ({}, {}, {}, 'nc', 'x{}', 1, {}, 0)",
                    import, bucket_of(voter), ++record, voter.value(), voter.value()));
  }
  publish(import, "voters", static_cast<int>(touched.size()));
}

void RandomElectorate::import_history(int votes) {
  const std::int64_t import = start_import();
  for (int i = 0; i < votes; ++i) {
    const VoterId voter = any_voter();
    run(
        fmt::format("insert into vote (bucket, voter_id, election_id, home_id, import_id) "
                    "values ({0}, {1}, {2}, {1}, {3}) on conflict do nothing",
                    bucket_of(voter), voter.value(), any_of(elections_), import));
  }
  publish(import, "history", votes);
}

void RandomElectorate::import_scores(int voters) {
  const std::int64_t import = start_import();
  const auto score = [&] {
    return rng_.chance(0.1) ? std::string("null") : std::to_string(rng_.below(101));
  };
  const auto other_scores = [&]() -> std::string {
    if (rng_.chance(0.3)) return "null";
    if (rng_.chance(0.3)) return R"('{"gun \"rights\"": 40}')";
    return fmt::format(R"('{{"climate": {}}}')", score());
  };
  for (int i = 0; i < voters; ++i) {
    const VoterId voter = any_voter();
    run(fmt::format(
        "insert into voter_score values ({}, {}, {}, {}, {}, {}, {}) "
        "on conflict (bucket, voter_id) do update set import_id = excluded.import_id, "
        "support = excluded.support, turnout = excluded.turnout, "
        "persuadability = excluded.persuadability, other = excluded.other",
        bucket_of(voter), voter.value(), import, score(), score(), score(), other_scores()));
  }
  publish(import, "scores", voters);
}

void RandomElectorate::correct_voter() {
  const VoterId voter = any_voter();
  pg::Transaction transaction(connection_);
  put_voter(voter, 1);
  commit(transaction, {.kind = ChangeKind::voter_corrected,
                       .subject = feed::subject_of("voter", voter),
                       .actor = "person:1",
                       .payload = R"({"fields":["city"]})"});
}

void RandomElectorate::attempt() {
  const VoterId voter = any_voter();
  const std::string at = random_instant();
  const std::int64_t attempt = ++ids_;
  const std::string disposition = any_of(kDispositions);
  const std::uint64_t phonebank = 1 + rng_.below(3);
  pg::Transaction transaction(connection_);
  run(
      fmt::format("insert into contact_attempt (bucket, attempt_id, voter_id, phonebank_id, "
                  "lease_id, caller_id, number, channel, disposition, started_at, ended_at) "
                  "values ({}, {}, {}, {}, 1, 1, 19195550100, 'phone', '{}', '{}', '{}')",
                  bucket_of(voter), attempt, voter.value(), phonebank, disposition, at, at));
  std::string answers;
  if (rng_.chance(0.5)) {
    const std::int64_t question = any_of(questions_);
    const Given given = given_to(question);
    run(
        fmt::format("insert into answer (bucket, answer_id, voter_id, question_id, script_version, "
                    "choice, text, declined, attempt_id, actor, at) "
                    "values ({}, {}, {}, {}, 1, {}, {}, {}, {}, 'person:1', '{}')",
                    bucket_of(voter), ++ids_, voter.value(), question, given.choice, given.text,
                    given.declined, attempt, at));
    answers = fmt::format(R"({{"question":{}{}}})", question, given.members);
  }
  commit(transaction,
         {.kind = ChangeKind::attempt_recorded,
          .subject = feed::subject_of("voter", voter),
          .actor = "person:1",
          .payload = fmt::format(
              R"({{"attempt":{},"phonebank":{},"disposition":"{}","at":"{}","answers":[{}]}})",
              attempt, phonebank, disposition, at, answers)});
}

void RandomElectorate::give_answer() {
  const VoterId voter = any_voter();
  const std::int64_t question = any_of(questions_);
  const Given given = given_to(question);
  const std::string at = random_instant();
  pg::Transaction transaction(connection_);
  run(fmt::format(
      "insert into answer (bucket, answer_id, voter_id, question_id, script_version, choice, text, "
      "declined, actor, at) values ({}, {}, {}, {}, 1, {}, {}, {}, 'person:1', '{}')",
      bucket_of(voter), ++ids_, voter.value(), question, given.choice, given.text, given.declined,
      at));
  commit(transaction,
         {.kind = ChangeKind::answer_recorded,
          .subject = feed::subject_of("voter", voter),
          .actor = "person:1",
          .payload = fmt::format(R"({{"question":{}{},"at":"{}"}})", question, given.members, at)});
}

RandomElectorate::Given RandomElectorate::given_to(std::int64_t question) {
  if (rng_.chance(0.15)) {
    return {.choice = "null", .text = "null", .declined = true, .members = R"(,"declined":true)"};
  }
  const auto place = std::ranges::find(questions_, question) - questions_.begin();
  if (place == kMultiplePlace) {
    const std::string text = any_of(kSets);
    return {.choice = "null",
            .text = '\'' + text + '\'',
            .declined = false,
            .members = fmt::format(R"(,"set":"{}")", text)};
  }
  if (place == kNumberPlace) {
    const std::string text = any_of(kNumbers);
    return {.choice = "null",
            .text = '\'' + text + '\'',
            .declined = false,
            .members = fmt::format(R"(,"number":"{}")", text)};
  }
  const std::string choice = std::to_string(1 + rng_.below(3));
  return {.choice = choice,
          .text = "null",
          .declined = false,
          .members = fmt::format(R"(,"choice":{})", choice)};
}

void RandomElectorate::say_consent() {
  const VoterId voter = any_voter();
  const std::string purpose = rng_.chance(0.7) ? "campaign" : "fundraising";
  const std::string channel = rng_.chance(0.7) ? "phone" : "email";
  const std::string state = rng_.chance(0.6) ? "given" : "withdrawn";
  const bool counts = rng_.chance(0.8);  // a word from before the newest does not
  pg::Transaction transaction(connection_);
  if (counts) {
    run(
        fmt::format("insert into consent (bucket, voter_id, purpose, channel, state, source, at) "
                    "values ({}, {}, '{}', '{}', '{}', 'form', now()) "
                    "on conflict (bucket, voter_id, purpose, channel) "
                    "do update set state = excluded.state",
                    bucket_of(voter), voter.value(), purpose, channel, state));
  }
  commit(transaction,
         {.kind = ChangeKind::consent_recorded,
          .subject = feed::subject_of("voter", voter),
          .actor = "person:1",
          .payload = fmt::format(R"({{"purpose":"{}","channel":"{}","state":"{}","counts":{}}})",
                                 purpose, channel, state, counts)});
}

void RandomElectorate::freeze_list() {
  pg::Transaction transaction(connection_);
  const auto rows = connection_.run_text(
      "insert into list (name, rule, feed_position, seed, size, households, with_phone, "
      "holdout_percent, holdout, created_by, created_at, arms) values ('List', '{}', 0, 1, 1, 1, "
      "1, 0, 0, 'person:1', now(), '[\"holdout\",\"treatment\",\"script_b\"]') "
      "returning list_id",
      "test");
  const auto list = rows.only().get<std::int64_t>(0);
  int ordinal = 0;
  for (const VoterId voter : voters_) {
    if (rng_.chance(0.6)) continue;
    run(fmt::format("insert into list_member values ({}, {}, {}, {}, {})", list, bucket_of(voter),
                    voter.value(), ++ordinal, rng_.below(3)));
  }
  commit(transaction, {.kind = ChangeKind::list_frozen,
                       .subject = fmt::format("list:{}", list),
                       .actor = "person:1",
                       .payload = fmt::format(R"({{"segment":1,"size":{}}})", ordinal)});
}

void RandomElectorate::suppress() {
  const VoterId voter = any_voter();
  const bool by_number = rng_.chance(0.5);
  const auto number = 19195550100 + static_cast<std::int64_t>(rng_.below(40));
  pg::Transaction transaction(connection_);
  run(fmt::format(
      "insert into suppression (number, voter_id, reason, source, actor, at) "
      "values ({}, {}, 'do_not_call', 'call', 'person:1', now()) on conflict do nothing",
      by_number ? std::to_string(number) : "null",
      by_number ? "null" : std::to_string(voter.value())));
  commit(transaction, {.kind = ChangeKind::suppression_added,
                       .subject = by_number ? fmt::format("number:{}", number)
                                            : feed::subject_of("voter", voter),
                       .actor = "person:1",
                       .payload = R"({"reason":"do_not_call"})"});
}

void RandomElectorate::end_suppression() {
  pg::Transaction transaction(connection_);
  const auto rows = connection_.run_text(
      "update suppression set ended_at = now() where suppression_id = (select min(suppression_id) "
      "from suppression where ended_at is null) "
      "returning coalesce('number:' || number, 'voter:' || voter_id)",
      "test");
  if (rows.empty()) return;
  commit(transaction, {.kind = ChangeKind::suppression_ended,
                       .subject = rows.only().get<std::string>(0),
                       .actor = "person:1",
                       .payload = R"({"voters":[]})"});
}

void RandomElectorate::join_voters() {
  if (voters_.size() < 3) return;
  std::swap(voters_[rng_.below(voters_.size())], voters_.back());
  const VoterId from = voters_.back();
  voters_.pop_back();
  const VoterId to = any_voter();
  pg::Transaction transaction(connection_);
  move_rows(from, to, std::nullopt);
  run(
      fmt::format("delete from voter where voter_id = {0}; delete from phone where voter_id = {0}; "
                  "delete from voter_score where voter_id = {0}; "
                  "insert into consent (bucket, voter_id, purpose, channel, state, source, at) "
                  "select {2}, {1}, purpose, channel, state, source, at from consent "
                  "where voter_id = {0} on conflict do nothing; "
                  "delete from consent where voter_id = {0}; "
                  "update link set bucket = {2}, voter_id = {1} where voter_id = {0}; "
                  "insert into link (bucket, home_id, home_bucket, voter_id, decided_by, at) "
                  "values ({2}, {0}, {3}, {1}, 'person:1', now())",
                  from.value(), to.value(), bucket_of(to), bucket_of(from)));
  put_voter(to, 1);
  joined_.push_back(from);
  commit(transaction, {.kind = ChangeKind::persons_joined,
                       .subject = feed::subject_of("voter", to),
                       .actor = "person:1",
                       .payload = fmt::format(R"({{"joined":[{}]}})", from.value())});
}

void RandomElectorate::split_voter() {
  if (joined_.empty()) return;
  const VoterId home = joined_.back();
  joined_.pop_back();
  pg::Transaction transaction(connection_);
  const auto left = connection_.run_text(
      fmt::format("delete from link where home_id = {} returning voter_id", home.value()), "test");
  const VoterId person = left.only().get<VoterId>(0);
  put_voter(home, 1);
  put_voter(person, 1);
  move_rows(person, home, home);
  voters_.push_back(home);
  commit(transaction, {.kind = ChangeKind::person_split,
                       .subject = feed::subject_of("voter", person),
                       .actor = "person:1",
                       .payload = fmt::format(R"({{"from":{},"split_off":{},"homes":[{}]}})",
                                              person.value(), home.value(), home.value())});
}

/// The rows of one voter become another's; of one home only if it is given.
void RandomElectorate::move_rows(VoterId from, VoterId to, std::optional<VoterId> home) {
  for (const char* table : {"vote", "contact_attempt", "answer", "suppression"}) {
    const bool has_bucket = std::string_view(table) != "suppression";
    run(fmt::format(
        "update {0} set {1}voter_id = {2}, home_id = nullif(coalesce(home_id, voter_id), {3}) "
        "where voter_id = {4} and ({5}::bigint is null or coalesce(home_id, voter_id) = {5})",
        table, has_bucket ? fmt::format("bucket = {}, ", bucket_of(to)) : "", to.value(),
        std::string_view(table) == "vote" ? -1 : to.value(), from.value(),
        home ? std::to_string(home->value()) : "null"));
  }
}

void RandomElectorate::save_question() {
  pg::Transaction transaction(connection_);
  const auto place = std::ssize(questions_);
  const std::string_view kind = place == kMultiplePlace ? "multiple"
                                : place == kNumberPlace ? "number"
                                                        : "choice";
  const auto rows = connection_.run_text(
      fmt::format("insert into question (key, kind, text, choices) values ('q{}', '{}', "
                  "'Which?', '{}') returning question_id",
                  place + 1, kind, kind == "number" ? "[]" : R"(["Yes","No","Perhaps"])"),
      "test");
  questions_.push_back(rows.only().get<std::int64_t>(0));
  commit(transaction, {.kind = ChangeKind::script_saved,
                       .subject = "script:1",
                       .actor = "person:1",
                       .payload = R"({"version":1})"});
}

}  // namespace hustings::segments::testing
