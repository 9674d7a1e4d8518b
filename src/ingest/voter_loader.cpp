#include <algorithm>
#include <array>
#include <mutex>
#include <set>

#include <fmt/format.h>

#include "base/text.h"
#include "ingest/copy_writer.h"
#include "ingest/counted_words.h"
#include "ingest/erased_rows.h"
#include "ingest/kept_rows.h"
#include "ingest/loader.h"
#include "ingest/new_rows.h"
#include "ingest/raw_load.h"
#include "ingest/voter_batch.h"
#include "ingest/wide_votes.h"
#include "registry/duplicates.h"
#include "registry/known_voters.h"
#include "registry/name_dictionary.h"
#include "registry/presence.h"
#include "registry/profiles.h"
#include "registry/row_hash.h"

namespace hustings::ingest {
namespace {

using registry::CopyBuffer;
using registry::HomeSet;
using registry::IdRange;
using registry::KnownVoters;
using registry::Part;

/// Fewer new voters than this go straight into the tables: a partition of their own would cost
/// more.
constexpr std::int64_t kPartitionRowsMin = 20'000;
/// So few voters may be absent whatever their share.
constexpr std::int64_t kAbsentAlways = 10;
constexpr std::size_t kAlikeSamplesMax = 20;

/// The rows of a batch, ready for their tables.
struct Assembled {
  CopyBuffer voters;
  CopyBuffer changed;
  CopyBuffer phones;
  CopyBuffer records;
  CopyBuffer raw;
};

/// The same row means something else when other blanks of it are kept: it is then a new version.
std::uint64_t salt_of(std::vector<std::string> blank_keeps) {
  if (blank_keeps.empty()) return 0;
  std::ranges::sort(blank_keeps);
  return registry::row_hash(join(blank_keeps, ","));
}

class VoterLoader final : public Loader {
 public:
  explicit VoterLoader(const LoadContext& context)
      : context_(context), salt_(salt_of(context.request.blank_keeps)) {
    if (context.format.layout.wide && !context.request.dry_run) votes_.emplace();
  }

  void prepare(pg::Connection& connection, std::span<const ImportId> earlier) override {
    known_.load(connection, context_.format.layout.source, earlier);
    blocks_ = registry::next_id_blocks(connection);
    erased_.read(connection);
    stage_.emplace(context_.publisher, registry::Stage::What::changed_voters);
    stage_writer_.emplace(context_.run,
                          CopyWriter::Sink{[this](std::string_view rows) { stage_->write(rows); },
                                           [this] { stage_->finish(); }});
    if (context_.request.dry_run) {
      twins_.emplace(context_);
      return;
    }
    raw_.emplace(context_.database);
    raw_writer_.emplace(context_.run,
                        CopyWriter::Sink{[this](std::string_view rows) { raw_->write(rows); },
                                         [this] { raw_->finish(); }});
  }

  std::unique_ptr<ChunkParser> make_parser() override {
    return make_voter_parser({.context = context_,
                              .salt = salt_,
                              .votes = votes_ ? &*votes_ : nullptr,
                              .erased = erased_});
  }

  void match(Batch& of_kind) override;
  void write(std::unique_ptr<Batch> of_kind) override;
  void finish() override;
  Status publish(pg::Transaction& transaction) override;
  Status try_out(pg::Transaction& transaction, TrialReport& report) override;
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

  /// New rows of a dry run, over a connection of their own.
  struct Twins {
    explicit Twins(const LoadContext& context)
        : connection(context.database),
          guard(context.run, [this] { connection.cancel(); }),
          stage(connection),
          writer(context.run, {[this](std::string_view rows) { stage.write(rows); },
                               [this] { stage.finish(); }}) {}
    pg::Connection connection;
    RunState::StopGuard guard;
    registry::DuplicateStage stage;
    CopyWriter writer;
  };

  void start_load(Part part);
  void start_loads();
  Load& load(Part part) { return *loads_.at(static_cast<std::size_t>(part)); }
  IdRange voter_range() const { return {blocks_.voters, blocks_.voters + new_count_}; }
  void step() { ++context_.progress.steps_done; }
  void settle(VoterBatch& batch, ParsedRow& row);
  void offer_new_rows(const VoterBatch& batch);
  VoterId home_of(const ParsedRow& row) const;
  void assemble(const VoterBatch& batch, Assembled& out) const;
  void write_now(const VoterBatch& batch);
  void push_twins(const VoterBatch& batch);
  Result<registry::AlikeRows> find_alike();
  void write_few();
  void keep_votes(const VoterBatch& batch);
  WideVotes::About about_votes() const;
  void stage_votes();
  void take_attendance();
  HomeSet present() const;
  std::vector<std::string> counties_covered() const;
  void write_presence(pg::Transaction& transaction) const;
  bool is_absent_too_many() const;

  LoadContext context_;
  const std::uint64_t salt_;
  KnownVoters known_;
  ErasedRows erased_;
  std::int64_t erased_count_ = 0;
  registry::IdBlocks blocks_;
  std::int64_t new_count_ = 0;  // written in match() only
  std::int64_t record_count_ = 0;
  std::int64_t changed_count_ = 0;
  std::int64_t back_count_ = 0;
  std::int64_t known_seen_ = 0;  // known identities that the file has
  std::int64_t absent_ = 0;
  HomeSet known_homes_;  // of those
  std::vector<registry::Missing> missing_;
  std::set<std::string, std::less<>> counties_;
  std::vector<std::int64_t> single_ids_;
  std::atomic<bool> in_partition_ = false;
  std::mutex held_mutex_;
  std::vector<std::unique_ptr<VoterBatch>> held_;  // until it is clear how many voters are new
  Assembled few_;                                  // what publish() inserts without a partition
  std::optional<registry::Stage> stage_;
  std::optional<RawLoad> raw_;
  std::array<std::unique_ptr<Load>, 5> loads_;  // by Part
  std::optional<Twins> twins_;
  NewRows new_rows_;  // of a dry run
  std::optional<CopyWriter> stage_writer_;
  std::optional<CopyWriter> raw_writer_;
  std::optional<WideVotes> votes_;
  std::int64_t votes_new_ = 0;
};

void VoterLoader::settle(VoterBatch& batch, ParsedRow& row) {
  KnownVoters::Place place = known_.match(batch.id(row));
  KnownVoters::Entry& entry = place.entry;
  if (row.is_erased && entry.is_new()) {
    row.outcome = Outcome::erased;
    batch.erased.push_back(row.line);
    return;
  }
  if (entry.line != 0) {
    row.outcome = Outcome::repeated;
    batch.rejects.push_back({.line = row.line,
                             .byte_offset = row.offset,
                             .column = std::nullopt,
                             .reason = fmt::format("The same id as line {}.", +entry.line),
                             .raw = std::string()});
    return;
  }
  entry.line = static_cast<std::uint64_t>(row.line);
  known_.put(place);
  const bool is_back = entry.is_back();
  if (!entry.is_new()) {
    row.home = entry.home;
    row.voter = entry.voter;
  }
  if (!entry.is_new() && !is_back && entry.fingerprint == row.fingerprint) return;
  row.record = record_count_++;
  batch.has_news = true;
  if (entry.is_new()) {
    row.outcome = Outcome::added;
    row.home = new_count_++;
    return;
  }
  row.outcome = Outcome::changed;
  row.previous = known_.import_at(entry.last);
  ++changed_count_;
  back_count_ += is_back ? 1 : 0;
}

void VoterLoader::match(Batch& of_kind) {
  auto& batch = static_cast<VoterBatch&>(of_kind);
  const std::int64_t new_before = new_count_ + back_count_;
  const std::int64_t records_before = record_count_;
  auto erased = erased_.take_out(context_.format.layout.source, batch.rejects);
  const std::size_t rejects_before = batch.rejects.size();
  for (ParsedRow& row : batch.parsed)
    settle(batch, row);
  erased.insert(erased.end(), batch.erased.begin(), batch.erased.end());
  std::ranges::sort(erased);
  erased_count_ += std::ssize(erased);
  blank_lines(batch.kept, batch.first_line, erased);
  counties_.merge(batch.counties);
  if (batch.rejects.size() > rejects_before) {
    for (std::size_t i = rejects_before; i < batch.rejects.size(); ++i) {
      Reject& reject = batch.rejects[i];
      reject.raw = nth_line(batch.kept, reject.line - batch.first_line);
    }
    std::sort(batch.rejects.begin(), batch.rejects.end(),
              [](const Reject& a, const Reject& b) { return a.line < b.line; });
  }
  const std::int64_t added = new_count_ + back_count_ - new_before;
  const std::int64_t records = record_count_ - records_before;
  const auto repeated = static_cast<std::int64_t>(batch.rejects.size() - rejects_before);
  context_.progress.rows_new += added;
  context_.progress.rows_changed += records - added;
  context_.progress.rows_same +=
      std::ssize(batch.parsed) - records - repeated - std::ssize(batch.erased);
  const bool is_trial = context_.request.dry_run;
  if (is_trial && context_.likeness != nullptr) offer_new_rows(batch);
  if (new_count_ >= kPartitionRowsMin && !in_partition_ && !is_trial) start_loads();
}

void VoterLoader::offer_new_rows(const VoterBatch& batch) {
  for (const ParsedRow& row : batch.parsed) {
    if (row.outcome == Outcome::added) new_rows_.offer(row.line, batch.body(row));
  }
}

void VoterLoader::start_load(Part part) {
  loads_.at(static_cast<std::size_t>(part)) = std::make_unique<Load>(*this, part);
  context_.progress.steps_all += registry::PartLoad::steps(part);
}

void VoterLoader::start_loads() {
  for (const Part part : {Part::voter, Part::phone, Part::vote, Part::source_record})
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

VoterId VoterLoader::home_of(const ParsedRow& row) const {
  if (row.outcome == Outcome::changed) return VoterId(row.home);
  if (in_partition_) return VoterId(blocks_.voters + row.home);
  return VoterId(single_ids_.at(static_cast<std::size_t>(row.home)));
}

void VoterLoader::assemble(const VoterBatch& batch, Assembled& out) const {
  const ImportId import = context_.import;
  for (const ParsedRow& row : batch.parsed) {
    if (row.outcome != Outcome::added && row.outcome != Outcome::changed) continue;
    if (row.outcome == Outcome::changed) {
      registry::append_change({.voter = VoterId(row.voter),
                               .home = VoterId(row.home),
                               .import = import,
                               .previous = row.previous,
                               .is_back = row.previous == ImportId()},
                              batch.body(row), out.changed);
    }
    if (context_.request.dry_run) continue;
    const VoterId home = home_of(row);
    if (row.outcome == Outcome::added) {
      registry::append_voter({home, import}, batch.body(row), out.voters);
      if (row.phone != 0) registry::append_phone({home, row.phone, import}, out.phones);
    }
    registry::append_source_record({.import = import,
                                    .record = blocks_.records + row.record,
                                    .source = context_.format.layout.source,
                                    .external_id = batch.id(row),
                                    .line = row.line,
                                    .home = home,
                                    .fingerprint = row.fingerprint},
                                   out.records);
  }
  if (batch.has_news && !context_.request.dry_run) {
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

void VoterLoader::keep_votes(const VoterBatch& batch) {
  using Kind = WideVotes::Whose::Kind;
  votes_->keep(batch.votes, [&](std::uint32_t place) -> WideVotes::Whose {
    const ParsedRow& row = batch.parsed[place];
    if (row.outcome == Outcome::repeated || row.outcome == Outcome::erased) return {};
    const bool added = row.outcome == Outcome::added;
    return {.kind = added ? Kind::added : Kind::known, .home = row.home, .voter = row.voter};
  });
}

WideVotes::About VoterLoader::about_votes() const {
  return {.import = context_.import,
          .state = context_.format.layout.state,
          .source = context_.format.layout.source};
}

void VoterLoader::stage_votes() {
  WideVotes::Way way{.id_of =
                         [this](std::int64_t place) {
                           return in_partition_ ? blocks_.voters + place
                                                : single_ids_.at(static_cast<std::size_t>(place));
                         },
                     .write_added = nullptr};
  if (in_partition_) {
    way.write_added = [this](CopyBuffer rows) { load(Part::vote).writer.push(std::move(rows)); };
  }
  votes_->stage(context_.publisher, about_votes(), way);
}

void VoterLoader::push_twins(const VoterBatch& batch) {
  CopyBuffer rows;
  for (const ParsedRow& row : batch.parsed) {
    if (row.outcome != Outcome::added) continue;
    rows.raw(batch.twins.view().substr(row.twin_begin, row.twin_size));
  }
  twins_->writer.push(std::move(rows));
}

void VoterLoader::write(std::unique_ptr<Batch> of_kind) {
  std::unique_ptr<VoterBatch> batch(static_cast<VoterBatch*>(of_kind.release()));
  if (votes_) keep_votes(*batch);
  if (!batch->has_news) return;
  if (context_.request.dry_run) {
    Assembled out;
    assemble(*batch, out);
    stage_writer_->push(std::move(out.changed));
    push_twins(*batch);
    return;
  }
  if (in_partition_) {
    write_now(*batch);
    return;
  }
  const std::lock_guard lock(held_mutex_);
  held_.push_back(std::move(batch));
}

/// Who of the known is in the file, and who is not.
void VoterLoader::take_attendance() {
  // Any import before this one: it is this file that decides.
  const ImportId before(context_.import.value() - 1);
  known_.each([&](const KnownVoters::Entry& entry) {
    if (entry.is_new()) return;
    if (entry.line != 0) {
      known_homes_.add(entry.home);
      known_seen_ += entry.is_back() ? 0 : 1;
    } else if (!entry.is_back() && !context_.request.mends) {
      missing_.push_back({VoterId(entry.home), before});
    }
  });
}

HomeSet VoterLoader::present() const {
  HomeSet homes = known_homes_;
  if (in_partition_) homes.add_range(voter_range().first, voter_range().past);
  for (const std::int64_t home : single_ids_)
    homes.add(home);
  return homes;
}

void VoterLoader::write_few() {
  pg::Connection connection(context_.database);
  single_ids_ = registry::single_voter_ids(connection, new_count_);
  for (const auto& batch : held_)
    assemble(*batch, few_);
  start_load(Part::source_record);
  load(Part::source_record).writer.push(std::move(few_.records));
  stage_writer_->push(std::move(few_.changed));
  raw_writer_->push(std::move(few_.raw));
}

void VoterLoader::finish() {
  take_attendance();
  if (in_partition_) {
    // A batch may have been put aside in the moment in which the loads were started.
    for (const auto& batch : held_)
      write_now(*batch);
  } else if (record_count_ > 0 && !context_.request.dry_run) {
    write_few();
  }
  held_.clear();
  for (std::size_t i = 0; i < loads_.size(); ++i) {
    const bool is_of_votes = i == static_cast<std::size_t>(Part::vote);
    if (loads_[i] && !is_of_votes) loads_[i]->writer.close();
  }
  stage_writer_->join();
  if (twins_) twins_->writer.join();
  if (votes_) stage_votes();  // the publisher's connection is free again
  if (raw_writer_) raw_writer_->join();
  for (const auto& load : loads_) {
    if (load) load->writer.join();
  }
}

/// Mended rows say nothing of whom they do not hold.
std::vector<std::string> VoterLoader::counties_covered() const {
  if (context_.request.mends) return {};
  return {counties_.begin(), counties_.end()};
}

void VoterLoader::write_presence(pg::Transaction& transaction) const {
  registry::write_presence(transaction,
                           {.import = context_.import,
                            .part = "",
                            .source = context_.format.layout.source,
                            .name = std::nullopt,
                            .counties = counties_covered()},
                           present());
}

bool VoterLoader::is_absent_too_many() const {
  return absent_ > kAbsentAlways &&
         static_cast<double>(absent_) >
             context_.request.absent_share_max * static_cast<double>(absent_ + known_seen_);
}

Status VoterLoader::publish(pg::Transaction& transaction) {
  registry::lock_profiles(transaction);
  registry::begin_persons(transaction);
  write_presence(transaction);
  const std::string& source = context_.format.layout.source;
  absent_ = registry::find_absent(transaction, source, missing_);
  if (is_absent_too_many()) {
    return refuse(
        ErrorCode::conflict,
        fmt::format("{} of the {} voters who are known from earlier files of '{}', in the counties "
                    "of this file, are not in it. Nothing was changed. A part of the file may be "
                    "missing; look with a dry run. If it is right, allow a larger share of absent "
                    "voters (--absent-share-max in the shell, absent_share_max in the API).",
                    with_thousands(absent_), with_thousands(absent_ + known_seen_), source));
  }
  if (in_partition_) {
    registry::attach_voters(transaction, context_.import, voter_range());
  } else {
    registry::insert_voters(transaction, few_.voters.view(), few_.phones.view());
  }
  if (record_count_ > 0) registry::attach_source_records(transaction, context_.import);
  if (changed_count_ > 0) registry::apply_changed_voters(transaction);
  if (record_count_ > 0) registry::mark_known_numbers(transaction, context_.import);
  registry::mark_absent(transaction, source, known_homes_);
  if (votes_) {
    votes_new_ = votes_->publish(transaction, about_votes());
  }
  registry::mark_ids_used(transaction,
                          {.voters = in_partition_ ? voter_range().past : blocks_.voters,
                           .records = blocks_.records + record_count_});
  return {};
}

Status VoterLoader::try_out(pg::Transaction& transaction, TrialReport& report) {
  write_presence(transaction);
  absent_ = registry::find_absent(transaction, context_.format.layout.source, missing_);
  report.absent = absent_;
  report.is_absent_too_many = is_absent_too_many();
  if (changed_count_ > 0) report.changes = registry::report_changes(transaction);
  report.duplicates = twins_->stage.find();
  if (context_.likeness != nullptr) report.alike = TRY(find_alike());
  return {};
}

/// Over the twins' connection, which a cancel of the import reaches.
Result<registry::AlikeRows> VoterLoader::find_alike() {
  std::vector<std::int64_t> lines;
  std::vector<registry::VoterRow> rows;
  for (const NewRows::Row& kept : new_rows_.rows()) {
    const registry::VoterRow row = registry::decode_body(kept.body);
    if (row.is_protected) continue;
    lines.push_back(kept.line);
    rows.push_back(row);
  }
  registry::AlikeRows out{.compared = std::ssize(rows), .found = 0, .samples = {}};
  if (rows.empty()) return out;
  const auto alike = context_.likeness->find_alike(twins_->connection, rows,
                                                   [this] { return !context_.run.stopped(); });
  TRY(context_.run.result());
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (!alike[i]) continue;
    ++out.found;
    if (out.samples.size() == kAlikeSamplesMax) continue;
    out.samples.push_back({.line = lines[i],
                           .external_id = std::string(rows[i].external_id),
                           .voter = alike[i]->voter,
                           .probability = alike[i]->probability});
  }
  return out;
}

std::vector<ImportWarning> VoterLoader::warnings() const {
  std::vector<ImportWarning> out;
  if (erased_count_ != 0) out.push_back(erased_warning(erased_count_));
  if (absent_ != 0) {
    out.push_back({"absent", absent_,
                   counted_words(absent_,
                                 "voters of earlier files are not in this one; they stay, "
                                 "marked as absent")});
  }
  if (votes_new_ != 0) {
    out.push_back(
        {"votes", votes_new_,
         counted_words(votes_new_, "votes that stood in the voters' rows are new or changed")});
  }
  return out;
}

}  // namespace

std::unique_ptr<Loader> make_voter_loader(const LoadContext& context) {
  return std::make_unique<VoterLoader>(context);
}

}  // namespace hustings::ingest
