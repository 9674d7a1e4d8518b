// Votes and scores: rows wait in a temporary table of the publishing connection and are written
// over what is known when the import publishes.

#include <map>
#include <mutex>
#include <unordered_map>

#include <fmt/format.h>

#include "base/text.h"
#include "ingest/copy_writer.h"
#include "ingest/elections.h"
#include "ingest/line_loop.h"
#include "ingest/loader.h"
#include "registry/known_voters.h"
#include "registry/presence.h"
#include "registry/profiles.h"
#include "registry/row_hash.h"

namespace hustings::ingest {
namespace {

using registry::CopyBuffer;
using registry::KnownVoters;
using registry::Stage;

struct StagedBatch final : Batch {
  CopyBuffer staged;
  std::int64_t orphans = 0;
  std::map<std::int32_t, registry::HomeSet> held;  ///< history: whom it has, by election
};

/// What votes and scores have in common.
class StagedLoader : public Loader {
 public:
  StagedLoader(const LoadContext& context, Stage::What what) : context_(context), what_(what) {}

  void prepare(pg::Connection& connection, std::span<const ImportId> earlier) override {
    known_.load(connection, context_.format.layout.source, earlier);
    stage_.emplace(context_.publisher, what_);
    writer_.emplace(context_.run,
                    CopyWriter::Sink{[this](std::string_view rows) { stage_->write(rows); },
                                     [this] { stage_->finish(); }});
  }
  void match(Batch& batch) override { orphans_ += static_cast<StagedBatch&>(batch).orphans; }
  void write(std::unique_ptr<Batch> batch) override {
    writer_->push(std::move(static_cast<StagedBatch&>(*batch).staged));
  }
  void finish() override { writer_->join(); }
  /// As publishing would count; the caller rolls it back.
  Status try_out(pg::Transaction& transaction, TrialReport& /*report*/) override {
    return publish(transaction);
  }
  std::vector<ImportWarning> warnings() const override {
    if (orphans_ == 0) return {};
    return {
        {"orphans", orphans_,
         fmt::format("{} rows are of ids that no imported voter file has; import the voter file "
                     "first, then this file again",
                     with_thousands(orphans_))}};
  }

 protected:
  void note(const registry::Written& written) {
    Progress& progress = context_.progress;
    progress.rows_new = written.added;
    progress.rows_changed = written.changed;
    progress.rows_same =
        progress.rows_read - progress.rows_rejected - orphans_ - written.added - written.changed;
  }

  LoadContext context_;
  KnownVoters known_;

 private:
  const Stage::What what_;
  std::int64_t orphans_ = 0;
  std::optional<Stage> stage_;
  std::optional<CopyWriter> writer_;
};

class HistoryParser final : public ChunkParser {
 public:
  HistoryParser(const FileFormat& format, const KnownVoters& known, Elections& elections)
      : map_(format.map), reader_(format), known_(known), elections_(elections) {}

  std::unique_ptr<Batch> parse(Chunk chunk) override {
    auto batch = std::make_unique<StagedBatch>();
    batch->index = chunk.index;
    batch->first_line = chunk.first_line;
    LineWalker walker(chunk);
    HistoryRow row;
    each_row(walker, map_, *batch, [&](const Line& line, RowProblem& problem) {
      if (!reader_.read(line, row, problem)) return false;
      const auto voter = known_.find(row.external_id);
      if (!voter) {
        ++batch->orphans;
        return true;
      }
      const std::int32_t held_in = election(row);
      batch->held[held_in].add(voter->home.value());
      registry::append_vote({.voter = voter->voter,
                             .home = voter->home,
                             .election = held_in,
                             .method = row.method,
                             .party = row.party,
                             .county = row.county,
                             .line = line.number},
                            batch->staged);
      return true;
    });
    return batch;
  }

 private:
  std::int32_t election(const HistoryRow& row) {
    const std::uint64_t key =
        registry::row_hash(row.name) ^ mix64(static_cast<std::uint64_t>(row.held_on));
    const auto found = seen_.find(key);
    if (found != seen_.end()) return found->second;
    const std::int32_t number = elections_.number(row.held_on, row.name);
    seen_.emplace(key, number);
    return number;
  }

  const ColumnMap& map_;
  HistoryReader reader_;
  const KnownVoters& known_;
  Elections& elections_;
  std::unordered_map<std::uint64_t, std::int32_t> seen_;
};

class HistoryLoader final : public StagedLoader {
 public:
  explicit HistoryLoader(const LoadContext& context) : StagedLoader(context, Stage::What::votes) {}
  std::unique_ptr<ChunkParser> make_parser() override {
    return std::make_unique<HistoryParser>(context_.format, known_, elections_);
  }
  void match(Batch& batch) override {
    StagedLoader::match(batch);
    for (const auto& [election, homes] : static_cast<StagedBatch&>(batch).held)
      held_[election] |= homes;
  }
  Status publish(pg::Transaction& transaction) override {
    registry::lock_profiles(transaction);
    const Layout& layout = context_.format.layout;
    const auto ids = registry::find_elections(
        transaction, {.state = layout.state, .elections = elections_.list()});
    note(registry::publish_votes(transaction, context_.import, ids));
    for (const auto& [election, homes] : held_) {
      const auto place = static_cast<std::size_t>(election);
      registry::write_presence(transaction,
                               {.import = context_.import,
                                .part = std::to_string(ids.at(place)),
                                .source = layout.source,
                                .name = elections_.list().at(place).name,
                                .counties = std::nullopt},
                               homes);
    }
    return {};
  }

 private:
  Elections elections_;
  std::map<std::int32_t, registry::HomeSet> held_;
};

class ScoreParser final : public ChunkParser {
 public:
  ScoreParser(const FileFormat& format, const KnownVoters& known)
      : map_(format.map), reader_(format), known_(known) {}

  std::unique_ptr<Batch> parse(Chunk chunk) override {
    auto batch = std::make_unique<StagedBatch>();
    batch->index = chunk.index;
    batch->first_line = chunk.first_line;
    LineWalker walker(chunk);
    ScoresRow row;
    each_row(walker, map_, *batch, [&](const Line& line, RowProblem& problem) {
      if (!reader_.read(line, row, problem)) return false;
      const auto voter = known_.find(row.external_id);
      if (!voter) {
        ++batch->orphans;
        return true;
      }
      registry::append_score({.voter = voter->voter,
                              .home = voter->home,
                              .support = row.support,
                              .turnout = row.turnout,
                              .persuadability = row.persuadability,
                              .line = line.number},
                             batch->staged);
      return true;
    });
    return batch;
  }
  QualityCounts quality() const override { return reader_.quality(); }

 private:
  const ColumnMap& map_;
  ScoreReader reader_;
  const KnownVoters& known_;
};

class ScoreLoader final : public StagedLoader {
 public:
  explicit ScoreLoader(const LoadContext& context) : StagedLoader(context, Stage::What::scores) {}
  std::unique_ptr<ChunkParser> make_parser() override {
    return std::make_unique<ScoreParser>(context_.format, known_);
  }
  Status publish(pg::Transaction& transaction) override {
    registry::lock_profiles(transaction);
    note(registry::publish_scores(transaction, context_.import));
    return {};
  }
};

}  // namespace

std::unique_ptr<Loader> make_history_loader(const LoadContext& context) {
  return std::make_unique<HistoryLoader>(context);
}
std::unique_ptr<Loader> make_score_loader(const LoadContext& context) {
  return std::make_unique<ScoreLoader>(context);
}

}  // namespace hustings::ingest
