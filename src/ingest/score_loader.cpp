// Scores: the rows of a large run go to a table of the run's own, those of a small one wait in
// memory; both become visible when the import publishes.

#include <optional>

#include <fmt/format.h>

#include "ingest/copy_writer.h"
#include "ingest/erased_rows.h"
#include "ingest/line_loop.h"
#include "ingest/loader.h"
#include "ingest/orphans.h"
#include "registry/home_set.h"
#include "registry/known_voters.h"
#include "registry/profiles.h"
#include "registry/voter_row.h"

namespace hustings::ingest {
namespace {

using registry::CopyBuffer;
using registry::KnownVoters;
using registry::Stage;

/// Fewer rows than this go straight into the common table.
constexpr std::int64_t kPartRowsMin = 20'000;

struct ScoreBatch final : Batch {
  struct Row {
    registry::ScoreRow score;       // without `other`
    std::uint32_t other_begin = 0;  // in ScoreBatch::others
    std::uint32_t other_size = 0;
    std::int64_t line = 0;
    bool is_repeated = false;
  };
  std::vector<Row> parsed;
  std::string others;
  std::int64_t orphans = 0;

  registry::ScoreRow row(const Row& of) const {
    registry::ScoreRow out = of.score;
    out.other = std::string_view(others).substr(of.other_begin, of.other_size);
    return out;
  }
};

class ScoreParser final : public ChunkParser {
 public:
  ScoreParser(const FileFormat& format, const KnownVoters& known, ImportId import)
      : map_(format.map), reader_(format), known_(known), import_(import) {}

  std::unique_ptr<Batch> parse(Chunk chunk) override {
    auto batch = std::make_unique<ScoreBatch>();
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
      batch->parsed.push_back({.score = {.voter = voter->voter,
                                         .home = voter->home,
                                         .support = row.support,
                                         .turnout = row.turnout,
                                         .persuadability = row.persuadability,
                                         .other = {},
                                         .import = import_},
                               .other_begin = static_cast<std::uint32_t>(batch->others.size()),
                               .other_size = static_cast<std::uint32_t>(row.other.size()),
                               .line = line.number});
      batch->others += row.other;
      return true;
    });
    return batch;
  }
  QualityCounts quality() const override { return reader_.quality(); }

 private:
  const ColumnMap& map_;
  ScoreReader reader_;
  const KnownVoters& known_;
  const ImportId import_;
};

class ScoreLoader final : public Loader {
 public:
  explicit ScoreLoader(const LoadContext& context) : context_(context) {}

  void prepare(pg::Connection& connection, std::span<const ImportId> earlier) override {
    known_.load(connection, context_.format.layout.source, earlier);
    erased_.read(connection);
  }
  std::unique_ptr<ChunkParser> make_parser() override {
    return std::make_unique<ScoreParser>(context_.format, known_, context_.import);
  }
  void match(Batch& of_kind) override {
    auto& batch = static_cast<ScoreBatch&>(of_kind);
    orphans_ += batch.orphans;
    // A right row of an id that was erased is an orphan too, and nothing of it is kept.
    orphans_ += std::ssize(erased_.take_out(context_.format.layout.source, batch.rejects));
    for (ScoreBatch::Row& row : batch.parsed) {
      const std::int64_t home = row.score.home.value();
      row.is_repeated = seen_.contains(home);
      if (!row.is_repeated) seen_.add(home);
    }
    rows_ += std::ssize(batch.parsed);
    if (rows_ >= kPartRowsMin && !load_) load_.emplace(context_);
  }
  void write(std::unique_ptr<Batch> of_kind) override {
    const auto& batch = static_cast<const ScoreBatch&>(*of_kind);
    CopyBuffer rows;
    CopyBuffer repeated;
    for (const ScoreBatch::Row& row : batch.parsed) {
      if (row.is_repeated) {
        registry::append_repeated_score(batch.row(row), row.line, repeated);
      } else {
        registry::append_score(batch.row(row), rows);
      }
    }
    const std::lock_guard lock(few_mutex_);
    repeated_.raw(repeated.view());
    few_.raw(rows.view());
    if (load_) load_->writer.push(std::exchange(few_, {}));
  }
  void finish() override {
    if (load_) {
      load_->writer.push(std::exchange(few_, {}));
      load_->writer.join();
    }
    if (repeated_.empty()) return;
    Stage stage(context_.publisher, Stage::What::repeated_scores);
    stage.write(repeated_.view());
    stage.finish();
  }
  Status publish(pg::Transaction& transaction) override {
    registry::lock_profiles(transaction);
    note_written(
        registry::publish_scores(
            transaction, context_.import,
            {.has_part = load_.has_value(), .few = few_.view(), .has_repeats = !repeated_.empty()}),
        {.progress = context_.progress, .orphans = orphans_});
    return {};
  }
  /// As publishing would count; the caller rolls it back, and the load goes with it.
  Status try_out(pg::Transaction& transaction, TrialReport& /*report*/) override {
    TRY(publish(transaction));
    return {};
  }
  void after_trial(pg::Connection& connection) override {
    if (load_) registry::drop_loads(connection, context_.import);
  }
  std::vector<ImportWarning> warnings() const override { return warnings_of_orphans(orphans_); }

 private:
  /// The load into a table of the run's own, with its thread.
  struct Load {
    explicit Load(const LoadContext& context)
        : part(context.database, registry::Part::score_run, context.import),
          guard(context.run, [this] { part.cancel(); }),
          writer(context.run, {[this](std::string_view rows) { part.write(rows); },
                               [this] { part.finish({}); }}) {}
    registry::PartLoad part;
    RunState::StopGuard guard;
    CopyWriter writer;
  };

  LoadContext context_;
  KnownVoters known_;
  ErasedRows erased_;
  registry::HomeSet seen_;
  std::int64_t orphans_ = 0;
  std::int64_t rows_ = 0;
  std::optional<Load> load_;
  std::mutex few_mutex_;
  CopyBuffer few_;       // rows on their way; all of them if they are few
  CopyBuffer repeated_;  // of identities that had a row before
};

}  // namespace

std::unique_ptr<Loader> make_score_loader(const LoadContext& context) {
  return std::make_unique<ScoreLoader>(context);
}

}  // namespace hustings::ingest
