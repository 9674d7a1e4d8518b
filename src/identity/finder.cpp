#include "identity/finder.h"

#include <algorithm>
#include <shared_mutex>
#include <unordered_map>
#include <unordered_set>

#include <boost/json.hpp>

#include "base/text.h"
#include "identity/evidence.h"
#include "identity/identities.h"
#include "identity/narrow_index.h"
#include "identity/sql.h"
#include "linkage/index.h"

namespace hustings::identity {
namespace {

constexpr std::chrono::milliseconds kLookEvery{1000};
/// Changes that are added one by one; after more the index is built anew.
constexpr int kChangesMax = 2000;
constexpr std::size_t kAddedMax = 50'000;
constexpr std::int64_t kRowsOfImportMax = 20'000;
constexpr std::size_t kAskEvery = 256;     ///< rows of a file until it is asked whether to go on
constexpr std::size_t kEachPersonMax = 4;  ///< candidates read for each that is shown

struct SinceThen {
  std::vector<std::int64_t> homes;  ///< to be read again
  feed::Position position = 0;
  bool is_too_much = false;
};

void add_import(pg::Connection& connection, const pg::Row& row, ImportId import, SinceThen& since) {
  const std::string_view payload = row.text(2);
  const auto value = boost::json::parse(boost::json::string_view(payload.data(), payload.size()));
  const auto& object = value.as_object();
  const boost::json::value* kind = object.if_contains("kind");
  if (kind == nullptr || *kind != "voters") return;
  const auto count = [&](std::string_view name) {
    const boost::json::value* number = object.if_contains(name);
    return number == nullptr ? kRowsOfImportMax : number->to_number<std::int64_t>();
  };
  if (count("new") + count("changed") > kRowsOfImportMax) {
    since.is_too_much = true;
    return;
  }
  const auto homes = homes_of_imports(connection, {import});
  since.homes.insert(since.homes.end(), homes.begin(), homes.end());
}

/// An undo or a split needs nothing: who is gone is left out of the answer, and whose an identity
/// is is asked then.
SinceThen changes_since(pg::Connection& connection, feed::Position position) {
  SinceThen since;
  since.position = connection.run(sql::kFeedHead).only().get<feed::Position>(0);
  const pg::Rows rows = connection.run(sql::kChangesOfVoters, position, kChangesMax);
  for (const pg::Row row : rows) {
    const std::string_view kind = row.text(0);
    since.is_too_much |= kind == "voter_erased";  // and with the old index the values
    const std::string_view subject = row.text(1);
    const auto number = parse_int(subject.substr(subject.find(':') + 1)).value_or(0);
    if (kind == "import_published") add_import(connection, row, ImportId(number), since);
    if (kind == "voter_corrected") since.homes.push_back(number);
    since.position = std::max(since.position, row.get<feed::Position>(3));
  }
  since.is_too_much |= rows.size() >= kChangesMax;
  return since;
}

using Persons = std::unordered_map<std::int64_t, VoterId>;

/// Whose identities the homes are now; nothing of those who are gone or protected.
Persons persons_of(pg::Connection& connection, const std::vector<FoundVoter>& found) {
  std::vector<std::int64_t> homes;
  std::vector<std::int16_t> buckets;
  for (const FoundVoter& one : found) {
    homes.push_back(one.voter.value());
    buckets.push_back(bucket_of(one.voter));
  }
  Persons persons;
  for (const pg::Row row : connection.run(sql::kPersonsOfHomes, homes, buckets))
    persons.emplace(row.get<std::int64_t>(0), row.get<VoterId>(1));
  return persons;
}

FoundVoter found_by(const linkage::Match& match, const std::vector<Identity>& identities) {
  return {
      .voter = identities[match.rows.left].home, .probability = match.probability, .evidence = {}};
}

}  // namespace

/// Everybody in memory, and the feed position up to which that is true.
class Finder::Index {
 public:
  /// Loads everything, in one snapshot.
  explicit Index(pg::Connection& connection) : identities_(words_) {
    pg::Transaction snapshot(connection, Deadline::never(),
                             pg::Transaction::Isolation::repeatable_read);
    seen_at_ = std::chrono::steady_clock::now();
    position_ = snapshot.run(sql::kFeedHead).only().get<std::int64_t>(0);
    linkage::Model model = asking_model(connection);
    load_identities(
        connection, sources_, [this](VoterId, std::uint16_t) { return &identities_; },
        [](std::int64_t) {});
    snapshot.commit();
    expect_one_in_two(model, identities_.rows.size());
    index_ = std::make_unique<linkage::Index>(identities_.records, std::move(model),
                                              std::vector<linkage::Rule>());
  }

  /// Takes up what is new. False if that is too much.
  bool follow(pg::Connection& connection) {
    const auto asked_at = std::chrono::steady_clock::now();
    const SinceThen since = changes_since(connection, position_);
    if (since.is_too_much || added_ + since.homes.size() > kAddedMax) return false;
    if (!since.homes.empty()) add(connection, since.homes);
    const std::unique_lock lock(mutex_);
    added_ += since.homes.size();
    position_ = since.position;
    seen_at_ = asked_at;
    return true;
  }

  std::size_t size() const { return identities_.rows.size(); }

  FindAnswer find(const Question& question) const {
    PersonReader reader;
    const linkage::Person person = reader.read(question.fields);
    const std::size_t limit = std::min(question.limit, kCandidatesMax);
    const std::shared_lock lock(mutex_);
    const auto begun = std::chrono::steady_clock::now();
    const auto matches = index_->find(person, limit * kEachPersonMax, question.probability_min);
    const auto ended = std::chrono::steady_clock::now();
    FindAnswer answer;
    answer.took = std::chrono::duration_cast<std::chrono::microseconds>(ended - begun);
    answer.age = std::chrono::duration_cast<std::chrono::milliseconds>(ended - seen_at_);
    answer.position = position_;
    answer.identities = static_cast<std::int64_t>(identities_.rows.size());
    for (const linkage::Match& match : matches) {
      answer.voters.push_back({.voter = identities_.rows[match.rows.left].home,
                               .probability = match.probability,
                               .evidence = evidence_of(index_->model(), match)});
    }
    return answer;
  }

  std::vector<FoundVoter> find_alike(const linkage::Person& person) const {
    const std::shared_lock lock(mutex_);
    std::vector<FoundVoter> found;
    for (const auto& match : index_->find(person, kEachPersonMax, registry::kAlikeAt))
      found.push_back(found_by(match, identities_.rows));
    return found;
  }

 private:
  void add(pg::Connection& connection, const std::vector<std::int64_t>& homes) {
    std::unique_lock lock(mutex_, std::defer_lock);  // not while the database reads
    read_homes(connection, homes, sources_,
               [&](const Identity& identity, const linkage::Person& person) {
                 if (!lock.owns_lock()) lock.lock();
                 identities_.rows.push_back(identity);
                 index_->add(person);
               });
  }

  linkage::Words words_;
  Sources sources_;
  Identities identities_;
  std::unique_ptr<linkage::Index> index_;
  mutable std::shared_mutex mutex_;
  feed::Position position_ = 0;
  std::chrono::steady_clock::time_point seen_at_;
  std::size_t added_ = 0;
};

Finder::Finder(pg::Pool& pool, Log& log) : pool_(pool), log_(log) {}

Finder::~Finder() {
  {
    const std::lock_guard lock(mutex_);
    is_stopping_ = true;
    changed_.notify_all();
  }
  if (thread_.joinable()) thread_.join();
}

void Finder::refresh() {
  const auto connection = pool_.acquire(Deadline::never());
  std::shared_ptr<Index> index;
  {
    const std::lock_guard lock(mutex_);
    index = index_;
  }
  if (index && index->follow(*connection)) return;
  const auto begun = std::chrono::steady_clock::now();
  index = std::make_shared<Index>(*connection);
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begun;
  log_.info("match_index_loaded", {{"identities", index->size()}, {"seconds", took.count()}});
  const std::lock_guard lock(mutex_);
  index_ = std::move(index);
  changed_.notify_all();
}

void Finder::work() {
  while (true) {
    try {
      refresh();
    } catch (const Failure& failure) {
      log_.warning("match_index_not_refreshed", {{"reason", failure.what()}});
    }
    std::unique_lock lock(mutex_);
    if (changed_.wait_for(lock, kLookEvery, [&] { return is_stopping_; })) return;
  }
}

std::shared_ptr<Finder::Index> Finder::loaded(Deadline deadline) {
  std::unique_lock lock(mutex_);
  if (!thread_.joinable()) thread_ = std::thread([this] { work(); });
  const auto is_there = [&] { return index_ != nullptr || is_stopping_; };
  if (deadline.is_never()) {
    changed_.wait(lock, is_there);
  } else {
    changed_.wait_until(lock, deadline.at(), is_there);
  }
  return index_;
}

Result<FindAnswer> Finder::find(const Question& question, Deadline deadline) {
  const PersonFields& asked = question.fields;
  const bool has_name = !asked.last.empty() && (!asked.first.empty() || !asked.street.empty());
  if (!has_name && asked.phone == 0 && asked.email.empty()) {
    return invalid("Give first and last name, a telephone number or an e-mail address.");
  }
  const auto index = loaded(deadline);
  if (!index) {
    return refuse(ErrorCode::unavailable,
                  "The voters are being loaded for the first question; ask again in a moment.");
  }
  FindAnswer answer = index->find(question);
  name_persons(answer, deadline);
  if (answer.voters.size() > std::min(question.limit, kCandidatesMax)) {
    answer.voters.resize(std::min(question.limit, kCandidatesMax));
  }
  return answer;
}

/// Homes become the persons to whom they belong now, each once; who is gone is left out.
void Finder::name_persons(FindAnswer& answer, Deadline deadline) {
  if (answer.voters.empty()) return;
  Persons persons;
  {
    const auto connection = pool_.acquire(deadline);
    const pg::Transaction transaction(*connection, deadline);
    persons = persons_of(*connection, answer.voters);
  }
  std::unordered_set<VoterId> named;
  std::erase_if(answer.voters, [&](FoundVoter& found) {
    const auto person = persons.find(found.voter.value());
    if (person == persons.end()) return true;
    found.voter = person->second;
    return !named.insert(found.voter).second;
  });
}

std::vector<std::optional<registry::Likeness>> Finder::find_alike(
    pg::Connection& connection, std::span<const registry::VoterRow> rows,
    const std::function<bool()>& goes_on) {
  std::shared_ptr<Index> index;
  {
    const std::lock_guard lock(mutex_);
    index = index_;
  }
  std::optional<NarrowIndex> narrow;
  if (!index) narrow.emplace(connection, rows);
  const auto alike = [&](const linkage::Person& person) {
    if (index) return index->find_alike(person);
    std::vector<FoundVoter> out;
    for (const auto& match : narrow->find(person, kEachPersonMax, registry::kAlikeAt))
      out.push_back(found_by(match, narrow->identities()));
    return out;
  };
  std::vector<FoundVoter> found;
  std::vector<std::size_t> ends;  // by row: where its own end in `found`
  PersonReader reader;
  for (std::size_t i = 0; i < rows.size() && (i % kAskEvery != 0 || goes_on()); ++i) {
    for (FoundVoter& one : alike(reader.read(fields_of(rows[i]))))
      found.push_back(std::move(one));
    ends.push_back(found.size());
  }
  const Persons persons = persons_of(connection, found);
  std::vector<std::optional<registry::Likeness>> out(rows.size());
  std::size_t at = 0;
  for (std::size_t i = 0; i < ends.size(); ++i) {
    for (; at < ends[i]; ++at) {
      const auto person = persons.find(found[at].voter.value());
      if (person == persons.end() || out[i]) continue;
      out[i] = registry::Likeness{person->second, found[at].probability};
    }
  }
  return out;
}

}  // namespace hustings::identity
