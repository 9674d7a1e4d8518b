#include "identity/resolve_run.h"

#include <algorithm>
#include <chrono>
#include <memory>
#include <set>

#include <fmt/format.h>

#include "feed/feed.h"
#include "identity/evidence.h"
#include "identity/identities.h"
#include "identity/match_plan.h"
#include "identity/outcome.h"
#include "identity/sql.h"
#include "linkage/linkage.h"

namespace hustings::identity {
namespace {

/// With fewer new records than this a model of an earlier run says more than they can.
constexpr std::size_t kTrainRowsMin = 10'000;
constexpr int kTriesMax = 3;

/// A published voter file.
struct VoterFile {
  ImportId import;
  std::string source;
  bool is_pending = false;
};

std::vector<VoterFile> voter_files(pg::Connection& connection) {
  std::vector<VoterFile> files;
  for (const pg::Row row : connection.run(sql::kImportsPending))
    files.push_back({row.get<ImportId>(0), row.get<std::string>(1), row.get<bool>(2)});
  return files;
}

/// The one source that has something new; empty if several have, so that one comparison against
/// the rest would not see all that is new. Two sources of which one has come whole are one.
std::string fresh_source(const std::vector<VoterFile>& files) {
  std::set<std::string> sources;
  std::set<std::string> pending;
  std::set<std::string> begun;  // of which a file has been considered before
  std::string newest;
  for (const VoterFile& file : files) {
    sources.insert(file.source);
    (file.is_pending ? pending : begun).insert(file.source);
    if (file.is_pending) newest = file.source;
  }
  const bool is_whole = sources.size() == 2 && !begun.contains(newest);
  return pending.size() == 1 || is_whole ? newest : "";
}

/// Everything that a run has read, in one snapshot.
struct Loaded {
  linkage::Words words;
  Identities fresh{words};
  Identities rest{words};
  Sources sources;
  std::vector<Apart> apart;
  std::optional<linkage::Model> model;  ///< of an earlier run
  feed::Position position = 0;
  ImportId import_past;
};

class ResolveRun {
 public:
  explicit ResolveRun(const ResolveTask& task) : task_(task), asked_(task.scope) {}

  Result<RunReport> run() {
    for (int tries = 0; tries < kTriesMax; ++tries) {
      report_ = {};
      TRY(load());
      auto linkage = TRY(compare());
      begin(RunStage::deciding);
      const MatchPlan plan = make_match_plan(identities_, std::move(linkage.matches), apart_);
      TRY(go_on());
      report_.estimated_matches = plan.estimated_matches;
      for (const auto& [size, count] : plan.sizes)
        report_.cluster_sizes.emplace_back(size, count);
      begin(RunStage::joining);
      const Outcome outcome{.identities = identities_,
                            .plan = plan,
                            .model = linkage.model,
                            .position = position_,
                            .import_past = import_past_,
                            .note_time = [this] { note_time(); }};
      if (TRY(write_outcome(task_, outcome, report_))) return std::move(report_);
      task_.log.info("resolve_begins_anew", {{"run", task_.run.value()}});
    }
    return refuse(ErrorCode::conflict,
                  "Files were undone or many voters joined while the run was reckoning; nothing "
                  "was changed. Start it again when that has ended.");
  }

 private:
  Status go_on() const {
    if (!task_.progress.is_cancelled) return {};
    return refuse(ErrorCode::cancelled, "The run was stopped; nothing was changed.");
  }

  void begin(RunStage stage) {
    note_time();
    task_.progress.stage = stage;
  }
  void note_time() {
    const auto now = std::chrono::steady_clock::now();
    const std::chrono::duration<double> took = now - begun_;
    report_.seconds.emplace_back(to_string(task_.progress.stage), took.count());
    begun_ = now;
  }

  Status load() {
    task_.progress.stage = RunStage::loading;
    begun_ = std::chrono::steady_clock::now();
    loaded_ = std::make_unique<Loaded>();
    pg::Transaction snapshot(task_.connection, Deadline::never(),
                             pg::Transaction::Isolation::repeatable_read);
    loaded_->position = snapshot.run(sql::kFeedHead).only().get<std::int64_t>(0);
    const auto files = voter_files(task_.connection);
    if (!files.empty()) loaded_->import_past = files.back().import;
    // Of several new sources one would be compared and all be taken for considered.
    const bool has_pending = std::ranges::any_of(files, &VoterFile::is_pending);
    const bool is_one = !has_pending || !fresh_source(files).empty();
    task_.scope = is_one ? asked_ : RunScope::registry;
    read_people_said(snapshot);
    read_identities(files);
    snapshot.commit();
    return go_on();
  }

  void read_people_said(pg::Transaction& snapshot) {
    for (const pg::Row row : snapshot.run(sql::kApartPersons))
      loaded_->apart.push_back({row.get<VoterId>(0), row.get<VoterId>(1)});
    const pg::Rows kept = snapshot.run(sql::kModelGet);
    if (kept.empty()) return;
    if (auto model = linkage::Model::from_json(kept[0].text(0))) loaded_->model = std::move(*model);
  }

  void read_identities(const std::vector<VoterFile>& files) {
    Loaded& loaded = *loaded_;
    Place place = [&](VoterId, std::uint16_t) { return &loaded.rest; };
    std::vector<std::int64_t> homes;
    if (task_.scope == RunScope::fresh) {
      const std::string source = fresh_source(files);
      std::vector<ImportId> imports;
      for (const VoterFile& file : files) {
        if (file.is_pending && file.source == source) imports.push_back(file.import);
      }
      if (!imports.empty()) homes = homes_of_imports(task_.connection, imports);
      const std::uint16_t number = loaded.sources.number_of(source);
      place = [&loaded, &homes, number](VoterId home, std::uint16_t from) -> Identities* {
        if (from != number) return &loaded.rest;
        return std::ranges::binary_search(homes, home.value()) ? &loaded.fresh : nullptr;
      };
    }
    report_.records =
        load_identities(task_.connection, loaded.sources, place,
                        [&](std::int64_t count) { task_.progress.rows_read = count; });
    task_.progress.rows_read = report_.records;
    const bool is_fresh = task_.scope == RunScope::fresh;
    report_.fresh = static_cast<std::int64_t>((is_fresh ? loaded.fresh : loaded.rest).rows.size());
  }

  /// Afterwards the values are no longer in memory: what is left is who, and the evidence.
  Result<linkage::Linkage> compare() {
    begin(RunStage::comparing);
    Loaded& loaded = *loaded_;
    linkage::LinkOptions options{.threads = task_.threads};
    const bool is_fresh = task_.scope == RunScope::fresh;
    if (is_fresh && loaded.fresh.rows.size() < kTrainRowsMin && loaded.model) {
      options.model = &*loaded.model;
    }
    report_.is_trained = options.model == nullptr;
    auto linkage = TRY(is_fresh ? linkage::link(loaded.fresh.records, loaded.rest.records, options)
                                : linkage::dedupe(loaded.rest.records, options));
    report_.pairs_compared = static_cast<std::int64_t>(linkage.pairs_compared);
    const auto rest_from = static_cast<std::uint32_t>(loaded.fresh.rows.size());
    if (is_fresh) {
      for (linkage::Match& match : linkage.matches)
        match.rows.right += rest_from;
    }
    identities_ = std::move(loaded.fresh.rows);
    identities_.insert(identities_.end(), loaded.rest.rows.begin(), loaded.rest.rows.end());
    apart_ = std::move(loaded.apart);
    position_ = loaded.position;
    import_past_ = loaded.import_past;
    loaded_.reset();
    TRY(go_on());
    return linkage;
  }

  ResolveTask task_;  // with the scope that the run has in the end
  const RunScope asked_;
  RunReport report_;
  std::unique_ptr<Loaded> loaded_;
  std::vector<Identity> identities_;
  std::vector<Apart> apart_;
  feed::Position position_ = 0;
  ImportId import_past_;
  std::chrono::steady_clock::time_point begun_;
};

}  // namespace

std::optional<RunScope> pending_scope(pg::Connection& connection) {
  const auto files = voter_files(connection);
  const bool has_pending = std::ranges::any_of(files, &VoterFile::is_pending);
  const bool has_several = std::ranges::any_of(
      files, [&](const VoterFile& file) { return file.source != files.front().source; });
  if (!has_pending || !has_several) return std::nullopt;
  return fresh_source(files).empty() ? RunScope::registry : RunScope::fresh;
}

Result<RunReport> resolve(const ResolveTask& task) { return ResolveRun(task).run(); }

}  // namespace hustings::identity
