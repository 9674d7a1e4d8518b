#include "registry/duplicates.h"

#include "registry/sql.h"

namespace hustings::registry {

bool can_be_duplicate(const VoterRow& row) {
  return !row.is_protected && row.birth_year != 0 && !row.last_name.empty() &&
         !row.first_name.empty() && !row.zip5.empty();
}

void append_duplicate(const VoterRow& row, std::int64_t line, CopyBuffer& out) {
  out.row(7);
  out.int64(line);
  out.text(row.external_id);
  out.text(row.last_name);
  out.text(row.first_name);
  out.int16(row.birth_year);
  row.birth_date ? out.date(*row.birth_date) : out.null();
  out.text(row.zip5);
}

DuplicateStage::DuplicateStage(pg::Connection& connection) : connection_(connection) {
  connection_.run(sql::kDuplicateStageMake);
  copy_.emplace(connection_.copy_in(sql::kDuplicateStageCopy));
  copy_->write(CopyBuffer::kHeader);
}

void DuplicateStage::write(std::string_view rows) { copy_->write(rows); }

void DuplicateStage::finish() {
  copy_->write(CopyBuffer::kTrailer);
  copy_->finish();
  copy_.reset();
}

Duplicates DuplicateStage::find() {
  connection_.run(sql::kDuplicateStageAnalyze);
  connection_.run(sql::kDuplicatesFind);
  const pg::Rows counts = connection_.run(sql::kDuplicatesCount);
  Duplicates out{.in_file = counts.only().get<std::int64_t>(0),
                 .in_registry = counts.only().get<std::int64_t>(1),
                 .samples = {}};
  for (const pg::Row row : connection_.run(sql::kDuplicatesSamples)) {
    out.samples.push_back({.line = row.get<std::int64_t>(0),
                           .external_id = row.get<std::string>(1),
                           .other_line = row.get<std::optional<std::int64_t>>(2),
                           .voter = row.get<std::optional<VoterId>>(3)});
  }
  return out;
}

}  // namespace hustings::registry
