#include "rights/erasure.h"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "registry/home_set.h"
#include "registry/household.h"
#include "registry/persons.h"
#include "registry/profiles.h"
#include "rights/sql.h"

namespace hustings::rights {
namespace {

constexpr std::array<std::string_view, 4> kReasons = {"person_asked", "law", "minor", "mistake"};

/// What must be known of a person before the rows are gone.
struct Facts {
  PersonIds person;
  ErasedPerson files;
  std::vector<std::string> first_names;
  std::vector<std::string> traits;  ///< what the tombstones of the person are set on
  std::vector<std::int64_t> numbers;
};

template <class T>
void take(std::vector<T>& into, T value) {
  if (std::ranges::find(into, value) == into.end()) into.push_back(std::move(value));
}

/// The columns last_name, first_name, birth_date, birth_year, state, zip5, street from `first` on.
std::vector<std::string> words_of(const pg::Row& row, int first) {
  const std::string_view zip5 = row.text(first + 5);
  PersonTraits traits{
      .last_name = row.text(first),
      .first_name = row.text(first + 1),
      .birth_date = row.get<std::optional<std::int32_t>>(first + 2),
      .birth_year = row.get<std::optional<std::int16_t>>(first + 3).value_or(0),
      .zip5 = zip5,
      .household = registry::household_id(
          {.state = row.text(first + 4), .zip5 = zip5, .street = row.text(first + 6)})};
  return person_words(traits);
}

Facts facts_of(pg::Connection& connection, VoterId voter) {
  Facts out;
  out.person = ids_of(connection, voter);
  out.files = files_of(connection, out.person);
  const PersonIds& of = out.person;
  for (const pg::Row row : connection.run(sql::kErasurePersons, of.buckets, of.ids)) {
    take(out.first_names, row.get<std::string>(1));
    for (std::string& words : words_of(row, 0))
      take(out.traits, std::move(words));
  }
  for (const pg::Row row : connection.run(sql::kErasureNumbers, of.buckets, of.ids)) {
    out.numbers.push_back(row.get<std::int64_t>(0));
  }
  return out;
}

void set_tombstones(pg::Transaction& transaction, const Facts& facts, Instant now) {
  const TombstoneKey key = tombstone_key(transaction, now);
  std::vector<std::string> identities;
  for (const auto& [source, id] : facts.files.identities)
    identities.push_back(identity_words(source, id));
  add_tombstones(transaction, key, "identity", identities, now);
  add_tombstones(transaction, key, "person", facts.traits, now);
}

/// Takes the person out of all queues, calls under way included. Locks in the order of everybody:
/// attempts, the voter, then lines by number and phone bank.
std::int64_t leave_queues(pg::Transaction& transaction, const Facts& facts, Instant now) {
  transaction.run(sql::kErasureAttemptsLock, facts.numbers);
  registry::begin_moves(transaction);
  transaction.run(sql::kErasureVoterLock, bucket_of(facts.person.voter), facts.person.voter);
  transaction.run(sql::kErasureLinesLock, facts.numbers);
  transaction.run(sql::kErasureLeasesOld, now);
  transaction.run(sql::kErasureLeases, facts.person.ids, facts.numbers, now);
  std::vector<PhonebankId> phonebanks;
  std::vector<std::int64_t> numbers;
  for (const pg::Row row : transaction.run(sql::kEraseCallTarget, facts.person.ids)) {
    phonebanks.push_back(row.get<PhonebankId>(0));
    numbers.push_back(row.get<std::int64_t>(1));
  }
  transaction.run(sql::kEraseQueueLine, phonebanks, numbers);
  transaction.run(sql::kErasureLinesShared, phonebanks, numbers);
  return std::ssize(numbers);
}

std::int64_t leave_lists(pg::Transaction& transaction, const PersonIds& person) {
  std::vector<ListId> lists;
  std::int64_t places = 0;
  for (const pg::Row row : transaction.run(sql::kEraseListMember, person.buckets, person.ids)) {
    ++places;
    // Who joined a list later is not in its size.
    if (row.get<bool>(1)) lists.push_back(row.get<ListId>(0));
  }
  transaction.run(sql::kEraseListCount, lists);
  return places;
}

/// No file held them, as undo sees it.
void leave_presence(pg::Transaction& transaction, const Facts& facts) {
  std::vector<std::string> sources;
  for (const auto& [source, id] : facts.files.identities)
    take(sources, source);
  registry::HomeSet erased;
  for (const VoterId id : facts.person.ids)
    erased.add(id.value());
  for (const pg::Row row : transaction.run(sql::kErasurePresence, sources)) {
    registry::HomeSet homes = registry::HomeSet::from_bytes(row.get<pg::Bytes>(2).bytes);
    const std::int64_t before = homes.size();
    homes -= erased;
    if (homes.size() == before) continue;
    transaction.run(sql::kPresencePut, row.get<ImportId>(0), row.get<std::string>(1),
                    pg::Bytes{homes.bytes()});
  }
}

/// What dry runs showed of the person.
void leave_reports(pg::Transaction& transaction, const Facts& facts) {
  std::vector<std::string> words = facts.files.last_names;
  for (const auto& [source, id] : facts.files.identities)
    words.push_back(id);
  for (const VoterId id : facts.person.ids)
    words.push_back(id.text());
  transaction.run(sql::kEraseImportReport, words);
}

feed::Change change_of(const ErasureRequest& request, const Erasure& erasure) {
  return {.kind = ChangeKind::voter_erased,
          .subject = feed::subject_of("voter", erasure.voter),
          .actor = request.actor,
          .payload = fmt::format(R"({{"reason":"{}","identities":{}}})", to_string(request.reason),
                                 erasure.identities)};
}

}  // namespace

std::string_view to_string(ErasureReason reason) {
  return kReasons.at(static_cast<std::size_t>(reason));
}

std::optional<ErasureReason> erasure_reason_from(std::string_view text) {
  const auto place = std::ranges::find(kReasons, text);
  if (place == kReasons.end()) return std::nullopt;
  return static_cast<ErasureReason>(place - kReasons.begin());
}

ErasedPerson files_of(pg::Connection& connection, const PersonIds& person) {
  ErasedPerson out;
  for (const pg::Row row : connection.run(sql::kErasureIdentities, person.buckets, person.ids)) {
    out.identities.emplace_back(row.text(0), row.text(1));
  }
  for (const pg::Row row : connection.run(sql::kErasurePersons, person.buckets, person.ids)) {
    take(out.last_names, row.get<std::string>(0));
  }
  for (const pg::Row row : connection.run(sql::kErasureLines, person.buckets, person.ids)) {
    out.lines.emplace_back(row.get<ImportId>(0), row.get<std::int64_t>(1));
  }
  return out;
}

Result<Erasure> erase_person(pg::Transaction& transaction, const ErasureRequest& request,
                             RawRows* raw, Instant now, std::vector<feed::Change>& changes) {
  if (!transaction.run(sql::kErasureImportLock).only().get<bool>(0)) {
    return refuse(ErrorCode::conflict,
                  "An import, an undo or the making of a phone bank is running; erase the person "
                  "once it has ended.");
  }
  registry::lock_profiles(transaction);
  const VoterId voter = registry::person_of(transaction.connection(), request.voter);
  if (transaction.run(sql::kPersonProtected, bucket_of(voter), voter).empty()) {
    return refuse(ErrorCode::not_found, "There is no such voter.");
  }
  const Facts facts = facts_of(transaction.connection(), voter);
  set_tombstones(transaction, facts, now);
  Erasure out{.voter = voter,
              .identities = std::ssize(facts.files.identities),
              .tables = {},
              .raw_rows = raw == nullptr ? 0 : raw->erase(transaction, facts.files)};
  const auto note = [&](std::string_view table, std::int64_t rows) {
    if (rows > 0) out.tables.emplace_back(table, rows);
  };
  note("call_target", leave_queues(transaction, facts, now));
  note("list_member", leave_lists(transaction, facts.person));
  for (const PersonTable& one : person_tables()) {
    if (one.erase == nullptr) continue;
    note(one.table, transaction.run(*one.erase, facts.person.buckets, facts.person.ids).affected());
  }
  transaction.run(sql::kEraseSuppressionVoter, facts.person.ids);
  transaction.run(sql::kEraseLineAttempt, facts.numbers);
  transaction.run(sql::kEraseChangeVoters, facts.person.ids);
  transaction.run(sql::kEraseSearchWord, facts.files.last_names, facts.first_names);
  leave_presence(transaction, facts);
  leave_reports(transaction, facts);
  changes.push_back(change_of(request, out));
  return out;
}

std::vector<VoterId> voters_under(pg::Connection& connection, const Tombstones& tombstones) {
  constexpr int kPage = 50'000;
  std::set<VoterId> out;
  if (tombstones.empty()) return {};
  std::int16_t bucket = -1;
  VoterId after;
  for (bool goes_on = true; goes_on;) {
    const pg::Rows rows = connection.run(sql::kTombstoneVoters, bucket, after, kPage);
    for (const pg::Row row : rows) {
      bucket = row.get<std::int16_t>(0);
      after = row.get<VoterId>(1);
      if (tombstones.holds_any(words_of(row, 2))) out.insert(after);
    }
    goes_on = rows.size() == kPage;
  }
  for (const pg::Row import : connection.run(sql::kTombstoneImports)) {
    bucket = -1;
    for (bool goes_on = true; goes_on;) {
      const pg::Rows rows =
          connection.run(sql::kTombstoneRecords, import.get<ImportId>(0), bucket, after, kPage);
      for (const pg::Row row : rows) {
        bucket = row.get<std::int16_t>(0);
        after = row.get<VoterId>(1);
        if (tombstones.holds_identity(row.text(2), row.text(3))) out.insert(row.get<VoterId>(4));
      }
      goes_on = rows.size() == kPage;
    }
  }
  return {out.begin(), out.end()};
}

}  // namespace hustings::rights
