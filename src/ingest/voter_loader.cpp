#include <algorithm>
#include <array>
#include <mutex>

#include <fmt/format.h>

#include "base/text.h"
#include "ingest/copy_writer.h"
#include "ingest/line_loop.h"
#include "ingest/loader.h"
#include "ingest/raw_load.h"
#include "registry/known_voters.h"
#include "registry/name_dictionary.h"
#include "registry/row_hash.h"

namespace hustings::ingest {
namespace {

using registry::CopyBuffer;
using registry::IdRange;
using registry::KnownVoters;
using registry::Part;

/// Fewer new voters than this go straight into the tables: a partition of their own would cost
/// more.
constexpr std::int64_t kPartitionRowsMin = 20'000;

enum class Outcome : std::uint8_t { same, added, changed, repeated };

/// A row whose voter is not known yet.
struct ParsedRow {
  std::uint32_t body_begin = 0;  ///< in VoterBatch::bodies
  std::uint32_t body_size = 0;
  std::uint32_t id_begin = 0;  ///< in VoterBatch::ids
  std::uint16_t id_size = 0;
  Outcome outcome = Outcome::same;
  std::uint64_t fingerprint = 0;
  std::int64_t line = 0;
  std::int64_t offset = 0;
  std::int64_t phone = 0;
  std::int64_t voter = 0;   ///< known: the voter's id; new: how many came before it in the file
  std::int64_t record = 0;  ///< how many new or changed rows came before it
};

struct VoterBatch final : Batch {
  CopyBuffer bodies;
  std::string ids;
  std::vector<ParsedRow> parsed;
  std::string kept;  ///< the chunk's lines as UTF-8
  bool has_news = false;

  std::string_view id(const ParsedRow& row) const {
    return std::string_view(ids).substr(row.id_begin, row.id_size);
  }
  std::string_view body(const ParsedRow& row) const {
    return bodies.view().substr(row.body_begin, row.body_size);
  }
};

class VoterParser final : public ChunkParser {
 public:
  explicit VoterParser(const FileFormat& format) : map_(format.map), reader_(format) {}

  std::unique_ptr<Batch> parse(Chunk chunk) override {
    auto batch = std::make_unique<VoterBatch>();
    batch->index = chunk.index;
    batch->first_line = chunk.first_line;
    batch->parsed.reserve(static_cast<std::size_t>(chunk.lines));
    LineWalker walker(chunk);
    registry::VoterRow row;
    each_row(walker, map_, *batch, [&](const Line& line, RowProblem& problem) {
      if (!reader_.read(line.text, row, problem)) return false;
      add(*batch, line, row);
      return true;
    });
    const bool as_it_is = walker.kept().data() == chunk.bytes.data();
    batch->kept = as_it_is ? std::move(chunk.bytes) : std::string(walker.kept());
    return batch;
  }

  QualityCounts quality() const override { return reader_.quality(); }

 private:
  static void add(VoterBatch& batch, const Line& line, const registry::VoterRow& row) {
    ParsedRow parsed{.body_begin = static_cast<std::uint32_t>(batch.bodies.size()),
                     .id_begin = static_cast<std::uint32_t>(batch.ids.size()),
                     .id_size = static_cast<std::uint16_t>(row.external_id.size()),
                     .line = line.number,
                     .offset = line.offset,
                     .phone = row.phone};
    registry::encode_body(row, batch.bodies);
    parsed.body_size = static_cast<std::uint32_t>(batch.bodies.size()) - parsed.body_begin;
    parsed.fingerprint = registry::row_hash(batch.body(parsed));
    batch.ids += row.external_id;
    batch.parsed.push_back(parsed);
  }

  const ColumnMap& map_;
  VoterReader reader_;
};

/// The rows of a batch, ready for their tables.
struct Assembled {
  CopyBuffer voters;
  CopyBuffer changed;
  CopyBuffer phones;
  CopyBuffer records;
  CopyBuffer raw;
};

class VoterLoader final : public Loader {
 public:
  explicit VoterLoader(const LoadContext& context) : context_(context) {}

  void prepare(pg::Connection& connection, std::span<const ImportId> earlier) override {
    known_.load(connection, earlier);
    blocks_ = registry::next_id_blocks(connection);
    stage_.emplace(context_.publisher, registry::Stage::What::changed_voters);
    stage_writer_.emplace(context_.run,
                          CopyWriter::Sink{[this](std::string_view rows) { stage_->write(rows); },
                                           [this] { stage_->finish(); }});
    raw_.emplace(context_.database);
    raw_writer_.emplace(context_.run,
                        CopyWriter::Sink{[this](std::string_view rows) { raw_->write(rows); },
                                         [this] { raw_->finish(); }});
  }

  std::unique_ptr<ChunkParser> make_parser() override {
    return std::make_unique<VoterParser>(context_.format);
  }

  void match(Batch& of_kind) override;
  void write(std::unique_ptr<Batch> of_kind) override;
  void finish() override;
  void publish(pg::Transaction& transaction) override;
  void after_publish() override {
    if (in_partition_) registry::analyze_load(context_.publisher, context_.import);
    registry::refresh_search_words(context_.publisher);
  }
  std::vector<ImportWarning> warnings() const override;

 private:
  /// A load into a table of its own, with its thread.
  struct Load {
    Load(VoterLoader& loader, Part of_part)
        : part(loader.context_.database, of_part, loader.context_.import),
          guard(loader.context_.run, [this] { part.cancel(); }),
          writer(loader.context_.run, {[this](std::string_view rows) { part.write(rows); },
                                       [this, &loader] {
                                         part.finish(loader.voter_range(),
                                                     [&loader] { loader.step(); });
                                       }}) {}
    registry::PartLoad part;
    RunState::StopGuard guard;
    CopyWriter writer;
  };

  void start_load(Part part);
  void start_loads();
  Load& load(Part part) { return *loads_.at(static_cast<std::size_t>(part)); }
  IdRange voter_range() const { return {blocks_.voters, blocks_.voters + new_count_}; }
  void step() { ++context_.progress.steps_done; }
  void settle(VoterBatch& batch, ParsedRow& row);
  VoterId voter_of(const ParsedRow& row) const;
  void assemble(const VoterBatch& batch, Assembled& out) const;
  void write_now(const VoterBatch& batch);

  LoadContext context_;
  KnownVoters known_;
  registry::IdBlocks blocks_;
  std::int64_t new_count_ = 0;  // written in match() only
  std::int64_t record_count_ = 0;
  std::int64_t changed_count_ = 0;
  std::int64_t unseen_ = 0;
  std::vector<std::int64_t> single_ids_;
  std::atomic<bool> in_partition_ = false;
  std::mutex held_mutex_;
  std::vector<std::unique_ptr<VoterBatch>> held_;  // until it is clear how many voters are new
  Assembled few_;                                  // what publish() inserts without a partition
  std::optional<registry::Stage> stage_;
  std::optional<RawLoad> raw_;
  std::array<std::unique_ptr<Load>, 3> loads_;
  std::optional<CopyWriter> stage_writer_;
  std::optional<CopyWriter> raw_writer_;
};

void VoterLoader::settle(VoterBatch& batch, ParsedRow& row) {
  KnownVoters::Entry& entry = known_.match(batch.id(row));
  if (entry.line != 0) {
    row.outcome = Outcome::repeated;
    batch.rejects.push_back({.line = row.line,
                             .byte_offset = row.offset,
                             .column = std::nullopt,
                             .reason = fmt::format("The same id as line {}.", entry.line),
                             .raw = std::string()});
    return;
  }
  entry.line = row.line;
  if (entry.voter != 0 && entry.fingerprint == row.fingerprint) return;
  row.record = record_count_++;
  batch.has_news = true;
  if (entry.voter == 0) {
    row.outcome = Outcome::added;
    row.voter = new_count_++;
  } else {
    row.outcome = Outcome::changed;
    row.voter = entry.voter;
    ++changed_count_;
  }
}

void VoterLoader::match(Batch& of_kind) {
  auto& batch = static_cast<VoterBatch&>(of_kind);
  const std::int64_t new_before = new_count_;
  const std::int64_t records_before = record_count_;
  const std::size_t rejects_before = batch.rejects.size();
  for (ParsedRow& row : batch.parsed)
    settle(batch, row);
  if (batch.rejects.size() > rejects_before) {
    for (std::size_t i = rejects_before; i < batch.rejects.size(); ++i) {
      Reject& reject = batch.rejects[i];
      reject.raw = nth_line(batch.kept, reject.line - batch.first_line);
    }
    std::sort(batch.rejects.begin(), batch.rejects.end(),
              [](const Reject& a, const Reject& b) { return a.line < b.line; });
  }
  const std::int64_t added = new_count_ - new_before;
  const std::int64_t records = record_count_ - records_before;
  const auto repeated = static_cast<std::int64_t>(batch.rejects.size() - rejects_before);
  context_.progress.rows_new += added;
  context_.progress.rows_changed += records - added;
  context_.progress.rows_same +=
      static_cast<std::int64_t>(batch.parsed.size()) - records - repeated;
  if (new_count_ >= kPartitionRowsMin && !in_partition_) start_loads();
}

void VoterLoader::start_load(Part part) {
  loads_.at(static_cast<std::size_t>(part)) = std::make_unique<Load>(*this, part);
  context_.progress.steps_all += registry::PartLoad::steps(part);
}

void VoterLoader::start_loads() {
  for (const Part part : {Part::voter, Part::phone, Part::source_record})
    start_load(part);
  in_partition_ = true;
  std::vector<std::unique_ptr<VoterBatch>> held;
  {
    const std::lock_guard lock(held_mutex_);
    held = std::move(held_);
    held_.clear();
  }
  for (const auto& batch : held)
    write_now(*batch);
}

VoterId VoterLoader::voter_of(const ParsedRow& row) const {
  if (row.outcome == Outcome::changed) return VoterId(row.voter);
  if (in_partition_) return VoterId(blocks_.voters + row.voter);
  return VoterId(single_ids_.at(static_cast<std::size_t>(row.voter)));
}

void VoterLoader::assemble(const VoterBatch& batch, Assembled& out) const {
  const ImportId import = context_.import;
  for (const ParsedRow& row : batch.parsed) {
    if (row.outcome == Outcome::same || row.outcome == Outcome::repeated) continue;
    const VoterId voter = voter_of(row);
    const bool added = row.outcome == Outcome::added;
    registry::append_voter({voter, import}, batch.body(row), added ? out.voters : out.changed);
    if (added && row.phone != 0) registry::append_phone({voter, row.phone, import}, out.phones);
    registry::append_source_record({.import = import,
                                    .record = blocks_.records + row.record,
                                    .source = context_.format.layout.source,
                                    .external_id = batch.id(row),
                                    .line = row.line,
                                    .voter = voter,
                                    .fingerprint = row.fingerprint},
                                   out.records);
  }
  if (batch.has_news) {
    RawLoad::append_raw({import, batch.index, batch.first_line, batch.lines}, batch.kept, out.raw);
  }
}

void VoterLoader::write_now(const VoterBatch& batch) {
  Assembled out;
  assemble(batch, out);
  load(Part::voter).writer.push(std::move(out.voters));
  load(Part::phone).writer.push(std::move(out.phones));
  load(Part::source_record).writer.push(std::move(out.records));
  stage_writer_->push(std::move(out.changed));
  raw_writer_->push(std::move(out.raw));
}

void VoterLoader::write(std::unique_ptr<Batch> of_kind) {
  std::unique_ptr<VoterBatch> batch(static_cast<VoterBatch*>(of_kind.release()));
  if (!batch->has_news) return;
  if (in_partition_) {
    write_now(*batch);
    return;
  }
  const std::lock_guard lock(held_mutex_);
  held_.push_back(std::move(batch));
}

void VoterLoader::finish() {
  unseen_ = known_.unseen();
  if (in_partition_) {
    // A batch may have been put aside in the moment in which the loads were started.
    for (const auto& batch : held_)
      write_now(*batch);
  } else if (record_count_ > 0) {
    pg::Connection connection(context_.database);
    single_ids_ = registry::single_voter_ids(connection, new_count_);
    for (const auto& batch : held_)
      assemble(*batch, few_);
    start_load(Part::source_record);
    load(Part::source_record).writer.push(std::move(few_.records));
    stage_writer_->push(std::move(few_.changed));
    raw_writer_->push(std::move(few_.raw));
  }
  held_.clear();
  for (const auto& load : loads_) {
    if (load) load->writer.close();
  }
  stage_writer_->join();
  raw_writer_->join();
  for (const auto& load : loads_) {
    if (load) load->writer.join();
  }
}

void VoterLoader::publish(pg::Transaction& transaction) {
  if (in_partition_) {
    registry::attach_voters(transaction, context_.import, voter_range());
  } else {
    registry::insert_voters(transaction, few_.voters.view(), few_.phones.view());
  }
  if (record_count_ > 0) registry::attach_source_records(transaction, context_.import);
  if (changed_count_ > 0) registry::apply_changed_voters(transaction);
  registry::mark_ids_used(transaction,
                          {.voters = in_partition_ ? voter_range().past : blocks_.voters,
                           .records = blocks_.records + record_count_});
}

std::vector<ImportWarning> VoterLoader::warnings() const {
  if (unseen_ == 0) return {};
  return {{"absent", unseen_,
           fmt::format("{} voters of earlier files are not in this one; they stay as they are",
                       with_thousands(unseen_))}};
}

}  // namespace

std::unique_ptr<Loader> make_voter_loader(const LoadContext& context) {
  return std::make_unique<VoterLoader>(context);
}

}  // namespace hustings::ingest
