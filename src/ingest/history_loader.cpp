// Votes: rows wait in a temporary table of the publishing connection and are written over what is
// known when the import publishes.

#include <map>
#include <mutex>
#include <unordered_map>

#include <fmt/format.h>

#include "base/text.h"
#include "ingest/copy_writer.h"
#include "ingest/elections.h"
#include "ingest/erased_rows.h"
#include "ingest/line_loop.h"
#include "ingest/loader.h"
#include "ingest/orphans.h"
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

class HistoryLoader final : public Loader {
 public:
  explicit HistoryLoader(const LoadContext& context) : context_(context) {}

  void prepare(pg::Connection& connection, std::span<const ImportId> earlier) override {
    known_.load(connection, context_.format.layout.source, earlier);
    erased_.read(connection);
    stage_.emplace(context_.publisher, Stage::What::votes);
    writer_.emplace(context_.run,
                    CopyWriter::Sink{[this](std::string_view rows) { stage_->write(rows); },
                                     [this] { stage_->finish(); }});
  }
  std::unique_ptr<ChunkParser> make_parser() override {
    return std::make_unique<HistoryParser>(context_.format, known_, elections_);
  }
  void match(Batch& of_kind) override {
    auto& batch = static_cast<StagedBatch&>(of_kind);
    orphans_ += batch.orphans;
    // A right row of an id that was erased is an orphan too, and nothing of it is kept.
    orphans_ += std::ssize(erased_.take_out(context_.format.layout.source, batch.rejects));
    for (const auto& [election, homes] : batch.held)
      held_[election] |= homes;
  }
  void write(std::unique_ptr<Batch> batch) override {
    writer_->push(std::move(static_cast<StagedBatch&>(*batch).staged));
  }
  void finish() override { writer_->join(); }
  Status publish(pg::Transaction& transaction) override {
    registry::lock_profiles(transaction);
    const Layout& layout = context_.format.layout;
    const auto ids = registry::find_elections(
        transaction, {.state = layout.state, .elections = elections_.list()});
    note_written(registry::publish_votes(transaction, context_.import, ids),
                 {.progress = context_.progress, .orphans = orphans_});
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

  /// As publishing would count; the caller rolls it back.
  Status try_out(pg::Transaction& transaction, TrialReport& /*report*/) override {
    return publish(transaction);
  }
  std::vector<ImportWarning> warnings() const override { return warnings_of_orphans(orphans_); }

 private:
  LoadContext context_;
  KnownVoters known_;
  ErasedRows erased_;
  std::int64_t orphans_ = 0;
  std::optional<Stage> stage_;
  std::optional<CopyWriter> writer_;
  Elections elections_;
  std::map<std::int32_t, registry::HomeSet> held_;
};

}  // namespace

std::unique_ptr<Loader> make_history_loader(const LoadContext& context) {
  return std::make_unique<HistoryLoader>(context);
}
}  // namespace hustings::ingest
