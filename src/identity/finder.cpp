#include "identity/finder.h"

#include <algorithm>
#include <shared_mutex>
#include <unordered_map>
#include <unordered_set>

#include <boost/json.hpp>

#include "base/text.h"
#include "identity/evidence.h"
#include "identity/identities.h"
#include "identity/sql.h"
#include "linkage/index.h"

namespace hustings::identity {
namespace {

constexpr std::chrono::milliseconds kLookEvery{1000};
/// Changes that are added one by one; after more the index is built anew.
constexpr int kChangesMax = 2000;
constexpr std::size_t kAddedMax = 50'000;
constexpr std::int64_t kRowsOfImportMax = 20'000;
constexpr double kPriorKnown = 0.5;
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
    linkage::Model model;
    const pg::Rows kept = snapshot.run(sql::kModelGet);
    if (!kept.empty()) {
      if (auto trained = linkage::Model::from_json(kept[0].text(0))) model = std::move(*trained);
    }
    load_identities(
        connection, sources_, [this](VoterId, std::uint16_t) { return &identities_; },
        [](std::int64_t) {});
    snapshot.commit();
    const auto rows = static_cast<double>(std::max<std::size_t>(identities_.rows.size(), 1));
    model.lambda = kPriorKnown / rows;
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
  std::vector<std::int64_t> homes;
  std::vector<std::int16_t> buckets;
  for (const FoundVoter& found : answer.voters) {
    homes.push_back(found.voter.value());
    buckets.push_back(bucket_of(found.voter));
  }
  std::unordered_map<std::int64_t, VoterId> persons;
  {
    const auto connection = pool_.acquire(deadline);
    pg::Transaction transaction(*connection, deadline);
    for (const pg::Row row : transaction.run(sql::kPersonsOfHomes, homes, buckets))
      persons.emplace(row.get<std::int64_t>(0), row.get<VoterId>(1));
  }
  std::unordered_set<VoterId> named;
  std::erase_if(answer.voters, [&](FoundVoter& found) {
    const auto person = persons.find(found.voter.value());
    if (person == persons.end()) return true;
    found.voter = person->second;
    return !named.insert(found.voter).second;
  });
}

}  // namespace hustings::identity
